"""What can be said of a year before its notice: the statutory days, each weekend one made up, no 调休.

Only for dates that are shown as 暂定; a 公示 never rests on this (decision 19). 《全国年节及纪念日放假办法》(2024):
元旦1天, 春节4天 from 除夕, 清明1天, 劳动节2天, 端午1天, 中秋1天, 国庆3天.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

# 正月初一, 清明, 端午, 中秋: days of the moon and the sun, known long before any notice.
_FESTIVALS: Mapping[int, tuple[tuple[int, int], tuple[int, int], tuple[int, int], tuple[int, int]]] = {
    2027: ((2, 6), (4, 5), (6, 9), (9, 15)),
    2028: ((1, 26), (4, 4), (5, 28), (10, 3)),
    2029: ((2, 13), (4, 4), (6, 16), (9, 22)),
    2030: ((2, 3), (4, 5), (6, 5), (9, 12)),
}
_FIXED = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
_ONE_DAY = dt.timedelta(days=1)


def statutory(year: int) -> set[dt.date]:
    """The statutory holidays; after the last year of the table only those with a fixed date."""
    found = {dt.date(year, month, day) for month, day in _FIXED}
    if year in _FESTIVALS:
        new_year, *others = _FESTIVALS[year]
        first = dt.date(year, *new_year)
        found |= {first + n * _ONE_DAY for n in (-1, 0, 1, 2)}
        found |= {dt.date(year, month, day) for month, day in others}
    return found


def holidays(year: int) -> dict[dt.date, bool]:
    """{day: False} for the days off on weekdays, as `Calendar.days` wants them."""
    off = statutory(year)
    for day in sorted(off):
        if day.weekday() >= 5:
            instead = day
            while instead in off or instead.weekday() >= 5:
                instead += _ONE_DAY
            off.add(instead)
    return {day: False for day in off if day.weekday() < 5}
