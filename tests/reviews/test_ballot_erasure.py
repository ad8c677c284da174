"""After the time of review: two people empty the sealed ballots; what was counted can still be counted."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from jiaxing_titles.actions import Blocked, NotPermitted
from jiaxing_titles.audit.queries import events_of
from reviews import actions
from reviews.models import SealedBallot
from reviews.queries.box import receipts_in, sealed_in
from reviews.rules.ballot import verify_board
from tests.journeys.driver import Desk
from tests.scenes.balloting import HOLDERS, cast, opened
from tests.scenes.registry import reload

pytestmark = pytest.mark.django_db


def stands(scenes):
    scenes.deliberated("张三", "李四")


@pytest.fixture
def sec(actor):
    return actor("committee_sec", "city")


@pytest.fixture
def counted(deliberated, keyed, sec, judge, holder):
    """(the signed sheet with five ballots, the destroyed key)"""
    meeting = deliberated("张三", "李四")
    key, parts = keyed(meeting)
    sheet = opened(meeting.sheets.get(), sec)
    for number in range(1, 6):
        cast(sheet, judge(number), "yes")
    sheet = actions.close_ballot(reload(sheet), actor=sec, missing_known=True)
    sheet = actions.sign_tally(actions.unseal_ballot(sheet, actor=holder(1), shares=parts[:2]), actor=sec)
    return sheet, actions.destroy_key(reload(key), actor=holder(1), torn=True)


@pytest.fixture
def later(counted, at):
    """The same two, when the days of review are over."""
    sheet, key = counted
    at(str(sheet.signed_at + dt.timedelta(days=60, minutes=1)))
    return sheet, key


def lengths(sheet) -> set[int]:
    with transaction.atomic():
        return {len(one.data) for one in sealed_in(sheet)}


def test_two_people_empty_the_sealed_ballots_and_the_count_stands(later, sec, holder, actor):
    sheet, key = later
    receipts, slips = receipts_in(sheet), sheet.board.file
    assert min(lengths(sheet)) > 1000
    key = actions.propose_ballot_erasure(key, actor=sec)
    key = actions.erase_ballots(key, actor=holder(2))
    assert (key.state, lengths(sheet)) == ("erased", {0})
    assert receipts_in(sheet) == receipts and len(receipts) == 5
    board = reload(sheet).board
    assert board.file == slips
    assert verify_board.problems(board.file.encode(), board.sha256, receipts) == []
    assert events_of(key).get(step="reviews.erase_ballots").facts == {"ballots_in_boxes": 5}


def test_not_before_the_days_of_review_are_over_and_the_key_is_destroyed(counted, sec, at):
    sheet, key = counted
    with pytest.raises(Blocked, match="签认后保留 60 天"):
        actions.propose_ballot_erasure(key, actor=sec)
    at(str(sheet.signed_at + dt.timedelta(days=59, hours=23)))
    with pytest.raises(Blocked, match="签认后保留 60 天"):
        actions.propose_ballot_erasure(reload(key), actor=sec)


def test_only_a_holder_agrees_and_anybody_of_them_may_keep_the_ballots(later, sec, holder, actor, judge):
    sheet, key = later
    key = actions.propose_ballot_erasure(key, actor=sec)
    for stranger in (sec, judge(1), actor("city_lead", "city")):
        with pytest.raises(NotPermitted):
            actions.erase_ballots(reload(key), actor=stranger)
    with pytest.raises(Blocked, match="不是本次会议的钥匙保管人"):
        actions.erase_ballots(reload(key), actor=actor("teller", "city", "计票外"))
    key = actions.keep_ballots(reload(key), actor=holder(3), reason="有人申请复核。")
    assert (key.state, 0 in lengths(sheet)) == ("destroyed", False)


def test_the_database_lets_nothing_else_be_done_to_them(later, sec):
    sheet, key = later
    ballots = SealedBallot.objects.filter(sheet=sheet)
    with pytest.raises(DatabaseError, match="PR-9"), transaction.atomic():
        ballots.update(ciphertext=b"")
    actions.propose_ballot_erasure(key, actor=sec)
    with pytest.raises(DatabaseError, match="PR-9"), transaction.atomic():
        ballots.update(ciphertext=b"another")
    for statement in (
        "UPDATE reviews_sealedballot SET receipt = receipt",
        "UPDATE reviews_sealedballot SET seat_id = seat_id",
        "DELETE FROM reviews_sealedballot",
    ):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)
    with transaction.atomic():
        assert ballots.update(ciphertext=b"") == 5


def test_the_holders_find_it_among_what_waits(later, sec, login, actor):
    _, key = later
    role, name = HOLDERS[1]
    desk = Desk(login(role, "city", name), name, lambda: actor(role, "city", name))
    assert "待同意删除的密封选票" not in desk.open("/todo/").text
    actions.propose_ballot_erasure(key, actor=sec)
    assert "待同意删除的密封选票" in desk.open("/todo/").text
    desk.do("reviews.erase_ballots", key)
    assert reload(key).state == "erased"
