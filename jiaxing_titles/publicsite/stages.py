"""The year as the public sees it: six stages one after another, dated by the cycle's settings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, Protocol

State = Literal["done", "current", "todo"]


class Dates(Protocol):
    """What a `Cycle` has to say for the stages."""

    apply_from: date
    apply_until: date
    list_due_on: date
    plan_due_on: date
    report_reminder_on: date
    report_due_on: date
    committee_due_on: date


@dataclass(frozen=True)
class Stage:
    """`days_left` counts natural days to the end of the current stage, None where it has no end."""

    name: str
    when: str
    state: State
    clause: str
    days_left: int | None = None


def stages_of(dates: Dates, today: date) -> list[Stage]:
    """Each stage begins the day after the one before ends, so that at most one is current."""
    found = []
    for name, clause, when, first, last in _windows(dates):
        if last is not None and today > last:
            state: State = "done"
        else:
            state = "current" if today >= first else "todo"
        left = (last - today).days if last is not None and state == "current" else None
        found.append(Stage(name, when, state, clause, left))
    return found


def _windows(dates: Dates) -> Iterator[tuple[str, str, str, date, date | None]]:
    next_day = timedelta(days=1)
    yield (
        "企业申请",
        "办法四（一）",
        f"{_day(dates.apply_from)}—{_day(dates.apply_until)}",
        dates.apply_from,
        dates.apply_until,
    )
    yield "名单公布", "办法四（二）", f"{_day(dates.list_due_on)}前", dates.apply_until + next_day, dates.list_due_on
    yield "方案报送", "办法五（一）", f"{_day(dates.plan_due_on)}前", dates.list_due_on + next_day, dates.plan_due_on
    yield (
        "企业评审",
        "办法五（二）",
        f"{_day(dates.report_reminder_on)}前，最迟{_day(dates.report_due_on)}",
        dates.plan_due_on + next_day,
        dates.report_due_on,
    )
    yield (
        "中评委审议",
        "办法五（三）",
        f"{_day(dates.committee_due_on)}前",
        dates.report_due_on + next_day,
        dates.committee_due_on,
    )
    yield "市级公示、发文、制证", "办法五（四）", "审议通过后", dates.committee_due_on + next_day, None


def _day(value: date) -> str:
    return f"{value.month}月{value.day}日"
