"""待办: each stage says in its `inbox.py` what waits for whom; an empty list means nothing to do, truly."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import steps
from jiaxing_titles.workdays.calendar import Deadline

Find = Callable[[Actor], QuerySet[Any]]
DueOf = Callable[[Any], Deadline | None]


@dataclass(frozen=True)
class Todo:
    roles: frozenset[Role]
    label: str
    find: Find
    url_name: str = ""
    due: DueOf | None = None
    step: str = ""


registered: list[Todo] = []


def todo(
    *roles: Role, label: str, url_name: str = "", due: DueOf | None = None, step: str = ""
) -> Callable[[Find], Find]:
    """Register `f(actor) -> QuerySet of cases`, oldest first, as waiting for these roles.

    `due` says by which day; with `step` a line leads straight to that step instead of the page of its case.
    """

    def register(find: Find) -> Find:
        registered.append(Todo(frozenset(roles), label, find, url_name, due, step))
        return find

    return register


@dataclass(frozen=True)
class Line:
    """One case that waits; `late` once its last day is over."""

    case: Any
    url: str
    due: Deadline | None
    late: bool


@dataclass(frozen=True)
class Waiting:
    """One kind of work and its first cases; `more` says that there are others beyond `lines`."""

    label: str
    lines: list[Line]
    more: bool
    url: str = ""


SHOWN = 20


def waiting_for(actor: Actor | None) -> list[Waiting]:
    """What the actor has to do now, one query a registered kind of work of his role."""
    if not actor:
        return []
    found, today = [], clock.today()
    for one in _of(actor.role):
        cases = list(one.find(actor)[: SHOWN + 1])
        if cases:
            lines = [_line(one, case, actor, today) for case in cases[:SHOWN]]
            found.append(Waiting(one.label, lines, len(cases) > SHOWN, one.url_name))
    return found


def _line(kind: Todo, case: Any, actor: Actor, today: dt.date) -> Line:
    if kind.step:
        url = steps[kind.step].url(case, actor)
    else:
        url = (actor.is_official and case.console_url()) or case.get_absolute_url()
    due = kind.due(case) if kind.due else None
    return Line(case, url, due, late=due is not None and due.on < today)


def _of(role: Role) -> Iterable[Todo]:
    return (one for one in registered if role in one.roles)
