"""The draw: the draft's own example, any order of input, the same chance for all, nobody who is excluded."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given, settings
from hypothesis import strategies as st

from reviews.rules.draw import commitment, lot, verify_draw
from reviews.rules.draw.pool import canonical, digest, snapshot
from reviews.rules.draw.record import record_file

SECRET, SUPERVISOR = bytes(range(32)), bytes(range(50, 82))
REASONS = st.sampled_from(["employed", "seated", "applying", "term_over"])
people = st.lists(st.integers(1, 99_999), min_size=1, max_size=40, unique=True)


def pool_of(numbers, excluded=(), **more):
    experts = [{"code": f"ZJ{one:05d}", "employer": f"单位{one % 3}", "speciality": "机械设计"} for one in numbers]
    return snapshot(experts, [(f"ZJ{one:05d}", why) for one, why in excluded], subject="示例评审会", **more)


def drawn(pool, run_no=1, secret=SECRET, unavailable=()):
    return lot.run(pool, digest(pool), commitment.code_of_run(secret, run_no), SUPERVISOR, unavailable)


def record(runs=2, pool=None):
    pool = pool or pool_of(range(1, 13), [(20, "seated"), (21, "term_over")])
    found, gone = [], []
    for number in range(1, runs + 1):
        order, chosen = drawn(pool, number, unavailable=[one["code"] for one in gone])
        code = commitment.code_of_run(SECRET, number).hex()
        run = {"run_no": number, "code": code, "secret": SUPERVISOR.hex(), "unavailable": list(gone)}
        found.append(run | {"order": order, "chosen": chosen, "reason": "因故不能到会" if gone else ""})
        gone += [{"code": one, "why": "因故不能到会"} for one in chosen]
    commit, supervisor = commitment.chained(SECRET, commitment.CHAIN), commitment.sha256(SUPERVISOR)
    return record_file(pool, digest(pool), commit.hex(), supervisor.hex(), found)


def test_the_published_example_of_draft_thomson_elegy_vrs():
    """Secret phrase, lotteries and colours of its section “Example Usage”, with the hashes as far as it prints them."""
    secret, lotteries = b"totally not a bikeshed", b"1.2.3.4.5.6./1.2.3.4.5.6./1.2.3.4.5.6./"
    assert commitment.chained(secret, 10).hex() == "950ea08d8d5fd3ae415b9967aba7a48aba39ca62a4d98f2e7fe25cb1b8f8c488"
    code = commitment.code_of_run(secret, 1)
    assert code.hex() == "5346f2efb5397a6788fc1f1d9c05c6d3f2abe9b7d16d8592a3695b6dbe9f2456"
    colours = ["lightpink", "blue", "bisque", "mediumvioletred", "lavenderblush", "darkgoldenrod"]
    assert [(value[:27], label) for value, label in lot.order_of(colours, code, lotteries)] == [
        ("002ed527ae0a44a86c205d1cdba", "lavenderblush"),
        ("03f710be2b61a6f9c3f89aa5ab5", "blue"),
        ("08bab81380d7f0769cecf9969a8", "darkgoldenrod"),
        ("0c26494fa81f3aed8a9f66e77b7", "mediumvioletred"),
        ("0e1af5d1ccfd44de075cc0bb6d5", "bisque"),
        ("13a07cc9abf3b737e49a62b0634", "lightpink"),
    ]
    again = commitment.code_of_run(secret, 2)
    assert again.hex() == "2f70f884997ce80771adbefbbbc6c71a1b921da71896c25ca0f64966bfd0c8ce"
    assert [(value[:27], label) for value, label in lot.order_of(["darkgray", "aqua"], again, lotteries)] == [
        ("00d1c59a9f1b581060a9e732e91", "aqua"),
        ("02b514b0b1807bfe086db524f40", "darkgray"),
    ]


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=16, max_size=99), st.text(max_size=20))
def test_it_is_hkdf_as_others_compute_it(code, ikm, label):
    theirs = HKDF(hashes.SHA256(), 32, salt=code, info=label.encode()).derive(ikm)
    assert lot.order_value(lot.pseudorandom_key(code, ikm), label) == theirs.hex()


@given(people, st.randoms())
def test_the_order_of_the_input_does_not_matter(numbers, random):
    shuffled = random.sample(numbers, len(numbers))
    assert canonical(pool_of(numbers)) == canonical(pool_of(shuffled))
    assert drawn(pool_of(numbers)) == drawn(pool_of(shuffled))


@pytest.mark.slow
def test_every_expert_has_the_same_chance():
    """20,000 draws of 3 from 60: χ² with 59 degrees of freedom; 98.3 is its 0.999 quantile. The seeds are fixed."""
    pool = pool_of(range(1, 61), choose=3)
    hits: Counter[str] = Counter()
    for number in range(20_000):
        code = commitment.sha256(b"uniformity %d" % number)
        order = lot.order_of([one["code"] for one in pool["experts"]], code, SUPERVISOR)
        hits.update(lot.first_fitting(pool, order, ()))
    assert len(hits) == 60 and hits.total() == 60_000
    assert sum((hit - 1000) ** 2 / 1000 for hit in hits.values()) < 98.3


@settings(max_examples=500)
@given(people, st.data())
def test_nobody_excluded_or_unavailable_is_ever_drawn(numbers, data):
    out = set(data.draw(st.lists(st.sampled_from(numbers), unique=True)))
    inside = [one for one in numbers if one not in out]
    pool = pool_of(inside, [(one, data.draw(REASONS)) for one in out])
    gone = {one["code"] for one in pool["experts"] if data.draw(st.booleans())}
    order, chosen = drawn(pool, unavailable=gone, secret=data.draw(st.binary(min_size=32, max_size=32)))
    assert {label for _, label in order} == {f"ZJ{one:05d}" for one in inside}
    assert not set(chosen) & ({f"ZJ{one:05d}" for one in out} | gone)
    assert len(chosen) == min(1, len(inside) - len(gone))


@given(people, st.integers(1, 6))
def test_quotas_hold_and_the_front_of_the_order_is_kept(numbers, choose):
    pool = pool_of(numbers, choose=choose, at_most={"employer": 1})
    order, chosen = drawn(pool)
    employers = {one["code"]: one["employer"] for one in pool["experts"]}
    assert len({employers[one] for one in chosen}) == len(chosen) <= choose
    assert chosen[0] == order[0][1]
    assert len(chosen) == min(choose, len(set(employers.values())))


def test_the_text_of_a_pool_is_what_anybody_would_write():
    text = (
        '{"at_most":{"employer":1},"choose":2,"excluded":[{"code":"ZJ00002","reason":"seated"}],'
        '"experts":[{"code":"ZJ00001","employer":"单位1","speciality":"机械设计"}],"subject":"示例评审会","version":1}'
    )
    pool = pool_of([1], [(2, "seated")], choose=2, at_most={"employer": 1})
    assert canonical(pool).decode() == text
    assert digest(pool) == commitment.sha256(text.encode()).hex()
    assert (pool_of([1])["choose"], pool_of([1])["at_most"]) == (1, {})


def test_one_changed_byte_of_the_pool_is_another_pool():
    pool = pool_of(range(1, 9))
    code = commitment.code_of_run(SECRET, 1)
    text = canonical(pool)
    for place in range(len(text)):
        try:
            other = json.loads(text[:place] + bytes([text[place] ^ 1]) + text[place + 1 :])
        except ValueError:
            continue
        assert digest(other) != digest(pool)
        with pytest.raises(lot.PoolChanged, match="^专家库名单与备池时公布的校验值不符。$"):
            lot.run(other, digest(pool), code, SUPERVISOR)


def test_a_reveal_that_was_not_committed_to_is_refused():
    supervisor = commitment.sha256(SUPERVISOR)
    commit, first, second = (commitment.chained(SECRET, times) for times in (10, 9, 8))
    commitment.check_reveal(commit, first, supervisor, SUPERVISOR)
    commitment.check_reveal(first, second, supervisor, SUPERVISOR)
    for wrong in ((commit, second), (commit, commit), (first, first)):
        with pytest.raises(commitment.Mismatch, match="^市局的密数与备池时公布的校验值不符。$"):
            commitment.check_reveal(*wrong, supervisor, SUPERVISOR)
    typed_wrong = "^监督员密数与抽取前提交的校验值不符，请核对后重新输入。$"
    with pytest.raises(commitment.Mismatch, match=typed_wrong):
        commitment.check_reveal(commit, first, supervisor, SUPERVISOR[:-1] + b"\x00")


def test_the_chain_ends_before_the_secret_itself():
    assert commitment.code_of_run(SECRET, 9) == commitment.sha256(SECRET)
    for number in (0, 10):
        with pytest.raises(LookupError):
            commitment.code_of_run(SECRET, number)


@pytest.mark.parametrize("text", ["", "0123456789abcdef", "00" * 32, "0101" * 16, "xyz" * 20, "0123456789abcdef" * 5])
def test_a_secret_that_can_be_guessed_is_refused(text):
    with pytest.raises(ValueError, match="guess|hex"):
        commitment.read_secret(text)


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("0123456789abcdef" * 4, True),
        ("0123456789abcdef" * 4 + "01", False),
        ("0123456789abcdef" * 2, True),
        ("0123456789abcdef" * 2 + "0", False),
        (("0123456789abcdef" * 2)[:-2], False),
        ("01234567" * 4, True),
        ("0123456" * 5 + "0", False),
    ],
)
def test_how_long_and_how_varied_a_secret_must_be(text, taken):
    if taken:
        assert commitment.read_secret(text).hex() == text
    else:
        with pytest.raises(ValueError):
            commitment.read_secret(text)


def test_the_randomness_holds_at_least_128_bits():
    shortest = commitment.read_secret("0123-4567 89ab-cdef 0123-4567 89AB-CDEF")
    assert len(shortest) * 8 >= 128
    assert lot.randomness(shortest, "ab").startswith(shortest)
    assert len(commitment.new_secret()) * 8 == 256


def test_an_expert_stands_in_the_pool_once():
    with pytest.raises(ValueError, match="twice"):
        pool_of([1], [(1, "seated")])


def test_only_the_record_of_a_blind_pool_holds_a_key():
    assert "key" not in json.loads(record())["record"]
    blind = record_file(pool_of([1]), "", "", "", [], {"codes": {"ZJ00001": "甲"}})
    assert json.loads(blind)["record"]["key"] == {"codes": {"ZJ00001": "甲"}}


@pytest.mark.parametrize("runs", [0, 1, 3])
def test_the_verifier_accepts_real_records(runs):
    quotas = pool_of(range(1, 13), choose=2, at_most={"employer": 1})
    assert verify_draw.problems(record(runs)) == []
    assert verify_draw.problems(record(runs, quotas)) == []


def test_the_verifier_refuses_every_record_of_which_one_byte_is_changed():
    whole = record()
    for place in range(len(whole)):
        assert verify_draw.problems(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda one: one["runs"][0].update(chosen=[one["runs"][0]["order"][1][1]]), "第1次：排序或结果不符"),
        (lambda one: one["runs"][0].update(code="00" * 32), "第1次：揭示的密数与抽取前的校验值不符"),
        (lambda one: one["runs"][1].update(secret="00" * 32), "第2次：揭示的密数与抽取前的校验值不符"),
        (lambda one: one["runs"].pop(0), "第1次：揭示的密数与抽取前的校验值不符"),
        (lambda one: one["pool"]["experts"].pop(), "文件或名单被改动过，与校验值不符"),
        (lambda one: one.update(supervisor_hash="00" * 32), "第1次：揭示的密数与抽取前的校验值不符"),
    ],
)
def test_the_verifier_refuses_a_forged_record_with_a_fitting_checksum(change, says):
    forged = json.loads(record())["record"]
    change(forged)
    assert says in verify_draw.problems(canonical({"record": forged, "sha256": digest(forged)}))


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"record": 1, "sha256": ""}', b"\xff"])
def test_the_verifier_says_so_of_what_is_no_record(data):
    assert verify_draw.problems(data) == ["文件不完整或格式不对"]


def test_the_verifier_runs_alone_and_stays_short(tmp_path):
    source = Path(verify_draw.__file__).read_text()
    assert sum(bool(line.strip()) for line in source.splitlines()) <= 30
    (tmp_path / "verify_draw.py").write_text(source)
    (tmp_path / "draw.json").write_bytes(record())
    (tmp_path / "broken.json").write_bytes(record().replace("示例".encode(), "冒名".encode(), 1))
    for name, status, says in (("draw.json", 0, "复核无误"), ("broken.json", 1, "改动过")):
        asked = [sys.executable, "-I", "verify_draw.py", name]
        answer = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert answer.returncode == status and says in answer.stdout + answer.stderr
