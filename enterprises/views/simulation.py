"""测算: how many people of the company could apply under this plan, and what keeps the others back (F-17)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views import View

from enterprises import hooks
from enterprises.choices import Level
from enterprises.models import PilotPlan
from enterprises.views.plan import RELATED
from jiaxing_titles.accounts.access import RoleRequired
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions.case import get_visible


class SimulationView(RoleRequired, View):
    """Counts for whoever writes the plan and decides on it; names for the company's HR alone."""

    roles = (Role.ENT_HR, Role.ENT_LEAD)

    def get(self, request: Any, pk: int) -> HttpResponse:
        plan = get_visible(PilotPlan, request.actor, pk, RELATED)
        found = hooks.simulate(plan)
        context = {
            "case": plan,
            "simulation": found,
            "levels": [(Level(one.level).label, one) for one in found.levels],
            "with_names": request.actor.role == Role.ENT_HR,
        }
        response = render(request, "enterprises/plan_simulation.html", context)
        response["Cache-Control"] = "no-store"
        return response
