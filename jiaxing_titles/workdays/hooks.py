"""Who counted by the calendar and counts again when a notice arrives: they register here."""

from __future__ import annotations

from collections.abc import Callable

from jiaxing_titles.accounts.actor import Actor

Recount = Callable[[int, Actor], list[str]]
_registered: list[Recount] = []


def on_notice(function: Recount) -> Recount:
    """Register `f(year, actor) -> a sentence for each change`, called when the days of that year have changed."""
    _registered.append(function)
    return function


def recount_all(year: int, actor: Actor) -> list[str]:
    """Everything that is open and may touch the year, counted again; what changed, in words."""
    return [sentence for one in _registered for sentence in one(year, actor)]
