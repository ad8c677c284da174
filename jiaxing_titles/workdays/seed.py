"""The years that are known when the product is shipped, taken from the package chinesecalendar."""

from __future__ import annotations

import datetime as dt

import chinese_calendar

FIRST, LAST = 2019, 2026

# 文号 of the notices; 2019 and 2020 were changed by a second one, which the days already include.
NUMBERS = {
    2019: "国办发明电〔2018〕15号、〔2019〕3号",
    2020: "国办发明电〔2019〕16号、〔2020〕1号",
    2021: "国办发明电〔2020〕27号",
    2022: "国办发明电〔2021〕11号",
    2023: "国办发明电〔2022〕16号",
    2024: "国办发明电〔2023〕7号",
    2025: "国办发明电〔2024〕12号",
    2026: "国办发明电〔2025〕7号",
}


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
