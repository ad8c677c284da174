"""新办: the steps that make a new case, offered where its cases are listed and on the first page of the console."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import Organisation
from jiaxing_titles.actions import steps
from jiaxing_titles.actions.step import Offer


def beginnings(names: Iterable[str], actor: Actor, *, with_reasons: bool = True) -> list[Offer]:
    """Those of these steps that the actor may do for his own organisation."""
    found = []
    for one in (steps[name] for name in names):
        if actor.role not in one.by:
            continue
        place = _place(one.model, actor)
        if place is not None and not one.refusal(place, actor):
            found.append(Offer(one, one.reasons(place, actor) if with_reasons else [], one.url(place, actor)))
    return found


def _place(model: type[Any], actor: Actor) -> Any:
    """The actor's organisation, as the kind of row that the step hangs on."""
    if model is Organisation:
        return actor.organisation
    return model._default_manager.filter(organisation=actor.organisation).first()
