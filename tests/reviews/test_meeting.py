"""G11: sign-in, quorum, the third again at the door, 回避, 述职, scores; and what may go wrong on the day."""

import datetime as dt

import pytest

from applications.models import TitleApplication
from jiaxing_titles import clock
from jiaxing_titles.actions import Blocked, NotPermitted
from jiaxing_titles.audit.queries import events_of
from jiaxing_titles.notifications.models import Notification
from reviews import actions
from reviews.models import MemberAssessment
from tests.scenes.registry import reload
from tests.scenes.reviewing import SCORES, member_of, present_all, score_all

pytestmark = pytest.mark.django_db


def stands(scenes):
    scenes.endorsed(scenes.open_round("A"), "张三")


def signed_in(meeting, hr, expert, *numbers):
    meeting = actions.open_sign_in(meeting, actor=hr)
    for number in numbers:
        meeting = actions.sign_in(meeting, actor=expert(number), promised=True)
    return meeting


def test_two_experts_who_opened_the_page_together_both_sign_in(noticed, ready_meeting, actor, login):
    meeting = actions.open_sign_in(ready_meeting(noticed("张三")), actor=actor("ent_hr", "A"))
    url = f"/do/reviews.sign_in/{meeting.pk}/"
    phones = [login("panel_expert", "A", f"专家{number}") for number in (1, 2)]
    forms = [phone.get(url).context for phone in phones]
    facts = [{"key": str(form["key"]), "version": form["version"], "promised": "on"} for form in forms]
    assert [phone.post(url, fact).status_code for phone, fact in zip(phones, facts, strict=True)] == [302, 302]
    assert meeting.attendances.count() == 2


def test_five_of_nine_are_no_quorum_and_the_meeting_is_set_anew(noticed, ready_meeting, actor, expert, at):
    hr = actor("ent_hr", "A")
    meeting = signed_in(ready_meeting(noticed("张三")), hr, expert, 1, 2, 3, 4, 5)
    with pytest.raises(Blocked) as refused:
        actions.start_session(meeting, actor=expert(1))
    assert [(one.rule, one.text) for one in refused.value.reasons] == [("T-5", "应到 9 人，实到 5 人，至少须到 6 人。")]
    meeting = actions.declare_no_quorum(meeting, actor=hr)
    assert meeting.state == "no_quorum"
    meeting = actions.replan_meeting(
        meeting,
        actor=hr,
        planned_at=dt.datetime(2026, 10, 30, 9, tzinfo=clock.SHANGHAI),
        place="三楼会议室",
        mode="in_person",
        contact="",
    )
    assert (meeting.state, meeting.attendances.count()) == ("planned", 0)
    assert Notification.objects.filter(user=actor("city_clerk", "city").user, text__contains="已重新安排").exists()
    with pytest.raises(Blocked, match="还没有到会议日期"):
        actions.open_sign_in(meeting, actor=hr)
    at("2026-10-30 08:30:00")
    meeting = signed_in(meeting, hr, expert, 1, 2, 3, 4, 5, 6)
    with pytest.raises(Blocked, match="不能按人数不足处理"):
        actions.declare_no_quorum(meeting, actor=hr)
    assert actions.start_session(meeting, actor=expert(1)).state == "in_session"


def test_one_external_too_many_at_sign_in_steps_down(noticed, ready_meeting, actor, expert):
    """Decision 43: seven came, three of them external."""
    hr = actor("ent_hr", "A")
    meeting = signed_in(ready_meeting(noticed("张三")), hr, expert, 1, 2, 3, 4, 7, 8, 9)
    with pytest.raises(Blocked) as refused:
        actions.start_session(meeting, actor=expert(1))
    assert [one.rule for one in refused.value.reasons] == ["R-5.2.8"]
    assert "签到 7 人中外聘 3 人" in refused.value.reasons[0].text
    meeting = actions.step_down(meeting, actor=hr, member=member_of(meeting, 9), reason="外聘超比例")
    meeting = actions.start_session(meeting, actor=expert(1))
    assert not MemberAssessment.objects.filter(member=member_of(meeting, 9)).exists()
    assert MemberAssessment.objects.filter(item__meeting=meeting).count() == 6


