"""The year of the company: one page with dates, numbers and the next step."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views import View

from applications.actions import prepare_round
from applications.choices import ApplicationState
from applications.gates.round import undecided
from applications.models import AnnualRound
from applications.queries import agenda_holds, shares
from jiaxing_titles.accounts.access import RoleRequired
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions.case import get_visible

ROUND_STAGES = ("准备", "个人申报", "单位审核", "单位公示", "评审")
_STAGE = {"draft": 0, "open": 1, "closed": 2, "noticing": 3, "noticed": 4, "done": 5}
ROUND_ROLES = (Role.ENT_HR, Role.ENT_LEAD, Role.PANEL_SEC)


class IndexView(RoleRequired, View):
    """All years of the company; this year's is begun here."""

    roles = ROUND_ROLES

    def get(self, request: Any) -> HttpResponse:
        enterprise = request.actor.organisation.enterprise
        rounds = AnnualRound.objects.visible_to(request.actor).select_related("cycle", "enterprise__organisation")
        may_prepare = not prepare_round.refusal(enterprise, request.actor)
        context = {
            "rounds": list(rounds.order_by("-cycle__year")[:20]),
            "prepare_url": prepare_round.url(enterprise) if may_prepare else "",
            "prepare_reasons": prepare_round.reasons(enterprise, request.actor) if may_prepare else [],
        }
        return render(request, "applications/rounds.html", context)


class RoundView(RoleRequired, View):
    """One year: what stands, what is missing before the notice, what holds whom after it."""

    roles = (*ROUND_ROLES, Role.APPLICANT)

    def get(self, request: Any, pk: int) -> HttpResponse:
        related = ("cycle", "plan", "enterprise__organisation", "roster__period")
        year = get_visible(AnnualRound, request.actor, pk, related)
        counts = dict(year.applications.values_list("state").annotate(n=Count("pk")).order_by())
        holds = agenda_holds(year) if year.state in ("noticing", "noticed") else {}
        names = dict(year.applications.filter(pk__in=holds).values_list("pk", "person__name"))
        context = {
            "round": year,
            "stages": ROUND_STAGES,
            "stage": _STAGE[year.state],
            "counts": [(state.label, counts[state]) for state in ApplicationState if counts.get(state)],
            "shares": shares(year.applications.all()),
            "before_notice": undecided(year) if year.state == "closed" else [],
            "notice_url": reverse("applications:open_notice", args=[year.pk]),
            "holds": [(names[pk], reasons) for pk, reasons in holds.items() if reasons],
            "roster": getattr(year, "roster", None),
            "is_hr": request.actor.role == Role.ENT_HR,
            "is_applicant": request.actor.role == Role.APPLICANT,
        }
        return render(request, "applications/round.html", context)
