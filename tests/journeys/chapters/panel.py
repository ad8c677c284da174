"""28 September to November: 评前公示, 评审机构, 备案, 评审会, 结果上报 (G9–G13)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django_fsm import TransitionNotAllowed

from applications.models import AnnualRound, TitleApplication
from enterprises.models import Speciality
from jiaxing_titles.publicity.models import PublicityPeriod
from jiaxing_titles.publicity.tasks import close_due
from reviews import actions
from reviews.models import MemberAssessment, Panel, ResultReport, ReviewFiling, ReviewMeeting
from tests.journeys import cast
from tests.journeys.chapters.declaring import applicant, application_of
from tests.journeys.driver import Desk, fresh

TWO = "办法五（二）"
SCORES = {"ethics": 90, "innovation": 85, "performance": 88, "contribution": 86}
PLAN = {
    "planned_on": dt.date(2026, 10, 28),
    "planned_hour": "09:00",
    "place": "三楼会议室",
    "mode": "in_person",
    "contact": "李人事 0573-80000000",
}


def notice(year: Any, one: AnnualRound) -> AnnualRound:
    """公示 from 28 September: National Day in between, so it ends on 10 October 24:00 and not a minute earlier."""
    year.at("2026-09-28 09:00:00")
    year.hr.send(f"/ent/round/{one.pk}/notice/", contact="李人事，0573-80000000")
    period = PublicityPeriod.objects.get()
    assert period.ends_on == dt.date(2026, 10, 10)
    page = year.hr.open(f"/ent/notice/{one.roster.pk}/")
    assert cast.BY_PAGES in page.text
    assert cast.REFUSED not in year.visitor.open(f"/notices/{period.pk}/").text
    refused = application_of(cast.REFUSED)
    year.hr.refused("applications.reconsider", refused, "单位公示已经发布", clause=TWO, gate="G9")
    leaving = applicant(year, cast.WITHDRAWS)
    leaving.do("applications.withdraw_application", application_of(cast.WITHDRAWS), reason="另有安排")
    return fresh(one)


def compose(year: Any, one: AnnualRound) -> ReviewFiling:
    """Seven experts, three of them external: over the third, so nothing is filed until one of them is not."""
    year.hr.do("reviews.create_panel", one, name="示例精密2026年度职称评审委员会", from_reserve=False)
    panel = Panel.objects.get()
    for number in range(1, 8):
        facts = _seat(year, number)
        if number in (1, 5):
            year.hr.do("reviews.add_member", panel, **facts)
        else:
            actions.add_member(fresh(panel), actor=year.hr.actor, **{**facts, "external": number > 4})
    year.hr.do("reviews.plan_meeting", one, **PLAN)
    filing = ReviewFiling.objects.get()
    year.at("2026-09-29 09:00:00")
    year.hr.refused("reviews.present_filing", filing, "三分之一", clause=TWO, gate="G10")
    member = panel.members.order_by("pk")[4]
    year.hr.send(f"/ent/panel/{panel.pk}/members/{member.pk}/", external="no")
    return fresh(filing)


def _seat(year: Any, number: int) -> dict[str, Any]:
    outside = number > 4
    return {
        "user": year.expert(number).user,
        "name": f"专家{number}",
        "external": "yes" if outside else "no",
        "employer": "示例学院" if outside else "示例精密机械有限公司",
        "rank": "senior",
        "title": "高级工程师",
        "speciality": Speciality.objects.get(name="机械设计"),
        "post": "chair" if number == 1 else "member",
    }


def end_of_notice(year: Any, one: AnnualRound, filing: ReviewFiling) -> None:
    """G9: inside the period nobody goes on by any way; the night after the last day everybody does."""
    year.at("2026-10-10 23:59:00")
    assert "不能缩短" in year.hr.open(f"/ent/round/{one.pk}/").text
    year.hr.refused("reviews.present_filing", filing, "评前公示须满 5 个工作日", clause=TWO, gate="G10")
    with pytest.raises(TransitionNotAllowed):
        application_of(cast.BY_PAGES).pass_notice()
    close_due.apply().get()
    assert application_of(cast.BY_PAGES).state == "noticing"
    year.at("2026-10-11 00:06:00")
    assert close_due.apply().get() == 8
    assert application_of(cast.BY_PAGES).state == "noticed"
    assert application_of(cast.WITHDRAWS).state == "withdrawn"


def file_meeting(year: Any, filing: ReviewFiling) -> ReviewMeeting:
    """备案: no meeting before the city has it (PR-4); the city draws an expert who comes to guide."""
    year.at("2026-10-13 09:00:00")
    invite(year, filing.meeting)
    year.hr.do("reviews.present_filing", filing)
    year.head.do("reviews.confirm_filing", filing)
    meeting = fresh(filing.meeting)
    year.hr.refused("reviews.open_sign_in", meeting, "评审会开评前须向市局备案", clause=TWO, gate="G10")
    with pytest.raises(TransitionNotAllowed):
        fresh(meeting).open_sign_in()
    year.clerk.do("reviews.acknowledge_filing", filing, opinion="同意")
    guide = year.desk("library_member", "city", "莫指导")
    bureau = year.city["city"].bureau
    year.clerk.do("reviews.enrol_expert", bureau, **library_entry(guide))
    year.clerk.do("reviews.decide_guidance", filing, assign="yes", reason="首年试点，到会指导。")
    draw_guide(year, filing, same_speciality=True)
    assignment = filing.assignments.get()
    year.hr.refused("reviews.open_sign_in", meeting, "指导专家尚未答复", clause=TWO, gate="G10")
    guide.do("reviews.accept_guidance", assignment)
    year.hr.do("reviews.name_tellers", meeting, first=year.hr.user, second=year.secretary.user)
    return fresh(meeting)


def invite(year: Any, meeting: ReviewMeeting) -> None:
    """One says yes, one no, five nothing: whoever comes in the end takes his seat."""
    year.hr.do("reviews.invite_experts", meeting)
    calls = {one.name: one for one in meeting.invitations.all()}
    year.expert(1).do("reviews.accept_invitation", calls["专家1"])
    year.expert(6).do("reviews.decline_invitation", calls["专家6"], absence_reason="出差")
    assert "答复不能出席：专家6。" in year.hr.open(meeting.panel.get_absolute_url()).text


def draw_guide(year: Any, filing: ReviewFiling, **facts: Any) -> None:
    """备池 by the clerk, a secret by the supervisor, 抽取 with both."""
    supervisor, secret = year.desk("supervisor", "city", "严监督"), "0123456789abcdef" * 4
    year.clerk.do("reviews.prepare_draw", filing, **facts)
    draw = filing.draws.get()
    run = reverse("reviews:run_draw", args=[draw.pk])
    year.clerk.refused("reviews.draw_expert", draw, "不能办理", url=run, supervisor_secret=secret)
    supervisor.send(reverse("reviews:contribute", args=[draw.pk]), supervisor_secret=secret, noted=True)
    year.clerk.send(run, supervisor_secret=secret)


def library_entry(desk: Desk) -> dict[str, Any]:
    return {
        "user": desk.user,
        "employer": "示例研究院",
        "rank": "senior",
        "title": "高级工程师",
        "speciality": Speciality.objects.get(name="机械设计"),
        "term_until": dt.date(2028, 12, 31),
    }


def convene(year: Any, meeting: ReviewMeeting) -> ReviewMeeting:
    """G11: four of seven are no quorum; six sign in, the seventh comes too late; the chair opens."""
    chair = year.expert(1)
    year.at("2026-10-28 08:30:00")
    year.hr.do("reviews.open_sign_in", meeting)
    for number in (1, 2):
        year.expert(number).do("reviews.sign_in", meeting, promised=True)
    on_paper = list(meeting.panel.members.order_by("pk")[2:4])
    year.secretary.do("reviews.sign_in_at_desk", meeting, members=on_paper, in_person=True)
    chair.refused("reviews.start_session", meeting, "应到 7 人，实到 4 人", clause="人社部令第40号", gate="G11")
    for number in (5, 6):
        actions.sign_in(fresh(meeting), actor=year.expert(number).actor, promised=True)
    year.at("2026-10-28 09:00:00")
    chair.do("reviews.start_session", meeting)
    year.expert(7).refused("reviews.sign_in", meeting, "签到已截止", gate="G11", promised=True)
    assignment = meeting.filing.assignments.get()
    year.secretary.do("reviews.record_expert_attended", assignment)
    guide = year.desk("library_member", "city", "莫指导")
    guide.stranger("reviews.sign_in", meeting)
    guide.do("reviews.submit_guidance_note", assignment, procedure_followed="yes", guidance_note="程序规范。")
    return fresh(meeting)


def assess(year: Any, meeting: ReviewMeeting) -> ReviewMeeting:
    """述职 and 综合考核 of everybody, four dimensions from everybody, before the vote (G11)."""
    assert {item.application.person.name for item in meeting.items.all()} == {one.name for one in cast.on_panel()}
    chair = year.expert(1)
    told = {"self_report": "近三年完成产线改造。", "check_note": "考核合格。"}
    for item in meeting.items.order_by("number"):
        if item.number == 1:
            chair.refused("reviews.close_scoring", meeting, "没有述职和综合考核", clause=TWO, gate="G11")
            year.secretary.do("reviews.present_item", item, report_mode="in_person", **told)
        else:
            actions.present_item(item, actor=year.secretary.actor, report_mode="in_person", **told)
    chair.refused("reviews.close_scoring", meeting, "四个方面的评价", clause=TWO, gate="G11")
    pads = MemberAssessment.objects.filter(item__meeting=meeting).order_by("item__number", "pk")
    first = pads.filter(member__user=chair.user).first()
    page = chair.send(f"/panel/pads/{first.pk}/", **SCORES)
    for _ in range(meeting.items.count() - 1):  # each submission leads to the next person
        page = chair.send(page, **SCORES)
    for pad in pads.filter(state="open").select_related("member__user"):
        actions.assess(pad, actor=year.expert(int(pad.member.name[-1])).actor, **SCORES, comment="")
    chair.do("reviews.close_scoring", meeting)
    return fresh(meeting)


def vote(year: Any, meeting: ReviewMeeting) -> None:
    """G12: two tellers count by themselves, nothing is signed until they agree, nothing announced before."""
    chair = year.expert(1)
    for sheet in meeting.sheets.order_by("number"):
        year.secretary.do("reviews.issue_sheet", sheet)
    chair.refused("reviews.announce_count", meeting, "没有签认计票结果", clause=TWO, gate="G12")
    for sheet in meeting.sheets.order_by("number"):
        yes = {name: 3 if name == cast.PANEL_FAILS else 5 for name in names_on(sheet)}
        key_count(year.hr, sheet, yes, 6, "/ent/sheets")
        key_count(year.secretary, sheet, {**yes, names_on(sheet)[0]: 4}, 6, "/ent/sheets")
        chair.refused("reviews.sign_tally", sheet, "票数不一致", gate="G18")
        key_count(year.secretary, sheet, yes, 6, "/ent/sheets")
        year.hr.refused("reviews.sign_tally", sheet, "计票人不能签认自己的计票结果")
        chair.do("reviews.sign_tally", sheet)
    chair.do("reviews.announce_count", meeting)
    chair.do("reviews.conclude_meeting", meeting, minutes="按程序完成评审。")
    assert application_of(cast.PANEL_FAILS).state == "panel_failed"
    assert application_of(cast.BY_PAGES).state == "panel_passed"


def names_on(sheet: Any) -> list[str]:
    return [line.application.person.name for line in sheet.lines.order_by("number")]


def key_count(teller: Desk, sheet: Any, yes: dict[str, int], returned: int, under: str, recused: int = 0) -> None:
    """One teller's grid: everything returned and valid, who is not for is against."""
    facts = {"issued": returned, "returned": returned, "missing": 0, "valid": returned, "invalid": 0}
    for number, name in enumerate(names_on(sheet), start=1):
        against = returned - recused - yes[name]
        marks = {"yes": yes[name], "no": against, "abstain": 0, "invalid": 0, "recused": recused}
        facts |= {f"line_{number}_{mark}": value for mark, value in marks.items()}
    teller.send(f"{under}/{sheet.pk}/count/", **facts)


def report(year: Any, one: AnnualRound) -> ResultReport:
    """G13: nothing goes up that does not reconcile to zero, or without the work report; the head sends it."""
    year.at("2026-11-05 09:00:00")
    year.hr.do("reviews.open_report", one)
    result = ResultReport.objects.get()
    year.hr.refused("reviews.present_report", result, "还没有填写评审工作报告", clause="办法五（三）", gate="G13")
    year.hr.do("reviews.write_summary", result, work_summary="评审会按程序召开，7人参评，6人通过。")
    year.hr.do("reviews.present_report", result)
    year.head.do("reviews.confirm_report", result)
    assert TitleApplication.objects.filter(state="reported").count() == 7
    assert application_of(cast.INITIAL).state == "reported"
    return fresh(result)


def walk(year: Any, one: AnnualRound) -> ResultReport:
    one = notice(year, one)
    filing = compose(year, one)
    end_of_notice(year, one, filing)
    meeting = convene(year, file_meeting(year, fresh(filing)))
    vote(year, assess(year, meeting))
    return report(year, one)
