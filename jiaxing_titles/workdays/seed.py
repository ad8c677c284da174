"""The years that are known when the product is shipped, taken from the package chinesecalendar."""

from __future__ import annotations

import datetime as dt

import chinese_calendar

FIRST, LAST = 2019, 2026


def exceptions(year: int) -> list[tuple[dt.date, bool, str]]:
    """(day, is a working day, name of the holiday) for every day of the year that differs from its weekday."""
    found = []
    day = dt.date(year, 1, 1)
    while day.year == year:
        working = chinese_calendar.is_workday(day)
        if working != (day.weekday() < 5):
            found.append((day, working, _name(day)))
        day += dt.timedelta(days=1)
    return found


def _name(day: dt.date) -> str:
    _, name = chinese_calendar.get_holiday_detail(day)
    holiday = next((one for one in chinese_calendar.Holiday if one.value == name), None)
    return holiday.chinese if holiday is not None else ""
