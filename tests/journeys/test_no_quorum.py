"""人数不足: five of nine are no quorum; the meeting is called off by its own step and held on another day."""

import pytest

from tests.journeys.driver import fresh
from tests.journeys.test_suspension import PLAN

pytestmark = pytest.mark.django_db


def test_called_off_only_when_really_too_few_and_held_again(year, noticed, ready_meeting):
    meeting = ready_meeting(noticed("张三"))
    year.hr.do("reviews.open_sign_in", meeting)
    for number in range(1, 6):
        year.expert(number).do("reviews.sign_in", meeting, promised=True)
    year.expert(1).refused("reviews.start_session", meeting, "应到 9 人，实到 5 人，至少须到 6 人", gate="G11")
    year.hr.do("reviews.declare_no_quorum", meeting)
    assert year.told(year.clerk, "人数不足")
    year.hr.do("reviews.replan_meeting", meeting, **PLAN)
    year.at("2026-11-03 08:30:00")
    year.hr.do("reviews.open_sign_in", meeting)
    assert fresh(meeting).attendances.count() == 0
    for number in range(1, 7):
        year.expert(number).do("reviews.sign_in", meeting, promised=True)
    year.hr.refused("reviews.declare_no_quorum", meeting, "不能按人数不足处理", gate="G11")
    year.expert(1).do("reviews.start_session", meeting)
    assert fresh(meeting).state == "in_session"
