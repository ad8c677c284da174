"""G12 and G18: paper counts by two tellers, signature, second round, secrecy (办法五（三）)."""

import pytest
from django.db import DatabaseError, transaction

from jiaxing_titles.actions import Blocked, NotPermitted
from jiaxing_titles.audit.models import AuditEvent
from reviews import actions
from reviews.models import TellerCount, VoteLine, VoteSheet
from tests.scenes.registry import reload
from tests.scenes.reviewing import count, marks_of

pytestmark = pytest.mark.django_db


def stands(scenes):
    scenes.endorsed(scenes.open_round("A"), "张三")


def test_two_tellers_must_agree_before_anybody_signs(noticed, voting, actor, expert):
    meeting = voting(noticed("张三", "李四"))
    sheet, hr, sec = meeting.sheets.get(), actor("ent_hr", "A"), actor("panel_sec", "A")
    with pytest.raises(Blocked, match="现有 0 人已录入"):
        actions.sign_tally(sheet, actor=expert(1))
    with pytest.raises(Blocked, match="不是本次会议指定的监票计票人"):
        count(sheet, [expert(1)], 8)
    with pytest.raises(Blocked) as refused:
        actions.key_count(
            sheet,
            actor=hr,
            issued=9,
            returned=8,
            missing=0,
            valid=8,
            invalid=0,
            marks=marks_of(sheet, 7, 8),
        )
    assert refused.value.reasons[0].field == "returned"
    assert not TellerCount.objects.exists()
    count(sheet, [hr], {1: 7, 2: 6})
    count(sheet, [sec], {1: 7, 2: 5})
    with pytest.raises(Blocked) as refused:
        actions.sign_tally(reload(sheet), actor=expert(1))
    assert "第2行 李四（同意、反对）" in refused.value.reasons[0].text
    count(reload(sheet), [sec], {1: 7, 2: 6})
    with pytest.raises(Blocked, match="计票人不能签认"):
        actions.sign_tally(reload(sheet), actor=hr)
    with pytest.raises(Blocked, match="主任委员"):
        actions.sign_tally(reload(sheet), actor=expert(5))
    with pytest.raises(Blocked, match="没有签认"):
        actions.announce_count(reload(meeting), actor=expert(1))
    sheet = actions.sign_tally(reload(sheet), actor=expert(1))
    assert list(sheet.lines.values_list("yes", "passed")) == [(7, True), (6, True)]
    with pytest.raises(Blocked):
        count(reload(sheet), [sec], 9)


def test_a_missing_and_an_invalid_sheet_count_as_attending(noticed, voting, actor, expert):
    """Issued 9, returned 8, one invalid: still six yes of nine are needed."""
    meeting = voting(noticed("张三"))
    sheet = meeting.sheets.get()
    marks = {"1": {"yes": 5, "no": 2, "abstain": 0, "invalid": 1, "recused": 0}}
    for teller in (actor("ent_hr", "A"), actor("panel_sec", "A")):
        actions.key_count(reload(sheet), actor=teller, issued=9, returned=8, missing=1, valid=7, invalid=1, marks=marks)
    sheet = actions.sign_tally(reload(sheet), actor=expert(1))
    assert sheet.lines.get().sentence == "应到9实到9，需≥6票，得5票，未通过"


def test_one_second_round_and_both_stay_on_record(noticed, voting, actor, expert):
    meeting = voting(noticed("张三"))
    tellers = (actor("ent_hr", "A"), actor("panel_sec", "A"))
    first = meeting.sheets.get()
    count(first, tellers, 5)
    first = actions.sign_tally(reload(first), actor=expert(1))
    meeting = actions.announce_count(reload(meeting), actor=expert(1))
    second = actions.second_round(first, actor=expert(1), reason="两名委员对业绩有疑问，补充说明后再表决。")
    assert (reload(first).state, second.ballot_round, reload(meeting).state) == ("replaced", 2, "voting")
    second = actions.issue_sheet(second, actor=actor("panel_sec", "A"))
    count(second, tellers, 8)
    second = actions.sign_tally(reload(second), actor=expert(1))
    with pytest.raises(Blocked, match="最多一次"):
        actions.second_round(second, actor=expert(1), reason="再来")
    meeting = actions.announce_count(reload(meeting), actor=expert(1))
    meeting = actions.conclude_meeting(meeting, actor=expert(1), minutes="两轮表决。")
    assert meeting.items.get().result_sentence == "应到9实到9，需≥6票，得8票，通过"
    assert list(VoteLine.objects.order_by("pk").values_list("yes", flat=True)) == [5, 8]


def test_nothing_stored_ties_a_member_to_a_mark(noticed, concluded, actor):
    """PR-7: a count names its teller, a line names the person voted on, no row names a voter."""
    concluded(noticed("张三"))
    people = {
        model.__name__: {field.name for field in model._meta.get_fields() if field.is_relation}
        for model in (VoteLine, TellerCount, VoteSheet)
    }
    assert people["VoteLine"] == {"sheet", "application"}
    assert people["TellerCount"] == {"sheet", "teller"}
    own = {"meeting", "session", "organisation", "enterprise", "signed_by", "lines", "counts"}
    assert people["VoteSheet"] == own | {"roll", "board"}  # who may vote; what was voted: see tests/trust
    keyed = AuditEvent.objects.filter(step="reviews.key_count", outcome="done")
    assert keyed.count() == 2
    assert all(set(event.facts["marks"]["1"]) == {"yes", "no", "abstain", "invalid", "recused"} for event in keyed)


def test_the_database_refuses_a_count_that_does_not_add_up(noticed, voting, actor):
    sheet = voting(noticed("张三")).sheets.get()
    count(sheet, [actor("ent_hr", "A")], 8)
    with pytest.raises(DatabaseError), transaction.atomic():
        TellerCount.objects.update(returned=8)


def test_another_companys_people_neither_see_nor_touch_a_sheet(noticed, voting, actor):
    sheet = voting(noticed("张三")).sheets.get()
    stranger = actor("ent_hr", "B")
    assert not VoteSheet.objects.visible_to(stranger).exists()
    with pytest.raises(NotPermitted):
        count(sheet, [stranger], 8)
