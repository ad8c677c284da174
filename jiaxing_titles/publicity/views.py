"""The company's desk for one objection; the city's is its entry in the console."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views import View

from jiaxing_titles.accounts.access import RoleRequired
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions.case import get_visible
from jiaxing_titles.audit.queries import record_reveal
from jiaxing_titles.publicity.models import Objection

PURPOSE = "核查异议"


class ObjectionDesk(RoleRequired, View):
    """What is objected, by when it must be answered, what was found; who objected only on request, and recorded."""

    roles = (Role.ENT_HR, Role.ENT_LEAD)

    def get(self, request: Any, pk: int) -> HttpResponse:
        return self._page(request, pk)

    def post(self, request: Any, pk: int) -> HttpResponse:
        """Show the objector's name and telephone to HR: a POST, because looking is recorded."""
        objection = get_visible(Objection, request.actor, pk)
        if request.actor.role != Role.ENT_HR:
            return self._page(request, pk)
        record_reveal(request.actor, objection, "异议人姓名和电话", PURPOSE)
        response = self._page(request, pk, revealed=True)
        response["Cache-Control"] = "no-store"
        return response

    def _page(self, request: Any, pk: int, revealed: bool = False) -> HttpResponse:
        objection = get_visible(Objection, request.actor, pk, ("period__organisation", "entry"))
        context = {
            "objection": objection,
            "evidence": objection.evidence.order_by("pk"),
            "revealed": revealed,
            "may_reveal": request.actor.role == Role.ENT_HR,
        }
        return render(request, "publicity/objection.html", context)