def test_the_consent_given_with_the_filing_covers_the_same_seven(noticed, ready_meeting, actor, expert):
    hr = actor("ent_hr", "A")
    meeting = signed_in(ready_meeting(noticed("张三"), consented=3), hr, expert, 1, 2, 3, 4, 7, 8, 9)
    assert actions.start_session(meeting, actor=expert(1)).state == "in_session"


def test_late_and_proxy_are_refused_by_name_of_the_rule(noticed, session, actor, expert):
    """PR-11."""
    meeting = session(noticed("张三"), present=8)
    stranger = expert(20)
    for who in (expert(9), stranger):
        with pytest.raises(Blocked) as refused:
            actions.sign_in(meeting, actor=who, promised=True)
        assert {one.rule for one in refused.value.reasons} == {"PR-11"}
    with pytest.raises(Blocked) as refused:
        actions.sign_in_at_desk(meeting, actor=actor("ent_hr", "A"), members=[member_of(meeting, 9)], in_person=True)
    assert {one.rule for one in refused.value.reasons} == {"PR-11"}
    assert meeting.attendances.count() == 8


def test_nobody_signs_for_somebody_else_while_the_doors_are_open(noticed, ready_meeting, actor, expert):
    hr = actor("ent_hr", "A")
    meeting = actions.open_sign_in(ready_meeting(noticed("张三")), actor=hr)
    with pytest.raises(Blocked) as refused:
        actions.sign_in(meeting, actor=expert(20), promised=True)
    assert [one.rule for one in refused.value.reasons] == ["PR-11"]
    with pytest.raises(Blocked) as refused:
        actions.sign_in_at_desk(meeting, actor=hr, members=[member_of(meeting, 1)], in_person=False)
    assert [(one.rule, one.field) for one in refused.value.reasons] == [("PR-11", "in_person")]
    with pytest.raises(NotPermitted):
        actions.sign_in(meeting, actor=hr, promised=True)
    with pytest.raises(Blocked, match="先作出保密"):
        actions.sign_in(meeting, actor=expert(1), promised=False)


def test_nobody_reaches_the_vote_with_an_empty_dimension(noticed, session, actor, expert):
    meeting = session(noticed("张三", "李四"))
    sec = actor("panel_sec", "A")
    first, second = meeting.items.order_by("number")
    with pytest.raises(Blocked, match="还没有述职"):
        actions.assess(first.assessments.get(member=member_of(meeting, 2)), actor=expert(2), **SCORES)
    actions.present_item(first, actor=sec, report_mode="in_person", self_report="述职", check_note="合格")
    with pytest.raises(Blocked, match="须到会"):
        actions.present_item(second, actor=sec, report_mode="remote", self_report="述职", check_note="合格")
    with pytest.raises(Blocked) as refused:
        actions.close_scoring(reload(meeting), actor=expert(1))
    told = " ".join(one.text for one in refused.value.reasons)
    assert "还有 1 人没有述职和综合考核" in told
    assert "专家9（1 人）" in told
    actions.postpone_item(reload(second), actor=sec, reason="未到会述职")
    assert TitleApplication.objects.get(pk=second.application_id).state == "noticed"
    score_all(meeting, expert)
    with pytest.raises(Blocked, match="主任委员"):
        actions.close_scoring(reload(meeting), actor=expert(2))
    with pytest.raises(Blocked, match="专家1本人办理"):
        actions.close_scoring(reload(meeting), actor=sec)
    meeting = actions.close_scoring(reload(meeting), actor=expert(1))
    assert [line.application_id for line in meeting.sheets.get().lines.all()] == [first.application_id]


