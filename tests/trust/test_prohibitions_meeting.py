"""PR-4, PR-7, PR-9, PR-10, PR-11 at a company's review meeting — page, console, model."""

from __future__ import annotations

import pgtrigger
import pytest

from applications.models import SubmittedVersion, TitleApplication
from jiaxing_titles import clock
from jiaxing_titles.actions import steps
from jiaxing_titles.audit.models import AuditEvent
from reviews import actions
from reviews.models import (
    MeetingAttendance,
    MemberAssessment,
    Panel,
    PanelMember,
    ReviewFiling,
    TellerCount,
    VoteLine,
    VoteSheet,
)
from tests.journeys.driver import fresh
from tests.scenes.reviewing import SCORES, count, marks_of, member_of
from tests.trust.attempts import barred, gate_holds, no_back_door, not_his, nothing_written, refused

pytestmark = pytest.mark.django_db
TWO, THREE, ORDER = "办法五（二）", "办法五（三）", "人社部令第40号（年度设置）"
PROMISE = {"promised": "on"}


def to(case, state):
    return lambda: type(case)._base_manager.filter(pk=case.pk).update(state=state)


def sit(meeting, member):
    facts = {"signed_at": clock.now(), "method": "self", "promised": True}
    return lambda: MeetingAttendance.objects.create(meeting=meeting, member=member, **facts)


def test_no_meeting_opens_before_its_filing(year, noticed, filed):
    """PR-4: sent is not yet filed; the doors stay shut, nobody takes a seat, no ballot goes out."""
    filing = filed(noticed("张三"))
    meeting, year_ = filing.meeting, filing.round
    year.at("2026-10-28 08:30:00")
    actions.name_tellers(meeting, actor=year.hr.actor, first=year.hr.user, second=year.secretary.user)
    says = "评审会开评前须向市局备案；本次会议现为“待市局备案”，不能开会。"
    step = "reviews.open_sign_in"
    told = refused(year.hr, step, meeting, says, TWO)
    assert refused(year.secretary, step, meeting, says, TWO) == told
    with nothing_written("a seat before the filing"):
        answer = year.expert(1).client.post(steps["reviews.sign_in"].url(meeting), PROMISE)
    assert answer.status_code == 409
    for desk in (year.county, year.clerk, year.reviewer, year.leader):
        not_his(desk, step, meeting)
    not_his(year.hr, "reviews.acknowledge_filing", filing, opinion="同意")
    not_his(year.county, "reviews.acknowledge_filing", filing, opinion="同意")
    no_back_door(year.clerk, meeting, filing)
    barred("PR-4", "update(state=signing_in)", to(meeting, "signing_in"))
    barred("PR-11", "a seat before the doors are open", sit(meeting, member_of(meeting, 1)))
    gate_holds(meeting, "open_sign_in")
    organisation = year_.enterprise.organisation
    ballot = {"organisation": organisation, "enterprise": year_.enterprise, "level": "engineer", "number": 1}
    sheet = VoteSheet.objects.create(meeting=meeting, **ballot)
    barred("PR-4", "a ballot before the meeting", to(sheet, "counting"))
    gate_holds(sheet, "issue")
    ReviewFiling.objects.update(state="acknowledged")
    assert to(meeting, "signing_in")() == 1
    strangers_on_the_panel(meeting)


def strangers_on_the_panel(meeting):
    """A filing needs a settled panel, and a settled one keeps to the third or says why not."""
    panel, one = other_panel(meeting), meeting.panel.members.first()
    for external in (True, False):
        PanelMember.objects.create(panel=panel, name="专家", speciality=one.speciality, external=external)
    barred("三分之一", "update(state=settled)", to(panel, "settled"))
    gate_holds(panel, "settle")
    Panel.objects.filter(pk=panel.pk).update(over_ratio_reason="激光加工专业缺少高级专家。")
    assert to(panel, "settled")() == 1


