"""An applicant leaves the company between notice and meeting: he is held by the date itself and ends by name."""

import datetime as dt

import pytest

from applications.models import StaffMember
from reviews import actions
from reviews.models import ResultReport
from tests.journeys.chapters.declaring import application_of
from tests.journeys.driver import fresh
from tests.scenes.reviewing import count, present_all, score_all

pytestmark = pytest.mark.django_db


def test_he_is_not_reviewed_and_the_report_reconciles(year, noticed, ready_meeting, expert):
    one = noticed("张三", "李四")
    meeting = ready_meeting(one)
    gone = StaffMember.objects.get(person__name="张三")
    year.hr.do("applications.record_departure", gone, left_on=dt.date(2026, 10, 27), reason="辞职")
    assert year.told(year.applicant("张三"), "离职")
    year.hr.do("reviews.open_sign_in", meeting)
    for number in range(1, 10):
        actions.sign_in(fresh(meeting), actor=expert(number), promised=True)
    year.expert(1).do("reviews.start_session", meeting)
    item = fresh(meeting).items.get(application__person__name="张三")
    assert (item.state, application_of("张三").state) == ("postponed", "noticed")
    assert "在职人员名册" in item.postponed_reason
    year.secretary.refused(
        "reviews.present_item", item, "缓评", report_mode="in_person", self_report="。", check_note="。"
    )

    present_all(meeting, year.secretary.actor)
    score_all(meeting, expert)
    year.expert(1).do("reviews.close_scoring", meeting)
    sheet = meeting.sheets.get()
    assert [line.application.person.name for line in sheet.lines.all()] == ["李四"]
    year.secretary.do("reviews.issue_sheet", sheet)
    count(fresh(sheet), (year.hr.actor, year.secretary.actor), 9)
    year.expert(1).do("reviews.sign_tally", sheet)
    year.expert(1).do("reviews.announce_count", meeting)
    year.expert(1).do("reviews.conclude_meeting", meeting, minutes="按程序完成。")

    ground = {"ground": "left", "clause": "办法六3", "reason": "2026年10月27日离职。"}
    year.hr.do("applications.disqualify", application_of("张三"), **ground)
    year.hr.do("reviews.open_report", one)
    report = ResultReport.objects.get()
    year.hr.do("reviews.write_summary", report, work_summary="按程序召开。")
    year.hr.do("reviews.present_report", report)
    year.head.do("reviews.confirm_report", report)
    assert (application_of("张三").state, application_of("李四").state) == ("disqualified", "reported")
