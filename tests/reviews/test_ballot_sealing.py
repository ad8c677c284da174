"""A ballot that comes sealed: what the box takes, what it cannot know, and how an invalid one counts."""

import hashlib
import os
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from jiaxing_titles.actions import Blocked, NotPermitted
from jiaxing_titles.audit.queries import events_of
from reviews import actions
from reviews.models import CommitteeRecusal, SealedBallot
from reviews.rules.ballot import plaintext, sealing, verify_board
from reviews.rules.ballot.form import read_form
from tests.journeys.driver import Desk
from tests.scenes.balloting import cast, opened, seat_of
from tests.scenes.registry import reload

pytestmark = pytest.mark.django_db
STATIC = Path(settings.BASE_DIR) / "static"


def stands(scenes):
    scenes.deliberated("张三", "李四")


@pytest.fixture
def sec(actor):
    return actor("committee_sec", "city")


@pytest.fixture
def meeting(deliberated):
    return deliberated("张三", "李四")


@pytest.fixture
def parts(meeting, keyed):
    return keyed(meeting)[1]


@pytest.fixture
def casting(meeting, parts, sec):
    return opened(meeting.sheets.get(), sec, "sealed_by_voter")


@pytest.fixture
def desk(login, actor):
    return lambda role, name="": Desk(login(role, "city", name), name or role, lambda: actor(role, "city", name))


def sealed(sheet, marks: dict[int, str]) -> bytes:
    """What a phone would send; also marks that our own page would not make."""
    form = read_form(sheet.form)
    roots = plaintext.roots_from(os.urandom(16), form.numbers)
    plain = plaintext.encode(plaintext.Ballot(marks, roots), form.hash, form.numbers)
    return sealing.seal(plain, bytes(sheet.sitting.key.public_key), form.context, form.suite)


def send(sheet, voter, ballot: bytes):
    return actions.cast_sealed_ballot(seat_of(sheet, voter), actor=voter, sealed=ballot)


def unsealed(sheet, sec, holder, parts):
    sheet = actions.close_ballot(reload(sheet), actor=sec, missing_known=True)
    return actions.unseal_ballot(sheet, actor=holder(1), shares=parts[:2])


def totals(sheet):
    return list(sheet.lines.order_by("number").values_list("yes", "no", "abstain", "recused", "invalid"))


def test_sealed_by_the_voter_and_by_the_server_count_alike_in_one_box(casting, parts, sec, judge, holder):
    for number in range(1, 8):
        send(casting, judge(number), sealed(casting, {1: "yes", 2: "no"}))
    for number in (8, 9):
        cast(casting, judge(number), {1: "abstain", 2: "yes"})
    sheet = actions.sign_tally(unsealed(casting, sec, holder, parts), actor=sec)
    assert totals(sheet) == [(7, 0, 2, 0, 0), (2, 7, 0, 0, 0)]
    assert sheet.lines.get(number=1).sentence == "应到11实到10，需≥7票，得7票，通过（另有 1 人回避）"
    assert verify_board.problems(sheet.board.file.encode(), sheet.board_hash) == []
    event = events_of(seat_of(sheet, judge(1))).get(step="reviews.cast_sealed_ballot")
    assert event.facts == {}


def test_the_box_is_as_strict_with_what_comes_sealed(casting, sec, judge):
    ballot = sealed(casting, {1: "yes", 2: "yes"})
    with pytest.raises(Blocked, match="长度不对"):
        send(casting, judge(1), ballot + b"x")
    with pytest.raises(NotPermitted, match="本人"):
        actions.cast_sealed_ballot(seat_of(casting, judge(1)), actor=judge(2), sealed=ballot)
    with pytest.raises(Blocked, match="都已回避"):
        send(casting, judge(11), ballot)
    send(casting, judge(1), ballot)
    with pytest.raises(Blocked, match="已经有一张相同的密封选票"):
        send(casting, judge(2), ballot)
    with pytest.raises(Blocked, match="已投票"):
        send(casting, judge(1), sealed(casting, {1: "no", 2: "no"}))
    actions.close_ballot(reload(casting), actor=sec, missing_known=True)
    with pytest.raises(Blocked, match="不得事后补投"):
        send(casting, judge(3), sealed(casting, {1: "yes", 2: "yes"}))
    assert SealedBallot.objects.filter(sheet=casting).count() == 1


def test_a_sheet_that_the_server_seals_takes_nothing_sealed(meeting, parts, sec, judge):
    sheet = opened(meeting.sheets.get(), sec)
    with pytest.raises(Blocked, match="在服务器上密封"):
        send(sheet, judge(1), sealed(sheet, {1: "yes", 2: "yes"}))


def test_an_invalid_ballot_counts_as_a_spoilt_paper_and_everybody_is_told(casting, parts, sec, judge, holder, desk):
    """Of nine: one with altered bytes, one of another sheet, one that marks nobody it could; seven yes of ten pass."""
    form, right = read_form(casting.form), sealed(casting, {1: "yes", 2: "yes"})
    elsewhere = form.context.replace(b"committee-", b"committee-9")
    roots = plaintext.roots_from(os.urandom(16), form.numbers)
    plain = plaintext.encode(plaintext.Ballot({1: "yes", 2: "yes"}, roots), form.hash, form.numbers)
    spoilt = [
        right[:-1] + bytes([right[-1] ^ 1]),
        sealing.seal(plain, bytes(casting.sitting.key.public_key), elsewhere, form.suite),
        sealed(casting, {1: "yes", 2: "recused"}),
    ]
    for number, ballot in enumerate(spoilt, start=1):
        send(casting, judge(number), ballot)
    for number in range(4, 10):
        send(casting, judge(number), sealed(casting, {1: "yes", 2: "yes"}))
    sheet = unsealed(casting, sec, holder, parts)
    assert totals(sheet) == [(6, 0, 0, 0, 3)] * 2
    assert events_of(sheet).get(step="reviews.unseal_ballot").facts["invalid_ballots"] == 3
    assert "票箱里有 3 张选票打不开" in desk("committee_sec").open(sheet.get_absolute_url()).text
    assert verify_board.problems(sheet.board.file.encode(), sheet.board_hash) == []
    sheet = actions.sign_tally(sheet, actor=sec)
    assert sheet.lines.get(number=1).sentence == "应到11实到10，需≥7票，得6票，未通过（另有 1 人回避）"


