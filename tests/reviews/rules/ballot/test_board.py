"""The count equals the naive count, and the board of it can be checked by anybody (B8, B9)."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from reviews.rules.ballot import sealing, unsealing, verify_board
from reviews.rules.ballot.board import board_file, box_hash
from reviews.rules.ballot.form import canonical, digest, read_form
from reviews.rules.ballot.plaintext import Ballot
from tests.reviews.rules.ballot.boxes import EXAMPLE, KEY, PAIR, boxes

SCRIPT = Path(verify_board.__file__)


@given(boxes())
def test_the_tally_is_the_naive_count(box):
    _, unsealed, _ = box.board()
    assert unsealed.invalid == 0
    for tally in unsealed.tallies:
        marks = [vote[tally.number] for vote in box.votes]
        assert [tally.yes, tally.no, tally.abstain, tally.recused] == [
            marks.count(mark) for mark in ("yes", "no", "abstain", "recused")
        ]
        attending = box.form.seats - box.form.recused[tally.number]
        assert tally.attending == attending
        assert tally.passed == (attending > 0 and marks.count("yes") > 0 and 3 * marks.count("yes") >= 2 * attending)


def test_whom_nobody_is_recused_for_everybody_attends():
    form = replace(EXAMPLE.form, recused={})
    assert {form.attending(number) for number in form.numbers} == {form.seats}
    assert [one["recused"] for one in json.loads(form.text)["names"]] == [0] * len(form.names)


@given(boxes())
def test_verify_board_accepts_every_true_board(box):
    text, _, receipts = box.board()
    assert verify_board.problems(text.encode(), digest(text), receipts) == []


def test_verify_board_refuses_every_corruption_of_one_byte():
    data = EXAMPLE.board()[0].encode()
    assert verify_board.problems(data) == []
    for place in range(len(data)):
        for flip in (1, 2, 16, 32, 128, 255):
            spoiled = data[:place] + bytes([data[place] ^ flip]) + data[place + 1 :]
            assert verify_board.problems(spoiled), (place, flip)
        assert verify_board.problems(data[:place] + data[place + 1 :]), place
        assert verify_board.problems(data[:place] + b" " + data[place:]), place


def forged(change) -> bytes:
    """The example's board changed, with every hash made anew by the forger."""
    board = json.loads(EXAMPLE.board()[0])["board"]
    change(board)
    return canonical({"board": board, "sha256": digest(canonical(board))}).encode()


def _put(*path_and_value):
    *path, last, value = path_and_value

    def change(board):
        for step in path:
            board = board[step]
        board[last] = value

    return change


def _stuff(board):
    board["receipts"] = sorted([*board["receipts"], "0" * 64, "f" * 64])


def _shrink(board):
    board["form"]["names"][0]["recused"] = 3
    board["form_hash"] = digest(canonical(board["form"]))


def _same_code(board):
    board["slips"][1][1] = board["slips"][0][1]
    board["slips"].sort()


def _one_invalid_more(board):
    board["invalid"] = 1


BOX = "回执重复、没有排序，或多于实到席数"
SLIPS = "票面没有排序，或核对码重复"
NUMBERS = "名单与票面、结果的人数不符"
FORM = "票样与其校验值不符"
MARKS = [f"第{number}号 {name}：票数不符" for number, name in ((1, "张三"), (2, "李四"))]
RESULTS = [one.replace("票数", "结果") for one in MARKS]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_put("slips", 0, 2, "no"), [MARKS[0], RESULTS[0]]),
        (_stuff, [BOX, *MARKS]),
        (lambda board: board["receipts"].reverse(), [BOX]),
        (lambda board: board["slips"].pop(), [MARKS[1]]),
        (lambda board: board["slips"].reverse(), [SLIPS]),
        (_same_code, [SLIPS]),
        (lambda board: board["slips"].append([9, "ab" * 10, "yes"]), [NUMBERS]),
        (lambda board: board["tallies"].pop(), [NUMBERS]),
        (_put("tallies", 0, "invalid", 1), [MARKS[0]]),
        (_one_invalid_more, MARKS),
        (_put("tallies", 1, "passed", True), [RESULTS[1]]),
        (_put("tallies", 0, "passed", False), [RESULTS[0]]),
        (_put("tallies", 0, "attending", 4), [RESULTS[0]]),
        (_put("tallies", 1, "attending", 6), [RESULTS[1]]),
        (_shrink, RESULTS[:1]),
        (_put("form", "title", "另一张"), [FORM]),
        (_put("version", 2), [FORM]),
    ],
)
def test_verify_board_names_what_a_forger_with_fresh_hashes_changed(change, told):
    assert verify_board.problems(forged(lambda board: None)) == []
    assert verify_board.problems(forged(change)) == told


def test_verify_board_tells_a_changed_file_from_one_that_is_none():
    text = EXAMPLE.board()[0]
    assert verify_board.problems(text.encode(), "", ["0" * 64]) == [f"票箱里没有回执 {'0' * 64}"]
    assert verify_board.problems(text.encode(), "0" * 64) == ["不是纪要上写的那份文件"]
    assert verify_board.problems(text.replace("张三", "张四").encode()) == [
        "文件被改动过：与文件末尾的校验值不符",
        FORM,
    ]
    assert verify_board.problems(canonical({**json.loads(text), "more": 1}).encode()) == [
        "文件被改动过：与文件末尾的校验值不符"
    ]
    assert verify_board.problems(b"{}") == ["文件不完整或格式不对：KeyError"]


