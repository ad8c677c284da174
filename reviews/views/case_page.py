"""The page of one case: find it for the acting person, gather what it shows, render."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from jiaxing_titles.accounts.access import RoleRequired
from jiaxing_titles.actions.case import get_visible


def base_for(request: Any) -> str:
    """Officials read the same page inside their console."""
    return "base_console.html" if request.actor.is_official else "base_portal.html"


class CasePage(RoleRequired, View):
    """`model`, `template_name`, `related`; subclasses add `context`."""

    model: type[Any]
    template_name = ""
    related: tuple[str, ...] = ()

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        case = get_visible(self.model, request.actor, pk, self.related)  # type: ignore[attr-defined]
        shared = {"case": case, "base": base_for(request), "title": str(case)}
        return render(request, self.template_name, {**shared, **self.context(request, case)})

    def context(self, request: Any, case: Any) -> dict[str, Any]:
        return {}
