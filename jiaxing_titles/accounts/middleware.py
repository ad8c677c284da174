"""`request.actor`: the person in the role that he has switched to; falsy for anonymous visitors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import Membership
from jiaxing_titles.reading import read_once

SESSION_KEY = "membership"


@read_once
def current_memberships(user: Any) -> list[Membership]:
    """Each with its organisation and those above it; their `user` is the one asked for."""
    found = user.memberships.current().select_related("organisation__supervisor__supervisor")
    return list(found.order_by("id"))


class ActorMiddleware:
    """Lazy, so that anonymous pages touch neither session nor user (decision 23)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.memberships = SimpleLazyObject(lambda: self._memberships(request))  # type: ignore[attr-defined] # set here
        request.actor = SimpleLazyObject(lambda: self._actor(request))  # type: ignore[attr-defined] # set here
        return self.get_response(request)

    @staticmethod
    def _memberships(request: Any) -> list[Membership]:
        return current_memberships(request.user) if request.user.is_authenticated else []

    @staticmethod
    def _actor(request: Any) -> Actor | None:
        held = list(request.memberships)
        if not held:
            return None
        chosen = request.session.get(SESSION_KEY)
        return Actor.of(next((one for one in held if one.pk == chosen), held[0]))
