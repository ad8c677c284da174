"""Deadlines that are near or past: stages register finders, a beat task asks them and tells each person once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from jiaxing_titles.accounts.models import User


@dataclass(frozen=True)
class Due:
    """One reminder: `key` makes it once and only once (kind, object and due day belong in it)."""

    key: str
    users: tuple[User, ...]
    title: str
    text: str
    url: str = ""
    sms: bool = False


Finder = Callable[[dt.date], Iterable[Due]]
finders: dict[str, Finder] = {}


def reminder(name: str) -> Callable[[Finder], Finder]:
    """Register a finder `f(today) -> Iterable[Due]`; asked every few minutes, so it must be cheap."""

    def register(finder: Finder) -> Finder:
        finders[name] = finder
        return finder

    return register