def test_verify_board_runs_alone_and_is_short(tmp_path):
    text, _, receipts = EXAMPLE.board()
    board, script = tmp_path / "board.json", tmp_path / "verify_board.py"
    board.write_text(text)
    script.write_text(SCRIPT.read_text())
    assert len(SCRIPT.read_text().splitlines()) <= 60
    words = [sys.executable, "-I", script, board]
    done = subprocess.run(words, capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip()) == (0, "复核无误")
    words.append(digest(text))
    done = subprocess.run([*words, receipts[0]], capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip()) == (0, "复核无误")
    done = subprocess.run([*words, "0" * 64], capture_output=True, text=True)
    assert (done.returncode, done.stderr.strip()) == (1, f"票箱里没有回执 {'0' * 64}")


def spoilt(kind: str) -> list[unsealing.Sealed]:
    """The example's box with its last ballot, of a seat with two votes, made invalid in one way."""
    *box, last = EXAMPLE.sealed()
    form, plain = EXAMPLE.form, EXAMPLE.plain()
    flipped = last.data[:80] + bytes([last.data[80] ^ 1]) + last.data[81:]
    data = {
        "tampered": flipped,
        "noise": b"noise",
        "of another sheet": sealing.seal(plain[3], KEY.public, b"another sheet", form.suite),
        "in the other suite": sealing.seal(plain[3], KEY.public, form.context, sealing.IN_BROWSER),
        "no such letter": resealed(plain[3][:33] + b"?" + plain[3][34:]),
        "recused where it votes": resealed(plain[0]),
    }[kind]
    return [*box, unsealing.Sealed(data, last.recused)]


def resealed(plain: bytes) -> bytes:
    return sealing.seal(plain, KEY.public, EXAMPLE.form.context, EXAMPLE.form.suite)


@pytest.mark.parametrize(
    "kind",
    ["tampered", "noise", "of another sheet", "in the other suite", "no such letter", "recused where it votes"],
)
def test_what_is_no_ballot_counts_as_a_spoilt_paper(kind):
    """It stays among those in the box and among those attending, and marks nobody."""
    box = spoilt(kind)
    unsealed = unsealing.unseal(box, PAIR, EXAMPLE.form)
    assert (unsealed.ballots, unsealed.invalid, len(unsealed.slips)) == (4, 1, 5)
    totals = [(one.yes, one.no, one.abstain, one.recused, one.invalid, one.attending) for one in unsealed.tallies]
    assert totals == [(3, 0, 0, 0, 1, 5), (0, 1, 1, 1, 1, 4)]
    text = board_file(EXAMPLE.form, [sealing.receipt_of(one.data) for one in box], unsealed)
    assert verify_board.problems(text.encode(), digest(text)) == []


def test_a_seat_that_is_recused_for_a_name_has_no_mark_on_it():
    """Only a device that seals by itself could try: the server cannot look into what it sealed."""
    *box, last = EXAMPLE.sealed()
    unsealed = unsealing.unseal([*box, unsealing.Sealed(last.data, frozenset({2}))], PAIR, EXAMPLE.form)
    assert (unsealed.invalid, unsealed.tallies[1].yes) == (1, 0)


def test_two_ballots_that_show_one_check_code_are_both_invalid():
    """Nobody could tell whose mark it is; the others count."""
    form, plain = EXAMPLE.form, EXAMPLE.plain()
    copied = plain[3][:35] + plain[2][35:45] + plain[3][45:]
    box = [unsealing.Sealed(resealed(one), frozenset()) for one in (plain[1], plain[2], copied)]
    unsealed = unsealing.unseal(box, PAIR, form)
    assert (unsealed.ballots, unsealed.invalid) == (3, 2)
    assert [(one.yes, one.no) for one in unsealed.tallies] == [(1, 0), (0, 1)]


def test_a_code_belongs_to_one_sheet_and_one_name():
    roots = {1: b"0123456789", 2: b"0123456789"}
    here, there = (Ballot({}, roots).codes(form_hash) for form_hash in ("00" * 32, "01" * 32))
    assert len({*here.values(), *there.values()}) == 4


def test_more_recused_ballots_than_recused_seats_is_not_this_box():
    box = [unsealing.Sealed(resealed(one), frozenset({2})) for one in (EXAMPLE.plain()[0], EXAMPLE.plain()[0])]
    with pytest.raises(ValueError, match="recused"):
        unsealing.unseal(box, PAIR, EXAMPLE.form)


def test_slips_come_in_another_order_than_they_were_cast():
    sealed = EXAMPLE.sealed()
    orders = {tuple(one.code for one in unsealing.unseal(sealed, PAIR, EXAMPLE.form).slips) for _ in range(20)}
    assert len(orders) > 10


def test_the_box_hash_does_not_depend_on_order():
    assert box_hash(["b", "a"]) == box_hash(["a", "b"]) != box_hash(["a"])


@given(boxes())
def test_a_form_is_read_back_from_its_text(box):
    form = read_form(box.form.text)
    assert (form, form.hash) == (box.form, box.form.hash)
    for broken in ("{}", "[]", box.form.text.replace(":", ": ", 1)):
        with pytest.raises(ValueError):
            read_form(broken)


def test_unanimity_is_noticed():
    tallies = EXAMPLE.board()[1].tallies
    assert [unsealing.unanimous(one) for one in tallies] == ["yes", ""]
    for mark in ("no", "abstain"):
        alone = replace(tallies[0], **{"yes": 0, mark: 4})
        assert unsealing.unanimous(alone) == mark
