"""Days as ordinals, periods as sorted disjoint intervals, and «满N年».

A day is `date.toordinal()`; sums may run past the last day that `date` knows, so anniversaries are computed
on numbers. An interval is inclusive at both ends.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

Interval = tuple[int, int]
Days = list[Interval]

LAST_DAY = date.max.toordinal()
NEVER = 1 << 40  # a day that does not come: later than every other
_CYCLE_DAYS = 146_097  # days in the Gregorian cycle of 400 years
_BEFORE_MONTH = (0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_MONTH_DAYS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_leap(year: int) -> bool:
    """Whether February of the year has 29 days."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def ordinal(year: int, month: int, day: int) -> int:
    """`date(year, month, day).toordinal()` for any year; 29 February of a common year is 1 March."""
    before = year - 1
    leap_day = 1 if month > 2 and is_leap(year) else 0
    return before * 365 + before // 4 - before // 100 + before // 400 + _BEFORE_MONTH[month] + leap_day + day


def civil(day: int) -> tuple[int, int, int]:
    """Year, month and day of an ordinal, also one just after the year 9999."""
    years = 0
    while day > LAST_DAY:
        day -= _CYCLE_DAYS
        years += 400
    found = date.fromordinal(day)
    return found.year + years, found.month, found.day


@lru_cache(maxsize=65_536)
def anniversary(day: int, years: int) -> int:
    """The same day `years` later; 29 February becomes 1 March where there is none."""
    year, month, day_of_month = civil(day)
    return ordinal(year + years, month, day_of_month)


@lru_cache(maxsize=1_024)
def year_bounds(year: int) -> Interval:
    """1 January and 31 December of the year."""
    return ordinal(year, 1, 1), ordinal(year, 12, 31)


def plus_months(day: int, months: int) -> int:
    """The same day of the month `months` later; a day that the month lacks is the first of the next one."""
    year, month, day_of_month = civil(day)
    index = year * 12 + month - 1 + months
    year, month = index // 12, index % 12 + 1
    length = _MONTH_DAYS[month] + (1 if month == 2 and is_leap(year) else 0)
    if day_of_month > length:
        return ordinal(year, month, length) + 1
    return ordinal(year, month, day_of_month)


def union(intervals: list[Interval]) -> Days:
    """Sorted disjoint intervals with the same days; an interval that ends before it begins has none."""
    if len(intervals) < 2:
        return intervals if intervals and intervals[0][0] <= intervals[0][1] else []
    merged: Days = []
    begin, end = 0, -1  # the interval that still grows
    for first, last in sorted(intervals):
        if last < first:
            continue
        if first > end + 1:
            if begin <= end:
                merged.append((begin, end))
            begin, end = first, last
        elif last > end:
            end = last
    if begin <= end:
        merged.append((begin, end))
    return merged


def subtract(days: Days, holes: Days) -> Days:
    """The days that lie in none of the holes; both sorted and disjoint."""
    left: Days = []
    passed = 0  # holes that end before all days to come
    for first, last in days:
        while passed < len(holes) and holes[passed][1] < first:
            passed += 1
        for hole_first, hole_last in holes[passed:]:
            if hole_first > last:
                break
            if hole_first > first:
                left.append((first, hole_first - 1))
            first = hole_last + 1
            if first > last:
                break
        if first <= last:
            left.append((first, last))
    return left


def after(days: Days, day: int) -> Days:
    """The days strictly later than `day`."""
    if not days or days[0][0] > day:
        return days
    return [(first if first > day else day + 1, last) for first, last in days if last > day]


def until(days: Days, day: int) -> Days:
    """The days up to and including `day`."""
    if not days or days[-1][1] <= day:
        return days
    return [(first, last if last < day else day) for first, last in days if first <= day]


def contains(days: Days, day: int) -> bool:
    """Whether `day` is one of the days."""
    return any(first <= day <= last for first, last in days)


def first_from(days: Days, day: int) -> int:
    """The earliest of the days that is not before `day`, or NEVER."""
    for first, last in days:
        if last >= day:
            return first if first > day else day
    return NEVER


def full_on(days: Days, years: int, later_than: int = 0) -> int:
    """The day on which «满N年» is reached: the one that completes the days from the first to its anniversary.

    Only days strictly later than `later_than` count. NEVER when they do not suffice. The condition holds on a counting
    day exactly when this day is not later.
    """
    missing = 0
    for first, last in days:
        if last <= later_than:
            continue
        if first <= later_than:
            first = later_than + 1
        if not missing:
            missing = anniversary(first, years) - first
        length = last - first + 1
        if length >= missing:
            return first + missing - 1
        missing -= length
    return NEVER


@dataclass(frozen=True, slots=True)
class Tenure:
    """A length as the rules print it: whole months first, never 30 days carried into a month."""

    years: int
    months: int
    days: int

    def __str__(self) -> str:
        return f"{self.years}年{self.months}月{self.days}日"


NO_TENURE = Tenure(0, 0, 0)


def between(start: int, end: int) -> Tenure:
    """The time from `start` to `end` (exclusive): the largest number of months that fits, the rest in days."""
    year, month, day = civil(start)
    end_year, end_month, end_day = civil(end)
    months = (end_year - year) * 12 + end_month - month - (end_day < day)
    whole = plus_months(start, months)
    return Tenure(months // 12, months % 12, end - whole)


def day_count(days: Days) -> int:
    """How many days they are."""
    return sum(last - first + 1 for first, last in days)


def measured(days: Days) -> Tenure:
    """All the days laid end to end from the first of them."""
    return between(days[0][0], days[0][0] + day_count(days)) if days else NO_TENURE


def missing(days: Days, years: int) -> Tenure:
    """What is lacking until «满N年», 0年0月0日 when nothing is."""
    if not days:
        return Tenure(years, 0, 0)
    reached = days[0][0] + day_count(days)
    goal = anniversary(days[0][0], years)
    return between(reached, goal) if reached < goal else NO_TENURE
