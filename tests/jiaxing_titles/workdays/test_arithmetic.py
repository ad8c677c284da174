"""Working days: the contract's table, every day against two packages, suspensions."""

import datetime as dt

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiaxing_titles.workdays import arithmetic, estimate, seed
from jiaxing_titles.workdays.arithmetic import Calendar, MissingYear

YEARS = range(seed.FIRST, seed.LAST + 1)
TABLE = Calendar(frozenset(YEARS), {day: working for year in YEARS for day, working, _ in seed.exceptions(year)})
DAYS = st.dates(dt.date(2019, 1, 1), dt.date(2026, 11, 1))


def end(opened, days=5, **how):
    return arithmetic.count(dt.date.fromisoformat(opened), days, TABLE, **how).ends_on.isoformat()


@pytest.mark.parametrize(
    ("opened", "counting_first", "default"),
    [
        ("2019-12-27", "2020-01-03", "2020-01-06"),
        ("2024-12-26", "2025-01-02", "2025-01-03"),
        ("2025-09-26", "2025-10-09", "2025-10-10"),
        ("2025-12-26", "2026-01-04", "2026-01-05"),
        ("2025-12-29", "2026-01-05", "2026-01-06"),
        ("2026-02-11", "2026-02-24", "2026-02-25"),
        ("2026-04-29", "2026-05-08", "2026-05-09"),
        ("2026-09-18", "2026-09-23", "2026-09-24"),
        ("2026-09-28", "2026-10-09", "2026-10-10"),
    ],
)
def test_the_table_of_the_contract(opened, counting_first, default):
    assert end(opened) == default
    assert end(opened, count_first_day=True) == counting_first


@pytest.mark.parametrize(("opened", "ends"), [("2026-02-13", "2026-02-27"), ("2026-09-29", "2026-10-12")])
def test_further_ends(opened, ends):
    assert end(opened) == ends


@pytest.mark.parametrize("first", [True, False])
def test_a_year_without_notice_is_refused(first):
    told = (
        "2027年的放假调休通知还没有导入工作日历，无法计算工作日；请先导入国务院办公厅关于2027年部分节假日安排的通知。"
    )
    with pytest.raises(MissingYear, match=f"^{told}$") as caught:
        end("2026-12-28", count_first_day=first)
    assert caught.value.year == 2027


def test_a_period_that_ends_in_the_last_days_needs_no_further_year():
    assert end("2026-12-24") == "2026-12-31"


@pytest.mark.parametrize("year", YEARS)
def test_every_day_agrees_with_two_packages(year):
    other = holidays.country_holidays("CN", years=year)
    day = dt.date(year, 1, 1)
    while day.year == year:
        assert TABLE.is_workday(day) == chinese_calendar.is_workday(day) == other.is_working_day(day), day
        day += dt.timedelta(days=1)


def test_known_make_up_days():
    made_up = [day.isoformat() for year in (2025, 2026) for day, working, _ in seed.exceptions(year) if working]
    assert made_up == [
        "2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11",
        "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10",
    ]  # fmt: skip


def test_every_seeded_year_names_its_notice():
    assert set(seed.NUMBERS) == set(YEARS)
    assert all(number.startswith(f"国办发明电〔{year - 1}〕") for year, number in seed.NUMBERS.items())


@given(DAYS, st.integers(1, 20), st.booleans())
def test_counted_days_are_the_working_days_in_order(opened, days, first):
    counted = arithmetic.count(opened, days, TABLE, count_first_day=first).days
    assert len(counted) == days
    assert all(chinese_calendar.is_workday(day) for day in counted)
    span = [opened + dt.timedelta(days=n) for n in range(0 if first else 1, (counted[-1] - opened).days + 1)]
    assert sum(map(chinese_calendar.is_workday, span)) == days


@pytest.mark.parametrize(
    ("today", "days"),
    [("2026-09-28", 5), ("2026-09-29", 5), ("2026-09-30", 4), ("2026-10-03", 3), ("2026-10-10", 1), ("2026-10-11", 0)],
)
def test_days_left_have_today_among_them(today, days):
    counted = arithmetic.count(dt.date(2026, 9, 28), 5, TABLE).days
    assert arithmetic.left(counted, dt.date.fromisoformat(today)) == days


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2026-09-28", "2026-10-10", 5),
        ("2026-09-28", "2026-09-29", 1),
        ("2026-09-28", "2026-09-28", 0),
        ("2026-09-29", "2026-09-28", 0),
        ("2026-09-30", "2026-10-07", 0),
    ],
)
def test_working_days_between(first, last, days):
    assert arithmetic.between(dt.date.fromisoformat(first), dt.date.fromisoformat(last), TABLE) == days


@pytest.mark.parametrize("days", [0, -1])
def test_a_period_has_at_least_one_day(days):
    with pytest.raises(ValueError, match="at least 1"):
        end("2026-09-28", days)


@given(DAYS, st.integers(1, 10), st.integers(-5, 15), st.integers(0, 20))
def test_a_suspension_keeps_what_was_counted_and_moves_the_rest(opened, days, offset, length):
    first = opened + dt.timedelta(days=offset)
    last = first + dt.timedelta(days=length)
    usual = arithmetic.count(opened, days, TABLE).days
    found = arithmetic.count(opened, days, TABLE, frozen=[(first, last)]).days
    assert [day for day in usual if day < first] == [day for day in found if day < first]
    assert not any(first <= day <= last for day in found)
    assert len(found) == days
    assert found[-1] >= usual[-1]


def test_a_suspension_that_did_not_touch_the_period_changes_nothing():
    assert end("2026-09-28", frozen=[(dt.date(2026, 8, 1), dt.date(2026, 9, 28))]) == "2026-10-10"
    assert end("2026-09-28", frozen=[(dt.date(2026, 10, 9), dt.date(2026, 10, 9))]) == "2026-10-12"


@pytest.mark.parametrize("year", [2027, 2028, 2029, 2030])
def test_the_estimate_has_the_statutory_days_of_a_year_without_notice(year):
    other = {day for day in holidays.country_holidays("CN", years=year) if day.weekday() < 5}
    assert estimate.holidays(year) == dict.fromkeys(other, False)
    assert estimate.statutory(year) == set(holidays.country_holidays("CN", years=year, observed=False))


def test_a_far_year_is_estimated_by_its_fixed_days():
    fixed = {dt.date(2041, month, day) for month, day in ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))}
    assert estimate.statutory(2041) == fixed
    assert dt.date(2041, 1, 1) in estimate.holidays(2041)