def test_nobody_sits_or_votes_late_or_for_another(year, noticed, session):
    """PR-11: eight of nine are in session; the ninth, a stranger and the desk on their behalf are refused."""
    meeting = session(noticed("张三"), present=8)
    late, ninth = "签到已截止；迟到的评审专家不得参加本次评价和表决，也不得委托他人或事后补投。", member_of(meeting, 9)
    at_desk = {"members": ninth.pk, "in_person": "on"}
    told = refused(year.expert(9), "reviews.sign_in", meeting, late, ORDER, **PROMISE)
    for desk in (year.hr, year.secretary):
        assert refused(desk, "reviews.sign_in_at_desk", meeting, late, ORDER, **at_desk) == told
        not_his(desk, "reviews.sign_in", meeting, **PROMISE)
    stranger = year.expert(20)  # he is on no list of this meeting, which is therefore not there for him
    not_his(stranger, "reviews.sign_in", meeting, **PROMISE)
    pad = MemberAssessment.objects.filter(member=member_of(meeting, 2)).first()
    not_his(year.expert(3), "reviews.assess", pad, **SCORES)
    for desk in (year.county, year.clerk, year.leader):
        not_his(desk, "reviews.sign_in", meeting, **PROMISE)
        not_his(desk, "reviews.sign_in_at_desk", meeting, **at_desk)
    no_back_door(year.clerk, meeting)
    other = PanelMember.objects.create(panel=other_panel(meeting), name="别处专家", speciality=ninth.speciality)
    barred("PR-11", "a late seat", sit(meeting, ninth))
    barred("PR-11", "a seat of another panel", sit(meeting, other))
    taken = meeting.attendances.filter(member=member_of(meeting, 8))
    barred("PR-11", "one seat handed to another", lambda: taken.update(member=ninth))
    assert meeting.attendances.count() == 8


def other_panel(meeting):
    """A panel of nobody in particular: last year's, as far as this meeting is concerned."""
    one = meeting.round
    last = type(one).objects.create(
        enterprise=one.enterprise,
        cycle=type(one.cycle).objects.get(year=2025),
        plan=one.plan,
        opens_on=one.opens_on,
        closes_on=one.closes_on,
    )
    return Panel.objects.create(round=last, name="上年度评审机构")


def test_the_count_is_secret_final_and_the_only_ground_of_a_result(year, noticed, voting):
    """PR-7, PR-9, PR-10: no name beside a mark, nothing changed afterwards, no other result than the count's."""
    meeting = voting(noticed("张三"))
    sheet, application = meeting.sheets.get(), TitleApplication.objects.get()
    keyed = {"issued": 9, "returned": 9, "missing": 0, "valid": 9, "invalid": 0}
    keyed |= {f"line_1_{mark}": value for mark, value in marks_of(sheet, 5, 9)["1"].items()}
    secrecy(year, sheet, keyed)
    count(sheet, [year.secretary.actor], 5)
    chair = year.expert(1)
    barred("PR-10", "update(state=panel_passed) before the count", to(application, "panel_passed"))
    actions.sign_tally(fresh(sheet), actor=chair.actor)
    final(year, meeting, sheet, keyed)
    no_other_result(year, meeting, application)


def secrecy(year, sheet, keyed):
    """PR-7: whatever a teller's browser sends along, totals are kept; no official keys or reads a member's mark."""
    named = {"line_1_member": "专家2", "voter": year.expert(2).user.pk, "line_1_choice": "no", "member": "2"}
    url = f"/ent/sheets/{sheet.pk}/count/"
    assert year.hr.client.post(url, {**keyed, **named}).status_code == 302
    stored = TellerCount.objects.get()
    assert stored.marks == {"1": {"yes": 5, "no": 4, "abstain": 0, "invalid": 0, "recused": 0}}
    event = AuditEvent.objects.get(step="reviews.key_count", outcome="done")
    assert set(event.facts) == {"issued", "returned", "missing", "valid", "invalid", "marks"}
    assert event.facts["marks"] == stored.marks
    told = "您不是本次会议指定的监票计票人，不能录入票数。"
    refused(year.expert(2), "reviews.key_count", sheet, told, THREE, **keyed)
    for desk in (year.county, year.clerk, year.leader):
        not_his(desk, "reviews.key_count", sheet, **keyed)
    no_back_door(year.clerk, sheet, stored, sheet.lines.get())
    for marks in ({"1": {"yes": 1, "专家2": 1}}, {"1": {"yes": ["专家2"]}}):
        barred("PR-7", "a name beside a mark", lambda marks=marks: TellerCount.objects.update(marks=marks))
    barred("PR-11", "a sheet more than seats", lambda: TellerCount.objects.update(issued=10, missing=1))


