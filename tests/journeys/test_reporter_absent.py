"""汇报人未到: put to the end, then to the next meeting; the people stay 已上报 and are voted on there."""

import datetime as dt

import pytest

from reviews import actions
from reviews.models import CommitteeMeeting
from tests.journeys.chapters.declaring import application_of
from tests.journeys.driver import fresh

pytestmark = pytest.mark.django_db


def test_put_to_the_end_and_heard_after_all(year, sitting):
    meeting = sitting("张三")
    slot, secretary = meeting.slots.get(), year.committee_secretary
    secretary.refused("reviews.hear_slot", slot, "还没有确定汇报人", clause="办法五（三）", gate="G16")
    secretary.do("reviews.defer_slot", slot)
    for desk in (year.hr, year.head):
        assert year.told(desk, "汇报人未到")
    year.hr.do("reviews.name_reporter", slot, reporter="王主任", brief="代为汇报。")
    secretary.do("reviews.hear_slot", slot)
    assert fresh(slot).state == "heard"


def test_absent_again_goes_to_the_next_meeting_with_its_people(year, sitting):
    meeting = sitting("张三")
    slot, secretary = meeting.slots.get(), year.committee_secretary
    secretary.do("reviews.defer_slot", slot)
    secretary.refused("reviews.close_committee", meeting, "尚未审议", clause="办法五（三）", gate="G17", minutes="纪要")
    secretary.do("reviews.carry_over_slot", slot, reason="汇报人再次未到。")
    assert year.told(year.hr, "转下次会议")
    secretary.do("reviews.close_committee", meeting, minutes="一家企业转下次会议。")
    assert application_of("张三").state == "reported"

    plan = {"planned_on": dt.date(2026, 12, 22), "planned_hour": "09:00", "place": "市局八楼会议室"}
    secretary.do("reviews.convene_committee", year.city["city"].bureau, cycle=year.city.cycle, **plan)
    later = CommitteeMeeting.objects.order_by("-pk")[0]
    secretary.do("reviews.build_agenda", later)
    assert [one.enterprise for one in later.slots.all()] == [slot.enterprise]
    assert [line.application for line in later.sheets.get().lines.all()] == [application_of("张三")]
    assert actions.hear_slot.reasons(later.slots.get(), secretary.actor)
