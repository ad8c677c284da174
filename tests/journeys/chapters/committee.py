"""November and December: 全市汇总, 中评委会议, 无记名投票 (G14–G18)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from reviews import actions
from reviews.models import CommitteeMeeting, Consolidation, ResultReport
from tests.journeys import cast
from tests.journeys.chapters.declaring import application_of
from tests.journeys.chapters.panel import key_count, library_entry, names_on
from tests.journeys.driver import fresh

THREE = "办法五（三）"
SIZE = 11
PRESENT = 9
PLAN = {"planned_on": dt.date(2026, 12, 15), "planned_hour": "09:00", "place": "市局八楼会议室"}


def consolidate(year: Any, result: ResultReport) -> Consolidation:
    """G14: the batch is not complete while a listed company's result has not been received."""
    year.at("2026-11-24 09:00:00")
    bureau = year.city["city"].bureau
    year.clerk.do("reviews.open_consolidation", bureau, cycle=year.city.cycle)
    whole = Consolidation.objects.get()
    year.reviewer.refused("reviews.complete_consolidation", whole, "没有报来或尚未接收", clause=THREE, gate="G14")
    year.clerk.do("reviews.receive_report", result)
    return whole


def convene(year: Any, whole: Consolidation) -> CommitteeMeeting:
    """G14 and G15 before the doors open: complete batch, eleven members with a chair, agenda, tellers, the day."""
    secretary, bureau = year.committee_secretary, year.city["city"].bureau
    secretary.do("reviews.convene_committee", bureau, cycle=year.city.cycle, **PLAN)
    meeting = CommitteeMeeting.objects.get()
    secretary.refused("reviews.open_committee_sign_in", meeting, "尚未汇总完成", clause=THREE, gate="G14")
    secretary.refused("reviews.open_committee_sign_in", meeting, "至少须 11 人", clause=THREE, gate="G15")
    year.reviewer.do("reviews.complete_consolidation", whole)
    experts = []
    for number in range(1, SIZE + 1):
        entry = library_entry(year.judge(number))
        experts.append(actions.enrol_expert(bureau, actor=year.clerk.actor, **entry))
    secretary.do("reviews.seat_members", meeting, experts=experts[:1], post="chair")
    secretary.do("reviews.seat_members", meeting, experts=experts[1:], post="member")
    secretary.do("reviews.build_agenda", meeting)
    first, second = (year.desk("teller", "city", name) for name in ("计票甲", "计票乙"))
    secretary.do("reviews.name_committee_tellers", meeting, first=first.user, second=second.user)
    year.hr.do("reviews.name_reporter", meeting.slots.get(), reporter="李人事", brief="组织过程和结果。")
    return fresh(meeting)


def open_session(year: Any, meeting: CommitteeMeeting) -> CommitteeMeeting:
    """Seven of eleven are no quorum, nine are; nobody signs for somebody else and nobody comes late."""
    secretary = year.committee_secretary
    year.at("2026-12-15 08:30:00")
    secretary.do("reviews.open_committee_sign_in", meeting)
    year.judge(1).do("reviews.committee_sign_in", meeting, promised=True)
    seats = {member.name: member for member in meeting.members.select_related("user")}
    secretary.do("reviews.committee_sign_in_at_desk", meeting, members=[seats["评委2"]], in_person=True)
    for number in range(3, 8):
        actions.committee_sign_in(fresh(meeting), actor=year.judge(number).actor, promised=True)
    secretary.refused("reviews.start_committee", meeting, "应到 11 人，实到 7 人", clause="人社部令第40号")
    for number in range(8, PRESENT + 1):
        actions.committee_sign_in(fresh(meeting), actor=year.judge(number).actor, promised=True)
    secretary.refused(
        "reviews.start_committee", meeting, "还没有经两名工作人员核对", clause="人社部令第40号", gate="G15"
    )
    secretary.do("reviews.check_roll", meeting, in_person=True)  # all who wait for her are ticked
    year.desk("teller", "city", "计票甲").do("reviews.check_roll", meeting, in_person=True)
    secretary.do("reviews.start_committee", meeting)
    year.judge(10).refused("reviews.committee_sign_in", meeting, "签到已截止", gate="G15", promised=True)
    return fresh(meeting)


def hear_and_vote(year: Any, meeting: CommitteeMeeting) -> None:
    """G16 heard, G17 deliberated, G18 counted by two and signed: in this order and in no other."""
    secretary = year.committee_secretary
    slot, sheets = meeting.slots.get(), list(meeting.sheets.order_by("number"))
    secretary.refused("reviews.issue_sheet", sheets[0], "尚未向中评委汇报", clause=THREE, gate="G16")
    secretary.do("reviews.hear_slot", slot)
    secretary.refused("reviews.issue_sheet", sheets[0], "尚未审议", clause=THREE, gate="G17")
    secretary.do("reviews.deliberate_slot", slot, reporter_left=True, deliberation="程序规范，无不同意见。")
    for sheet in sheets:
        secretary.do("reviews.issue_sheet", sheet)
    tellers = [year.desk("teller", "city", name) for name in ("计票甲", "计票乙")]
    for sheet in sheets:
        yes = {name: 5 if name == cast.COMMITTEE_FAILS else 6 for name in names_on(sheet)}
        key_count(tellers[0], sheet, yes, PRESENT, "/committee/sheets")
        secretary.refused("reviews.sign_tally", sheet, "两名计票人须各自独立录入", clause=THREE, gate="G18")
        key_count(tellers[1], sheet, yes, PRESENT, "/committee/sheets")
    secretary.refused("reviews.close_committee", meeting, "签认", clause=THREE, gate="G18", minutes="会议纪要")
    for sheet in sheets:
        secretary.do("reviews.sign_tally", sheet)
    sentences = {line.application.person.name: line.sentence for sheet in sheets for line in sheet.lines.all()}
    assert sentences[cast.COMMITTEE_FAILS] == "应到11实到9，需≥6票，得5票，未通过"
    assert sentences[cast.BY_PAGES] == "应到11实到9，需≥6票，得6票，通过"
    secretary.do("reviews.close_committee", meeting, minutes="会议纪要")
    assert application_of(cast.COMMITTEE_FAILS).state == "committee_failed"
    assert application_of(cast.BY_PAGES).state == "committee_passed"


def walk(year: Any, result: ResultReport) -> CommitteeMeeting:
    meeting = convene(year, consolidate(year, result))
    hear_and_vote(year, open_session(year, meeting))
    return fresh(meeting)
