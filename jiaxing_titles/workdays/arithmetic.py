"""Counting working days: plain Python over a calendar that is given, never guessed.

`Calendar` is what the table of official notices says. A count that would need a day of a year without its notice
raises MissingYear; nothing here falls back to weekdays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

ONE_DAY = dt.timedelta(days=1)
Range = tuple[dt.date, dt.date]


class MissingYear(Exception):
    """The State Council's notice for `year` is not in the table; the sentence says what to load."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(
            f"{year}年的放假调休通知还没有导入工作日历，无法计算工作日；请先导入国务院办公厅关于{year}年部分节假日安排的通知。"
        )


@dataclass(frozen=True)
class Calendar:
    """`years` holds the confirmed years; `days` the exceptions in them: a holiday False, a make-up day True."""

    years: frozenset[int]
    days: Mapping[dt.date, bool] = field(default_factory=dict)

    def is_workday(self, day: dt.date) -> bool:
        """Raises MissingYear outside the confirmed years."""
        if day.year not in self.years:
            raise MissingYear(day.year)
        return self.days.get(day, day.weekday() < 5)


@dataclass(frozen=True)
class Counted:
    """The days that count, in order; the period ends at 24:00 of the last."""

    days: tuple[dt.date, ...]

    @property
    def ends_on(self) -> dt.date:
        return self.days[-1]


def count(
    opened: dt.date, days: int, calendar: Calendar, *, count_first_day: bool = False, frozen: Sequence[Range] = ()
) -> Counted:
    """The first `days` working days from the opening (办法五（二）: 不少于5个工作日).

    The day of opening counts only with `count_first_day`. Days inside a `frozen` range (a suspension, both ends
    inclusive) do not count, those before it stay counted. Raises ValueError for days < 1, MissingYear.
    """
    if days < 1:
        raise ValueError("the number of working days must be at least 1")
    day = opened if count_first_day else opened + ONE_DAY
    found: list[dt.date] = []
    while len(found) < days:
        if calendar.is_workday(day) and not _inside(day, frozen):
            found.append(day)
        day += ONE_DAY
    return Counted(tuple(found))


def left(counted: Iterable[dt.date], today: dt.date) -> int:
    """How many of the counted days are still to come or running, today included."""
    return sum(day >= today for day in counted)


def between(first: dt.date, last: dt.date, calendar: Calendar) -> int:
    """Working days after `first` up to and with `last`; 0 when last is not later."""
    days = (last - first).days
    return sum(calendar.is_workday(first + n * ONE_DAY) for n in range(1, days + 1))


def _inside(day: dt.date, ranges: Sequence[Range]) -> bool:
    return any(first <= day <= last for first, last in ranges)
