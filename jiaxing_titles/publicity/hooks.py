"""What the stages do when a 公示 moves: they register here, so that the kernel knows none of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from jiaxing_titles.accounts.actor import Actor

Passed = Callable[[Any, Sequence[Any], Actor], None]
Upheld = Callable[[Any, Sequence[Any], Actor], None]
Frozen = Callable[[Any], list[tuple[dt.date, dt.date | None]]]

passed: dict[str, Passed] = {}
upheld: dict[str, Upheld] = {}
frozen: dict[str, Frozen] = {}


def on_passed(kind: str) -> Callable[[Passed], Passed]:
    """Register `f(period, entries, actor)`: these people's own days are over and nothing stands against them."""
    return _into(passed, kind)


def on_upheld(kind: str) -> Callable[[Upheld], Upheld]:
    """Register `f(objection, entries, actor)`: an objection against these people was upheld."""
    return _into(upheld, kind)


def frozen_days(kind: str) -> Callable[[Frozen], Frozen]:
    """Register `f(period) -> [(first day, last day or None while it lasts)]`: days that do not count (decision 36)."""
    return _into(frozen, kind)


def _into(table: dict[str, Any], kind: str) -> Callable[[Any], Any]:
    def register(function: Any) -> Any:
        if kind in table:
            raise ValueError(f"a hook for {kind} is registered already")
        table[kind] = function
        return function

    return register
