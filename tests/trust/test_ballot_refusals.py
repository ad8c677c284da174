"""What is refused twice over: by the step, and by the database to plain SQL of the application's own role."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.actions import Blocked, NotPermitted
from jiaxing_titles.audit.chain import Draft, record
from reviews import actions
from reviews.models import BallotSeat, SealedBallot, VoteSheet
from tests.scenes.balloting import cast, opened, seat_of
from tests.scenes.hall import triggers_off
from tests.scenes.registry import reload

pytestmark = pytest.mark.django_db

PUT = """
INSERT INTO reviews_sealedballot (receipt, sheet_id, seat_id, recused, ciphertext)
SELECT encode(sha256(c), 'hex'), b.sheet_id, b.id, b.recused, c FROM reviews_ballotseat b, (SELECT %s::bytea AS c) one
WHERE b.id = %s
"""
SIT = """
INSERT INTO reviews_ballotseat (sheet_id, user_id, committee_member_id, recused, may_vote, state, version,
                                created_at, updated_at)
SELECT %s, m.user_id, m.id, '[]', true, 'waiting', 1, app_now(), app_now()
FROM reviews_committeemember m WHERE m.id = %s
"""
VOTED = "UPDATE reviews_ballotseat SET state = 'voted' WHERE id = %s"


def stands(scenes):
    scenes.deliberated("张三", "李四")


@pytest.fixture
def sec(actor) -> Actor:
    return actor("committee_sec", "city")


@pytest.fixture
def meeting(deliberated) -> Any:
    return deliberated("张三", "李四")


@pytest.fixture
def prepared(meeting, keyed, sec) -> VoteSheet:
    """Electronic, its key tried, not yet open."""
    keyed(meeting)
    return actions.choose_mode(meeting.sheets.get(), actor=sec, mode="electronic")


@pytest.fixture
def casting(prepared, sec) -> VoteSheet:
    return opened(prepared, sec)


def written(statement: str, *values: Any) -> None:
    """As the role of the web processes, to the commit and no further."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("jiaxing_app",)
        cursor.execute(statement, values)
        assert cursor.rowcount == 1
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def barred(says: str, statement: str, *values: Any) -> None:
    before = rows()
    with pytest.raises(DatabaseError, match=says):
        written(statement, *values)
    assert rows() == before


def rows() -> tuple[list[Any], list[Any]]:
    """Box and roll, as far as the application may read them."""
    return list(SealedBallot.objects.values_list("pk", "seat")), list(BallotSeat.objects.values())


def ballot(seat: BallotSeat) -> Sequence[Any]:
    """The values of PUT for something that looks like a sealed ballot."""
    return os.urandom(1499), seat.pk


def test_before_the_opening(prepared, meeting, judge):
    member = meeting.members.get(user=judge(1).user)
    with transaction.atomic():
        written(SIT, prepared.pk, member.pk)  # what opening writes, by hand
        seat = seat_of(prepared, judge(1))
        with pytest.raises(Blocked, match="不能投票"):
            actions.cast_ballot(seat, actor=judge(1), marks={1: "yes", 2: "yes"}, seed=os.urandom(16))
        barred("PR-11 票箱没有打开", PUT, *ballot(seat))
        transaction.set_rollback(True)


def test_after_the_closing(casting, sec, judge):
    late = seat_of(casting, judge(1))
    sheet = actions.close_ballot(reload(casting), actor=sec, missing_known=True)
    with pytest.raises(Blocked, match="不得事后补投"):
        cast(sheet, judge(1), "yes")
    barred("PR-11 票箱没有打开", PUT, *ballot(late))
    barred("casting|state", "UPDATE reviews_votesheet SET state = 'casting' WHERE id = %s", sheet.pk)


def test_twice(casting, judge):
    seat = cast(casting, judge(1), "yes")
    with pytest.raises(Blocked, match="已投票"):
        cast(casting, judge(1), "no")
    barred("one_ballot_a_seat_and_sheet", PUT, *ballot(seat))
    barred("waiting|state", "UPDATE reviews_ballotseat SET state = 'waiting' WHERE id = %s", seat.pk)


def test_by_proxy(casting, judge, sec):
    """A ballot for somebody else is refused at commit: he is not on record as having cast it."""
    seat, other = seat_of(casting, judge(1)), judge(2)
    for stranger in (other, sec):
        with pytest.raises(NotPermitted):
            actions.cast_ballot(seat, actor=stranger, marks={1: "yes", 2: "yes"}, seed=os.urandom(16))
    refused = "PR-11 选票、席位和本人的投票记录不相符"
    barred(refused, PUT, *ballot(seat))
    barred(refused, f"WITH put AS ({PUT} RETURNING 1) {VOTED}", *ballot(seat), seat.pk)
    barred(refused, VOTED, seat.pk)
    barred("PR-9 ", "UPDATE reviews_ballotseat SET user_id = %s WHERE id = %s", other.user.pk, seat.pk)
    with pytest.raises(DatabaseError, match=refused), transaction.atomic():
        record(other, [Draft("reviews.cast_ballot", "投票", subject=seat, before="waiting", after="voted")])
        written(f"WITH put AS ({PUT} RETURNING 1) {VOTED}", *ballot(seat), seat.pk)
    assert not SealedBallot.objects.exists()


def test_the_same_rows_with_the_members_own_record_do_pass(casting, judge):
    """The control: the statements of test_by_proxy are right but for the missing record."""
    seat = seat_of(casting, judge(1))
    with transaction.atomic():
        record(judge(1), [Draft("reviews.cast_ballot", "投票", subject=seat, before="waiting", after="voted")])
        written(f"WITH put AS ({PUT} RETURNING 1) {VOTED}", *ballot(seat), seat.pk)
    assert rows()[0][0][1] == seat.pk


def test_for_a_recused_name(casting, judge):
    recused = seat_of(casting, judge(11))
    with pytest.raises(Blocked, match="都已回避"):
        cast(casting, judge(11), {})
    with pytest.raises(Blocked, match="都已回避"):
        cast(casting, judge(11), {1: "yes", 2: "yes"})
    barred("PR-11 这一席位没有签到，对票上所有人回避，或回避的人不符", PUT, *ballot(recused))
    other = seat_of(casting, judge(1))
    barred(
        "PR-11 这一席位没有签到，对票上所有人回避，或回避的人不符", PUT.replace("b.recused", "'[1]'"), *ballot(other)
    )
    barred("PR-9 ", "UPDATE reviews_ballotseat SET may_vote = true WHERE id = %s", recused.pk)
    barred("PR-9 ", "UPDATE reviews_ballotseat SET recused = '[]' WHERE id = %s", recused.pk)


def test_from_a_seat_not_signed_in(prepared, meeting, judge, sec, login):
    absent, here = meeting.members.get(user=judge(10).user), meeting.members.get(user=judge(1).user)
    with triggers_off():  # as if he had never come
        meeting.attendances.filter(member=absent).delete()
    barred("PR-11 只有本人到会签到的评委才有表决席位", SIT, prepared.pk, absent.pk)
    with transaction.atomic():
        written(SIT, prepared.pk, here.pk)  # the control
        transaction.set_rollback(True)
    sheet = opened(prepared, sec)
    barred("PR-11 只有本人到会签到的评委才有表决席位", SIT, sheet.pk, absent.pk)
    assert not sheet.roll.filter(user=absent.user).exists()
    answer = login("committee", "city", "评委10").post(f"/ballot/{sheet.pk}/", {"choice_1": "yes", "confirm": "1"})
    assert answer.status_code in (404, 409)
    assert not SealedBallot.objects.exists()
