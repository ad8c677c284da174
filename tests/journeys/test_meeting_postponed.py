"""延期: the meeting gets another day under the same filing; the city knows, nobody signs in meanwhile."""

import datetime as dt

import pytest

from tests.journeys.driver import fresh
from tests.journeys.test_suspension import PLAN

pytestmark = pytest.mark.django_db


def test_another_day_under_the_same_filing(year, noticed, ready_meeting):
    meeting = ready_meeting(noticed("张三"))
    receipt = meeting.filing.receipt_number
    year.head.stranger("reviews.postpone_meeting", meeting)
    year.hr.do("reviews.postpone_meeting", meeting, reason="主任委员生病。")
    for desk in (year.clerk, year.county):
        assert year.told(desk, "延期：主任委员生病")
    year.hr.refused("reviews.open_sign_in", meeting, "延期")
    year.expert(1).refused("reviews.sign_in", meeting, "延期", promised=True)
    page = year.hr.do("reviews.replan_meeting", meeting, **PLAN)
    assert "11月3日" in page.text
    meeting = fresh(meeting)
    assert meeting.planned_at.date() == dt.date(2026, 11, 3)
    assert meeting.filing.receipt_number == receipt
    year.hr.refused("reviews.open_sign_in", meeting, "还没有到会议日期", clause="办法五（二）", gate="G10")
    year.at("2026-11-03 08:30:00")
    year.hr.do("reviews.open_sign_in", meeting)
    for number in range(1, 7):
        year.expert(number).do("reviews.sign_in", meeting, promised=True)
    year.expert(1).do("reviews.start_session", meeting)
    assert fresh(meeting).state == "in_session"
