"""Dates and years that cannot be true of anybody: still to come, before the person was born, before living memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from applications.rules.partial_dates import EARLIEST_YEAR, first_day, last_day

# What lies in the past when somebody declares it; the end of an appointment may lie ahead.
PAST = (
    "born_on",
    "first_worked_on",
    "present_title_on",
    "started_on",
    "awarded_on",
    "began_on",
    "ended_on",
    "appointed_from",
)


def impossible(values: Mapping[str, object], *, today: dt.date, born_on: dt.date | None) -> dict[str, str]:
    """Field → what is wrong, to be put behind its name; `values` holds days, stored partial dates and years."""
    found = {}
    for name in PAST:
        value = values.get(name)
        stored = value.isoformat() if isinstance(value, dt.date) else str(value or "")
        if not stored:
            continue
        if first_day(stored) > today:
            found[name] = "晚于今天，核对后重填。"
        elif int(stored[:4]) < EARLIEST_YEAR:
            found[name] = f"早于{EARLIEST_YEAR}年，核对后重填。"
        elif born_on is not None and last_day(stored) < born_on:
            found[name] = "早于出生日期，核对这两个日期。"
    year = values.get("year")
    if isinstance(year, int) and year > today.year:
        found["year"] = "晚于今年，核对后重填。"
    return found
