"""The year in stages: one after another, none missing, at most one current."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from jiaxing_titles.publicsite.stages import stages_of


@dataclass
class Dates:
    apply_from: date = date(2026, 1, 1)
    apply_until: date = date(2026, 3, 31)
    list_due_on: date = date(2026, 4, 30)
    plan_due_on: date = date(2026, 6, 30)
    report_reminder_on: date = date(2026, 11, 10)
    report_due_on: date = date(2026, 11, 20)
    committee_due_on: date = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("today", "current", "left"),
    [
        (date(2025, 12, 31), None, None),
        (date(2026, 1, 1), "企业申请", 89),
        (date(2026, 3, 31), "企业申请", 0),
        (date(2026, 4, 1), "名单公布", 29),
        (date(2026, 6, 30), "方案报送", 0),
        (date(2026, 11, 12), "企业评审", 8),
        (date(2026, 11, 21), "中评委审议", 40),
        (date(2027, 1, 1), "市级公示、发文、制证", None),
    ],
)
def test_the_current_stage_and_what_is_left_of_it(today, current, left):
    found = [(one.name, one.days_left) for one in stages_of(Dates(), today) if one.state == "current"]
    assert found == ([(current, left)] if current else [])


def test_every_day_of_the_year_has_exactly_one_current_stage():
    day = date(2026, 1, 1)
    while day.year == 2026:
        states = [one.state for one in stages_of(Dates(), day)]
        assert states.count("current") == 1
        assert states == sorted(states, key=("done", "current", "todo").index)
        day += timedelta(days=1)


def test_the_dates_come_from_the_settings():
    moved = stages_of(Dates(apply_until=date(2026, 4, 15)), date(2026, 4, 10))
    assert moved[0].when == "1月1日—4月15日" and moved[0].days_left == 5