def test_scores_stay_hidden_from_the_others_until_the_chair_closes(noticed, session, actor, expert):
    """Decision 15."""
    meeting = session(noticed("张三"))
    present_all(meeting, actor("panel_sec", "A"))
    mine = MemberAssessment.objects.get(member=member_of(meeting, 2))
    with pytest.raises(NotPermitted, match="只能由本人办理"):
        actions.assess(mine, actor=expert(3), **SCORES)
    score_all(meeting, expert)
    readers = [expert(3), actor("panel_sec", "A"), actor("ent_lead", "A"), actor("city_clerk", "city")]
    assert not any(MemberAssessment.objects.visible_to(one).filter(pk=mine.pk).exists() for one in readers)
    assert MemberAssessment.objects.visible_to(expert(2)).get(pk=mine.pk).ethics == 90
    mine = actions.reopen_assessment(reload(mine), actor=expert(2))
    mine = actions.assess(mine, actor=expert(2), **{**SCORES, "ethics": 70})
    assert events_of(mine).last().facts == {}  # the record must not tell scores before the chair has closed them
    actions.close_scoring(reload(meeting), actor=expert(1))
    assert all(MemberAssessment.objects.visible_to(one).filter(pk=mine.pk).exists() for one in readers)
    assert not MemberAssessment.objects.visible_to(actor("ent_hr", "B")).exists()
    with pytest.raises(Blocked, match="已关闭评分"):
        actions.reopen_assessment(mine, actor=expert(2))


def test_a_recused_member_leaves_the_denominator_of_that_person_alone(noticed, session, actor, expert):
    meeting = session(noticed("张三", "李四"))
    first = meeting.items.get(number=1)
    meeting = actions.recuse_self(meeting, actor=expert(4), items=[first], kind="kin", note="表兄弟")
    present_all(meeting, actor("panel_sec", "A"))
    with pytest.raises(Blocked, match="已对该申报人回避"):
        actions.assess(first.assessments.get(member=member_of(meeting, 4)), actor=expert(4), **SCORES)
    score_all(meeting, expert)
    meeting = actions.close_scoring(reload(meeting), actor=expert(1))
    sheet = actions.issue_sheet(meeting.sheets.get(), actor=actor("panel_sec", "A"))
    assert list(sheet.lines.values_list("recused_seats", flat=True)) == [1, 0]
    assert (sheet.members, sheet.seats) == (9, 9)


def test_too_many_recused_for_one_person_keep_him_from_the_vote(noticed, session, actor, expert):
    """Q-29: the item needs its quorum without them."""
    meeting = session(noticed("张三", "李四"), present=7)
    first = meeting.items.get(number=1)
    for number in (3, 4):
        meeting = actions.recuse_self(meeting, actor=expert(number), items=[first], kind="kin")
    present_all(meeting, actor("panel_sec", "A"))
    score_all(meeting, expert)
    with pytest.raises(Blocked, match="回避 2 人后实到 5 人，不足 6 人"):
        actions.close_scoring(reload(meeting), actor=expert(1))


def test_a_meeting_without_member_accounts_runs_on_paper(noticed, ready_meeting, actor):
    """Members who sign and score on paper: the desk copies, and acts for a chair without an account."""
    hr = actor("ent_hr", "A")
    meeting = actions.open_sign_in(ready_meeting(noticed("张三"), accounts=False), actor=hr)
    first, *others = meeting.panel.members.all()
    meeting = actions.sign_in_at_desk(meeting, actor=hr, members=[first], in_person=True)
    with pytest.raises(Blocked, match=f"{first.name}已经签到"):
        actions.sign_in_at_desk(meeting, actor=hr, members=[*others, first], in_person=True)
    assert meeting.attendances.count() == 1
    meeting = actions.sign_in_at_desk(meeting, actor=hr, members=others, in_person=True)
    meeting = actions.start_session(meeting, actor=hr)
    present_all(meeting, hr)
    for pad in MemberAssessment.objects.visible_to(hr):
        actions.copy_assessment(pad, actor=hr, **SCORES, comment="")
    assert actions.close_scoring(reload(meeting), actor=hr).state == "voting"


def test_a_meeting_is_postponed_with_its_reason(noticed, ready_meeting, actor):
    actor("county", "haining")  # he exists before anybody is told
    meeting = actions.postpone_meeting(ready_meeting(noticed("张三")), actor=actor("ent_hr", "A"), reason="台风")
    assert (meeting.state, meeting.postponed_reason) == ("postponed", "台风")
    assert Notification.objects.filter(user=actor("county", "haining").user, text__endswith="延期：台风").exists()
    with pytest.raises(NotPermitted):
        actions.replan_meeting(meeting, actor=actor("ent_hr", "B"), planned_at=None, place="", mode="", contact="")
