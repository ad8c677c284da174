"""待办: each stage says in its `inbox.py` what waits for whom; an empty list means nothing to do, truly."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role

Find = Callable[[Actor], QuerySet[Any]]


@dataclass(frozen=True)
class Todo:
    roles: frozenset[Role]
    label: str
    find: Find
    url_name: str = ""


registered: list[Todo] = []


def todo(*roles: Role, label: str, url_name: str = "") -> Callable[[Find], Find]:
    """Register `f(actor) -> QuerySet of cases`, oldest first, as waiting for these roles."""

    def register(find: Find) -> Find:
        registered.append(Todo(frozenset(roles), label, find, url_name))
        return find

    return register


@dataclass(frozen=True)
class Waiting:
    """One kind of work and its first cases; `more` says that there are others beyond `cases`."""

    label: str
    cases: list[Any]
    more: bool
    url: str = ""


SHOWN = 20


def waiting_for(actor: Actor | None) -> list[Waiting]:
    """What the actor has to do now, one query a registered kind of work of his role."""
    if not actor:
        return []
    found = []
    for one in _of(actor.role):
        cases = list(one.find(actor)[: SHOWN + 1])
        if cases:
            found.append(Waiting(one.label, cases[:SHOWN], len(cases) > SHOWN, one.url_name))
    return found


def _of(role: Role) -> Iterable[Todo]:
    return (one for one in registered if role in one.roles)
