"""Deadlines that are near or past: stages register finders, a beat task asks them and tells each person once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from jiaxing_titles.accounts.models import User
from jiaxing_titles.ui.formats import cn_date


@dataclass(frozen=True)
class Due:
    """One reminder: `key` makes it once and only once (kind, object and due day belong in it)."""

    key: str
    users: tuple[User, ...]
    title: str
    text: str
    url: str = ""
    sms: bool = False


AROUND = (-3, -1, 0, 1, 3, 7)
"""The days on which a deadline is called to mind (ux §7.4): before it, on it, after it."""


def reached(today: dt.date, due: dt.date, days: Iterable[int] = AROUND) -> int | None:
    """The latest of `days`, counted from `due`, that has come; None before the first.

    In the key it makes one message of each, also when the clock was set past the very day.
    """
    return max((day for day in days if day <= (today - due).days), default=None)


def until(due: dt.date, today: dt.date) -> str:
    """How a deadline reads in a reminder."""
    return f"期限{cn_date(due)}24:00" if today <= due else f"期限{cn_date(due)}，已逾期{(today - due).days}天"


Finder = Callable[[dt.date], Iterable[Due]]
finders: dict[str, Finder] = {}


def reminder(name: str) -> Callable[[Finder], Finder]:
    """Register a finder `f(today) -> Iterable[Due]`; asked every few minutes, so it must be cheap."""

    def register(finder: Finder) -> Finder:
        finders[name] = finder
        return finder

    return register
