"""The city's calendar, read from the table of official notices (decision 19)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from jiaxing_titles.workdays import arithmetic
from jiaxing_titles.workdays.arithmetic import Calendar, Counted, MissingYear, Range
from jiaxing_titles.workdays.models import CalendarDay, CalendarYear

__all__ = ["Counted", "Deadline", "MissingYear", "confirmed", "count_publicity", "deadline", "working_days_between"]


def confirmed(*years: int) -> Calendar:
    """The confirmed calendar of these years, in two queries."""
    present = CalendarYear.objects.filter(year__in=years).values_list("year", flat=True)
    days = CalendarDay.objects.filter(year__in=years).values_list("day", "is_workday")
    return Calendar(frozenset(present), dict(days))


def count_publicity(
    opened: dt.date, days: int, *, count_first_day: bool = False, frozen: Sequence[Range] = ()
) -> Counted:
    """The counted days of a 公示; raises MissingYear rather than guess (办法五（二）、五（四）)."""
    years = range(opened.year, max([opened, *(last for _, last in frozen)]).year + 2)
    return arithmetic.count(opened, days, confirmed(*years), count_first_day=count_first_day, frozen=frozen)


@dataclass(frozen=True)
class Deadline:
    """A day that is due; `provisional` (暂定) when it rests on a year without its notice (decision 40)."""

    on: dt.date
    provisional: bool = False


def deadline(start: dt.date, days: int) -> Deadline:
    """The last of `days` working days after `start`. Never refused: an unconfirmed year is estimated and marked."""
    calendar = confirmed(start.year, start.year + 1)
    try:
        return Deadline(arithmetic.count(start, days, calendar).ends_on)
    except MissingYear:
        estimated = Calendar(frozenset({start.year, start.year + 1}), calendar.days)
        return Deadline(arithmetic.count(start, days, estimated).ends_on, provisional=True)


def working_days_between(first: dt.date, last: dt.date) -> int:
    """Working days after `first` up to and with `last`; raises MissingYear."""
    return arithmetic.between(first, last, confirmed(*range(first.year, last.year + 1)))
