"""Who is reminded of the season, the county's forwarding and the list, on which days, and once (D-1, D-2)."""

import datetime as dt

import pytest

from enterprises import actions
from enterprises.reminders import applications_to_forward, lists_to_publish, season_ahead
from jiaxing_titles.policy.models import Cycle
from tests.days import late_line, live_through, told


def test_every_registered_company_learns_once_that_the_season_is_near(company, actor, at):
    company("A")
    actor("ent_hr", "A"), actor("ent_lead", "A"), actor("county", "haining")
    live_through(at, "2026-12-14", "2026-12-15", "2026-12-16", "2027-01-01")
    assert told("试点申请即将开始") == [("企业经办A", "12-15"), ("企业负责人A", "12-15")]


@pytest.mark.parametrize(
    ("opens", "today", "count"),
    [
        (None, dt.date(2026, 12, 14), 0),
        (None, dt.date(2026, 12, 15), 1),
        (None, dt.date(2026, 12, 31), 1),
        (None, dt.date(2027, 1, 1), 0),
        (dt.date(2027, 1, 15), dt.date(2026, 12, 15), 0),
        (dt.date(2027, 1, 15), dt.date(2026, 12, 29), 1),
    ],
)
def test_the_season_follows_the_setting_of_the_year(company, actor, opens, today, count):
    company("A")
    actor("ent_hr", "A")
    if opens:
        cycle = Cycle.defaults_for(2027)
        cycle.apply_from = opens
        cycle.save()
    assert len(list(season_ahead(today))) == count


def test_a_county_is_reminded_around_its_day_and_the_city_hears_of_the_rest(applied, actor, city, at):
    applied("A", "accepted")
    actor("city_clerk", "city")
    live_through(at, "2026-04-11", "2026-04-12", "2026-04-13", "2026-04-14", "2026-04-15")
    assert told("请转报试点申请") == [("县(市、区)人社局haining", f"04-{day}") for day in (12, 14, 15)]
    county = actor("county", "haining")
    assert late_line(county, "待审查推荐的试点申请") == ("04-15", False)
    live_through(at, "2026-04-16")
    assert told("请转报试点申请")[3:] == [("县(市、区)人社局haining", "04-16"), ("市局经办city", "04-16")]
    assert late_line(county, "待审查推荐的试点申请") == ("04-15", True)
    city.cycle.county_forward_on = dt.date(2026, 5, 15)
    city.cycle.save()
    assert list(applications_to_forward(dt.date(2026, 4, 16))) == []


def test_what_a_county_has_sent_on_is_called_to_nobodys_mind(applied, actor):
    applied("A", "recommended")
    assert list(applications_to_forward(dt.date(2026, 4, 16))) == []


@pytest.fixture
def decided_list(applied, bureaus, actor, city):
    """The list with company A, decided on Monday, 2 February 2026: public by Monday the 9th."""
    applied("A", "reviewed")
    clerk = actor("city_clerk", "city")
    approved = actions.draft_list(bureaus["city"], actor=clerk, cycle=city.cycle)
    approved = actions.submit_list(approved, actor=clerk)
    approved = actions.review_list(approved, actor=actor("city_reviewer", "city"))
    minutes = {"meeting": "局长办公会", "attendees": "张某、王某", "conclusion": "同意"}
    return actions.decide_list(approved, actor=actor("city_lead", "city"), held_on=dt.date(2026, 2, 2), **minutes)


def test_a_decided_list_is_public_within_five_working_days(decided_list, actor, at):
    clerk = actor("city_clerk", "city")
    live_through(at, "2026-02-05", "2026-02-06", "2026-02-08", "2026-02-09")
    assert told("请公布名单") == [("市局经办city", f"02-{day}") for day in ("06", "08", "09")]
    assert late_line(clerk, "名单：起草中、待公布") == ("02-09", False)
    live_through(at, "2026-02-10")
    assert told("请公布名单")[3:] == [("市局经办city", "02-10"), ("市局领导city", "02-10")]
    assert late_line(clerk, "名单：起草中、待公布") == ("02-09", True)


def test_a_published_list_is_done(decided_list, actor):
    actions.publish_list(decided_list, actor=actor("city_clerk", "city"))
    assert list(lists_to_publish(dt.date(2026, 2, 10))) == []
