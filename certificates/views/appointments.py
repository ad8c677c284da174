"""The company's 聘任兑现台账, and the page on which the person confirms."""

from __future__ import annotations

from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views import View

from certificates.choices import AppointmentState, GrantStanding
from certificates.models import Annulment, Appointment
from certificates.queries.annulment import downstream
from certificates.queries.fulfilment import fulfilment
from certificates.views.files import file_rows
from certificates.views.responses import signed_paper
from jiaxing_titles import clock
from jiaxing_titles.accounts.access import RoleRequired
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions.case import get_visible
from jiaxing_titles.documents.jobs import request_document
from jiaxing_titles.policy.models import Cycle
from jiaxing_titles.ui.paging import page_of

RELATED = ("grant__line", "grant__document", "grant__cycle", "person", "enterprise__organisation")
BY_DUE_DAY = {"due": ["-due_on", "-id"]}


class LedgerView(RoleRequired, View):
    """/ent/appointments/: everybody announced, the running year first."""

    roles = (Role.ENT_HR, Role.ENT_LEAD)

    def get(self, request: Any) -> HttpResponse:
        rows = Appointment.objects.visible_to(request.actor).select_related(*RELATED)
        state = request.GET.get("state", "")
        if state in AppointmentState.values:
            rows = rows.filter(state=state)
        cycle = Cycle.objects.filter(announcements__isnull=False).order_by("-year").first()
        context = {
            "page": page_of(request, rows, BY_DUE_DAY),
            "state": state,
            "states": AppointmentState,
            "today": clock.today(),
            "cycle": cycle,
            "counts": fulfilment(request.actor, cycle) if cycle else [],
        }
        return render(request, "certificates/appointments.html", context)


class LedgerExportView(RoleRequired, View):
    """聘任兑现台账 as a workbook, made by the worker for whoever may see its rows."""

    roles = (Role.ENT_HR, Role.ENT_LEAD, Role.COUNTY, Role.CITY_CLERK, Role.CITY_REVIEWER, Role.CITY_LEAD)

    def post(self, request: Any, year: int) -> HttpResponse:
        cycle = get_object_or_404(Cycle, year=year)
        title = f"{year}年度聘任兑现台账"
        facts = {"cycle": cycle.pk, "year": year}
        job = request_document("certificates.ledger", actor=request.actor, title=title, **facts)
        return redirect(job.get_absolute_url())


class MyTitlesView(RoleRequired, View):
    """/my/titles/: what the person has been granted, with the code that others may verify."""

    roles = (Role.APPLICANT,)

    def get(self, request: Any) -> HttpResponse:
        rows = Appointment.objects.visible_to(request.actor).select_related(*RELATED)
        return render(request, "certificates/my_titles.html", {"page": page_of(request, rows, {"newest": ["-id"]})})


class AppointmentView(RoleRequired, View):
    """One person's title and its 聘任兑现; officials have the same in the console."""

    roles = (Role.ENT_HR, Role.ENT_LEAD, Role.APPLICANT)

    def get(self, request: Any, pk: int) -> HttpResponse:
        case = get_visible(Appointment, request.actor, pk, RELATED)
        own = request.actor.user == case.person
        address = settings.SITE_ADDRESS + reverse("certificates:verify_code", args=[case.grant.verify_code])
        standing = case.grant.standing
        context = {
            "case": case,
            "own": own,
            "standing": standing,
            "standing_tone": GrantStanding.tones()[standing],
            "dispute": case.dispute if case.shows_dispute_to(request.actor) else "",
            "files": file_rows(case.evidence.all()),
            "annulment": Annulment.objects.visible_to(request.actor).filter(grant=case.grant).first(),
            "address": address,
            "qr": segno.make(address, error="m").svg_data_uri(border=1, scale=4) if own else "",
        }
        return render(request, "certificates/appointment.html", context)


class ResultNoticeView(RoleRequired, View):
    """结果通知 as PDF, made by the worker for the person who asks."""

    roles = (Role.APPLICANT,)

    def post(self, request: Any, pk: int) -> HttpResponse:
        case = get_visible(Appointment, request.actor, pk, RELATED)
        job = request_document(
            "certificates.result", actor=request.actor, title=f"{case.grant}结果通知", pk=case.grant_id
        )
        return redirect(job.get_absolute_url())


class AnnulmentView(RoleRequired, View):
    """/annulments/<pk>/: for the person and his company, from the 告知 on."""

    roles = (Role.ENT_HR, Role.ENT_LEAD, Role.APPLICANT)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        related = ("person", "application__enterprise__organisation", "grant__line", "pdf")
        case = get_visible(Annulment, request.actor, pk, related)  # type: ignore[attr-defined] # ActorMiddleware
        context = {"case": case, "files": file_rows(case.evidence.all()), "follow_ups": downstream(case)}
        return render(request, "certificates/annulment.html", context)


class DecisionView(RoleRequired, View):
    """决定书 as PDF, for whoever sees the case."""

    roles = AnnulmentView.roles

    def get(self, request: Any, pk: int) -> HttpResponse:
        return signed_paper(get_visible(Annulment, request.actor, pk, ("pdf",)).pdf)
