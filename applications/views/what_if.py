"""试算: the saved application under another day of submission, another counting day, other 学时. Nothing is saved."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views import View

from applications.forms.what_if import WhatIfForm
from applications.gates.facts import facts_of
from applications.models import TitleApplication
from applications.queries.self_check import names_of, standing_on, supposing
from jiaxing_titles.accounts.access import RoleRequired
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions.case import get_visible


class WhatIfView(RoleRequired, View):
    """A question to the machine, so a GET form: 如果11月再提交，如果学时补到90."""

    roles = (Role.APPLICANT,)

    def get(self, request: Any, pk: int) -> HttpResponse:
        application = get_visible(TitleApplication, request.actor, pk, ("cycle", "round", "person"))
        facts, names = facts_of(application), names_of(application)
        form = WhatIfForm(request.GET or None, initial=_as_it_stands(facts))
        context: dict[str, Any] = {
            "application": application,
            "form": form,
            "now": standing_on(facts, application.cycle).conclusion,
        }
        status = 200
        if form.is_bound and form.is_valid():
            supposed = supposing(facts, **form.cleaned_data)
            standing = standing_on(supposed, application.cycle, names)
            context |= {
                "standing": standing,
                "conclusion": standing.conclusion,
                "supposed": supposed,
                "hours": supposed["continuing_education"].get(supposed["as_of"][:4], ""),
                "next_year": standing.as_of.year > application.cycle.year,
            }
        elif form.is_bound:
            status = 422
        return render(request, "applications/what_if.html", context, status=status)


def _as_it_stands(facts: dict[str, Any]) -> dict[str, Any]:
    year = facts["as_of"][:4]
    return {
        "applied_on": dt.date.fromisoformat(facts["applied_on"]),
        "as_of": dt.date.fromisoformat(facts["as_of"]),
        "hours": facts["continuing_education"].get(year, ""),
    }