def final(year, meeting, sheet, keyed):
    """PR-9: what was signed, scored and handed in stays, for its author, for the officials and in the rows."""
    line, pad = sheet.lines.get(), MemberAssessment.objects.get(member=member_of(meeting, 2))
    version = SubmittedVersion.objects.get()
    refused(year.hr, "reviews.key_count", sheet, "不能办理“录入票数”", "", **{**keyed, "line_1_yes": 9, "line_1_no": 0})
    closed = "主任委员已关闭评分，不能再填写或修改。"
    refused(year.expert(2), "reviews.reopen_assessment", pad, closed, TWO)
    me = year.applicant("张三")
    with nothing_written("the applicant changes what he handed in"):
        for topic in ("person", "education", "achievements"):
            me.client.post(f"/my/applications/{version.application_id}/{topic}/", {"summary": "另一份业绩"})
    for desk in (year.hr, year.clerk, year.leader):
        not_his(desk, "applications.save_person", version.application, summary="代填")
        not_his(desk, "reviews.assess", pad, **SCORES)
        not_his(desk, "reviews.reopen_assessment", pad)
    for desk in (year.clerk, year.leader, year.county):
        not_his(desk, "reviews.sign_tally", sheet)
        not_his(desk, "reviews.second_round", sheet, reason="重投")
        not_his(desk, "reviews.conclude_meeting", meeting, minutes="改结论")
    no_back_door(year.leader, meeting, sheet, line, pad, version, AuditEvent.objects.last())
    for attempt, rows, values in (
        ("a result after the signature", VoteLine.objects.filter(pk=line.pk), {"yes": 9, "passed": True}),
        ("a count after the signature", TellerCount.objects.all(), {"marks": {"1": {"yes": 9}}}),
        ("seats after the issue", VoteSheet.objects.filter(pk=sheet.pk), {"seats": 6}),
        ("scores after the close", MemberAssessment.objects.filter(pk=pad.pk), {"ethics": 100}),
    ):
        barred("PR-9", attempt, lambda rows=rows, values=values: rows.update(**values))
    for attempt, rows in (
        ("a count taken away", TellerCount.objects.all()),
        ("a result taken away", VoteLine.objects.filter(pk=line.pk)),
    ):
        barred("PR-9", attempt, rows.delete)
    barred("Cannot update", "a version rewritten", lambda: SubmittedVersion.objects.update(snapshot={}))
    barred("append-only|permission denied", "an event rewritten", lambda: AuditEvent.objects.update(reason="另有原因"))


def no_other_result(year, meeting, application):
    """PR-10: five of nine are no pass, whatever share of passes somebody would like."""
    quota = {"passed": "1", "quota": "1", "pass_rate": "100", "state": "panel_passed", "minutes": "按名额通过。"}
    for desk in (year.clerk, year.leader, year.county):
        not_his(desk, "reviews.conclude_meeting", meeting, **quota)
    chair = year.expert(1)
    actions.announce_count(fresh(meeting), actor=chair.actor)
    item = meeting.items.get()
    barred("PR-10", "update(state=panel_passed)", to(application, "panel_passed"))
    answer = chair.client.post(steps["reviews.conclude_meeting"].url(meeting), quota)
    assert answer.status_code == 302
    assert (fresh(application).state, fresh(item).state) == ("panel_failed", "failed")
    barred("Invalid|transition", "update(state=panel_passed) of one who failed", to(application, "panel_passed"))
    with pgtrigger.ignore("applications.TitleApplication:legal_moves"):
        barred("PR-10", "reported although the count failed him", lambda: again(application))


def again(application):
    """Back before the vote by force, and out of it with the other result."""
    to(application, "in_review")()
    to(application, "panel_passed")()
