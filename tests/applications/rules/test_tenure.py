"""Days, anniversaries and «满N年» against the calendar of the standard library and plain sets of days."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.rules.eligibility import tenure
from applications.rules.eligibility.tenure import NEVER, Tenure

DATES = st.dates(date(1, 1, 1), date(9979, 12, 31))
SMALL = st.integers(1, 60)
PERIODS = st.lists(st.tuples(SMALL, st.integers(-3, 12)).map(lambda span: (span[0], span[0] + span[1])), max_size=6)
LONG_AGO = date(2015, 1, 1).toordinal()
YEARLONG = st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900)), max_size=4).map(
    lambda pairs: tenure.union([(LONG_AGO + first, LONG_AGO + first + length) for first, length in pairs])
)


def days_of(intervals):
    return {day for first, last in intervals for day in range(first, last + 1)}


def later(day, years):
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


@pytest.mark.parametrize("month", range(1, 13))
def test_ordinals_are_those_of_the_standard_library(month):
    for year in range(1, 10_000):
        assert tenure.ordinal(year, month, 1) == date(year, month, 1).toordinal()
    assert tenure.ordinal(2023, 2, 29) == date(2023, 3, 1).toordinal()


@given(DATES)
def test_a_day_is_told_in_its_parts(day):
    assert tenure.civil(day.toordinal()) == (day.year, day.month, day.day)


@pytest.mark.parametrize("year", [9999, 10_000, 10_001, 10_400, 10_404])
def test_days_after_the_year_9999_are_told_too(year):
    for month, day in ((1, 1), (2, 28), (3, 1), (12, 31)):
        assert tenure.civil(tenure.ordinal(year, month, day)) == (year, month, day)
    assert tenure.ordinal(20_000, 1, 1) < NEVER


@given(DATES, st.integers(0, 20))
def test_anniversaries(day, years):
    assert tenure.anniversary(day.toordinal(), years) == later(day, years).toordinal()


@pytest.mark.parametrize(
    ("begin", "months", "end"),
    [
        ("2023-01-31", 1, "2023-03-01"),
        ("2024-01-31", 1, "2024-03-01"),
        ("2024-01-29", 1, "2024-02-29"),
        ("2023-01-28", 1, "2023-02-28"),
        ("2023-03-31", 1, "2023-05-01"),
        ("2023-11-30", 3, "2024-03-01"),
        ("2023-12-31", 12, "2024-12-31"),
        ("2023-12-15", 1, "2024-01-15"),
        ("2020-02-29", 12, "2021-03-01"),
        ("2020-02-29", 48, "2024-02-29"),
    ],
)
def test_a_day_that_the_month_lacks_is_the_first_of_the_next(begin, months, end):
    assert tenure.plus_months(date.fromisoformat(begin).toordinal(), months) == date.fromisoformat(end).toordinal()


@given(DATES, st.integers(0, 4000))
def test_a_length_has_as_many_months_as_fit(day, days):
    begin = day.toordinal()
    end = begin + days
    months = 0
    while tenure.plus_months(begin, months + 1) <= end:
        months += 1
    assert tenure.between(begin, end) == Tenure(months // 12, months % 12, end - tenure.plus_months(begin, months))


@given(PERIODS)
def test_union_has_the_days_once_and_in_order(periods):
    found = tenure.union(periods)
    assert days_of(found) == days_of(periods)
    assert all(earlier[1] + 1 < after[0] for earlier, after in pairwise(found))
    assert all(first <= last for first, last in found)


@given(PERIODS, PERIODS)
def test_subtract(periods, holes):
    days, taken = tenure.union(periods), tenure.union(holes)
    found = tenure.subtract(days, taken)
    assert days_of(found) == days_of(days) - days_of(taken)
    assert tenure.union(found) == found


def test_several_holes_in_one_period_and_one_hole_over_several():
    assert tenure.subtract([(1, 60)], [(5, 6), (10, 12), (60, 70)]) == [(1, 4), (7, 9), (13, 59)]
    assert tenure.subtract([(1, 3), (5, 9), (20, 30)], [(2, 6), (9, 25), (40, 41)]) == [(1, 1), (7, 8), (26, 30)]
    assert tenure.subtract([(1, 3), (5, 9)], [(0, 10)]) == []
    assert tenure.subtract([(1, 1), (3, 3)], [(1, 1)]) == [(3, 3)]


@given(PERIODS, st.integers(0, 61))
def test_after_until_contains_and_first(periods, day):
    days = tenure.union(periods)
    every = days_of(days)
    assert days_of(tenure.after(days, day)) == {one for one in every if one > day}
    assert days_of(tenure.until(days, day)) == {one for one in every if one <= day}
    assert tenure.contains(days, day) == (day in every)
    assert tenure.first_from(days, day) == min((one for one in every if one >= day), default=NEVER)


@given(YEARLONG, st.integers(1, 3), st.integers(-2, 1200))
def test_years_are_full_on_the_day_that_completes_them(days, years, offset):
    """Counted out: one day after the other until they reach the anniversary of the first."""
    graduated = LONG_AGO + offset
    left = sorted(day for day in days_of(days) if day > graduated)
    reached = NEVER
    if left:
        goal = later(date.fromordinal(left[0]), years).toordinal()
        reached = next((day for number, day in enumerate(left, 1) if left[0] + number >= goal), NEVER)
    assert tenure.full_on(days, years, graduated) == reached
    assert tenure.full_on(tenure.after(days, graduated), years) == reached


def test_work_that_ended_on_the_day_of_graduation_starts_no_clock():
    """Three years from 1 March 2021 have a 29 February, those from 1 March 2020 have none."""
    graduated, began = date(2020, 2, 29).toordinal(), date(2021, 3, 1).toordinal()
    days = [(date(2019, 1, 1).toordinal(), graduated), (began, date(2030, 1, 1).toordinal())]
    assert tenure.full_on(days, 3, graduated) == date(2024, 2, 29).toordinal()


@given(YEARLONG, st.integers(1, 3))
def test_what_is_printed_agrees_with_what_decides(days, years):
    counted, missing = tenure.measured(days), tenure.missing(days, years)
    full = tenure.full_on(days, years) != NEVER
    assert (counted.years >= years) == full == (missing == Tenure(0, 0, 0))
    if days and not full:
        reached = days[0][0] + len(days_of(days))
        assert missing == tenure.between(reached, tenure.anniversary(days[0][0], years))


def test_nothing_is_no_time_and_lacks_all_of_it():
    assert tenure.measured([]) == Tenure(0, 0, 0)
    assert tenure.missing([], 4) == Tenure(4, 0, 0)
    assert str(Tenure(3, 11, 30)) == "3年11月30日"


def test_the_bounds_of_a_year():
    assert tenure.year_bounds(2024) == (date(2024, 1, 1).toordinal(), date(2024, 12, 31).toordinal())
    assert [tenure.is_leap(year) for year in (1900, 2000, 2023, 2024, 2100)] == [False, True, False, True, False]
    assert date.fromordinal(tenure.year_bounds(2023)[1]) + timedelta(days=1) == date(2024, 1, 1)