def test_a_phone_cannot_vote_on_a_name_for_which_its_seat_is_recused(meeting, parts, sec, judge, holder):
    sheet, slot = meeting.sheets.get(), meeting.slots.get()
    CommitteeRecusal.objects.create(
        slot=slot,
        member=meeting.members.get(user=judge(3).user),
        application=sheet.lines.get(number=2).application,
        kind="mentor",
        declared_by=None,
        declared_at=meeting.opened_at,
    )
    sheet = opened(sheet, sec, "sealed_by_voter")
    send(sheet, judge(1), sealed(sheet, {1: "no", 2: "no"}))
    send(sheet, judge(3), sealed(sheet, {1: "yes", 2: "yes"}))
    assert totals(unsealed(sheet, sec, holder, parts)) == [(0, 1, 0, 0, 1)] * 2


def test_the_page_has_no_form_with_a_choice_and_leads_who_cannot_seal_to_the_server(casting, desk, judge):
    member = desk("committee", "评委1")
    url = reverse("reviews:ballot", args=[casting.pk])
    page = member.open(url)
    assert [name for form in page.forms for name in form.fields if name.startswith(("choice", "of_", "seed"))] == []
    assert 'http-equiv="refresh" content="0; url=?by=server"' in page.html
    assert bytes(casting.sitting.key.public_key).hex() in page.html
    fallback = member.open(f"{url}?by=server")
    assert "本页由服务器密封，不在您的手机上密封" in fallback.text
    checked = member.send(fallback, press="检查选票", choice_1="yes", choice_2="no")
    assert "您的选择已经送到服务器" in checked.text
    assert "已经在票箱里" in member.send(checked, press="确认投票").text
    assert seat_of(casting, judge(1)).state == "voted"


def test_the_box_answers_with_the_receipt_of_what_lies_in_it(casting, desk, judge):
    member, url = desk("committee", "评委1"), reverse("reviews:sealed_ballot", args=[casting.pk])
    for broken, says in ((b"x", "长度不对"), (b"", "必填")):
        answer = member.client.post(url, {"sealed": broken.hex()})
        assert (answer.status_code, answer.json()["receipt"]) == (409, "")
        assert says in answer.json()["reasons"][0]
    assert "没有完整送到" in member.client.post(url, {"sealed": "zz"}).json()["reasons"][0]
    ballot = sealed(casting, {1: "yes", 2: "yes"})
    for one in (ballot, ballot, sealed(casting, {1: "no", 2: "no"})):
        answer = member.client.post(url, {"sealed": one.hex()})
        assert answer.status_code == 200
        assert answer.json() == {"receipt": hashlib.sha256(ballot).hexdigest(), "reasons": []}
        assert "no-store" in answer.headers["Cache-Control"]
    assert desk("committee", "评委外").client.post(url, {"sealed": ballot.hex()}).status_code == 404
    assert desk("teller", "计票甲").client.post(url, {"sealed": ballot.hex()}).status_code == 403


def test_what_came_sealed_is_not_taken_at_the_address_of_all_steps(casting, desk, judge):
    seat, ballot = seat_of(casting, judge(1)), sealed(casting, {1: "yes", 2: "yes"})
    data = {"sealed": ballot.hex()}
    answer = desk("committee", "评委1").client.post(reverse("do", args=["reviews.cast_sealed_ballot", seat.pk]), data)
    assert answer.status_code == 422
    assert not SealedBallot.objects.exists()


def test_the_screen_shows_what_phones_are_to_compare(casting, desk):
    screen = desk("committee_sec").open(reverse("reviews:committee_screen", args=[casting.sitting.pk])).text
    assert casting.sitting.key.public_hash in screen
    assert casting.form_hash in screen


# What runs on the phones: a change of these bytes is meant, looked at, and written down here and in SHA256SUMS.
PINNED = {"hpke.js": "0c6f1ec22d813c4adaaf7ff5f01338c013f5e0009173aac3345b1e7ec2b8295d"}


def test_the_vendored_module_is_the_one_that_was_looked_at():
    folder = STATIC / "vendor/hpke"
    noted = dict(reversed(line.split()) for line in (folder / "SHA256SUMS").read_text().splitlines())
    assert noted | PINNED == noted
    assert {name for name in noted if name.endswith(".tgz")} == {"hpke-core-1.9.0.tgz", "hpke-common-1.10.1.tgz"}
    assert {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in PINNED} == PINNED
    assert (folder / "LICENSE").read_text().count("MIT License") == 3


def test_the_modules_of_the_ballot_load_nothing_else():
    """Relative imports of our own files: no other module, and no address outside."""
    for path in [*(STATIC / "ballot").glob("*.js"), STATIC / "vendor/hpke/hpke.js"]:
        text = path.read_text()
        for target in re.findall(r'^import .* from "(.+)";', text, re.MULTILINE):
            assert (path.parent / target).is_file(), (path, target)
        assert not re.search(r"https?://|\beval\(|innerHTML|localStorage|sessionStorage|document\.cookie", text), path
