"""The city's calendar, read from the table of official notices (decision 19)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from jiaxing_titles.workdays import arithmetic
from jiaxing_titles.workdays.arithmetic import Calendar, Counted, MissingYear, Range
from jiaxing_titles.workdays.estimate import holidays
from jiaxing_titles.workdays.models import CalendarDay, CalendarYear

__all__ = ["Counted", "Deadline", "MissingYear", "confirmed", "count_publicity", "deadline", "working_days_between"]


Answer = TypeVar("Answer")


def confirmed(*years: int) -> Calendar:
    """The confirmed calendar of these years, in two queries."""
    present = CalendarYear.objects.filter(year__in=years).values_list("year", flat=True)
    days = CalendarDay.objects.filter(year__in=years).values_list("day", "is_workday")
    return Calendar(frozenset(present), dict(days))


def _asked(first: int, last: int, question: Callable[[Calendar], Answer]) -> Answer:
    """The answer by the years from first to last and as many later ones as it turns out to need."""
    while True:
        try:
            return question(confirmed(*range(first, last + 1)))
        except MissingYear as missing:
            if first <= missing.year <= last:
                raise
            last = missing.year


def count_publicity(
    opened: dt.date, days: int, *, count_first_day: bool = False, frozen: Sequence[Range] = ()
) -> Counted:
    """The counted days of a 公示; raises MissingYear rather than guess (办法五（二）、五（四）)."""
    return _asked(
        opened.year,
        opened.year + 1,
        lambda calendar: arithmetic.count(opened, days, calendar, count_first_day=count_first_day, frozen=frozen),
    )


@dataclass(frozen=True)
class Deadline:
    """A day that is due; `provisional` (暂定) when it rests on a year without its notice (decision 40)."""

    on: dt.date
    provisional: bool = False


def deadline(start: dt.date, days: int) -> Deadline:
    """The last of `days` working days after `start`. Never refused: a year without its notice is estimated, marked."""
    try:
        return Deadline(count_publicity(start, days).ends_on)
    except MissingYear:
        years = range(start.year, start.year + days // 200 + 2)  # no year has fewer than 200 working days
        known = confirmed(*years)
        guessed = {day: off for year in years if year not in known.years for day, off in holidays(year).items()}
        estimated = Calendar(frozenset(years), {**guessed, **known.days})
        return Deadline(arithmetic.count(start, days, estimated).ends_on, provisional=True)


def working_days_between(first: dt.date, last: dt.date) -> int:
    """Working days after `first` up to and with `last`; raises MissingYear."""
    return arithmetic.between(first, last, confirmed(*range(first.year, last.year + 1)))
