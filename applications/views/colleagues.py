"""The in-house notice for the company's people: names and 业绩 behind the code of the poster (decision 38)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from applications.forms.notice import ObjectionForm
from applications.rules.notice import SHOWN_COLUMNS
from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import SYSTEM
from jiaxing_titles.actions import Blocked
from jiaxing_titles.publicity.actions import receive_objection
from jiaxing_titles.publicity.choices import PeriodKind, PeriodState
from jiaxing_titles.publicity.models import PublicityPeriod
from jiaxing_titles.ratelimit.limiter import OBJECTION_BY_NOTICE, OBJECTION_BY_PHONE, too_often


def _period(code: str) -> PublicityPeriod:
    """By the poster's code; once the list is taken down (a setting of the year) the code opens nothing."""
    shown = PublicityPeriod.objects.filter(
        kind=PeriodKind.IN_HOUSE, state__in=[PeriodState.RUNNING, PeriodState.CLOSED]
    )
    period: PublicityPeriod = get_object_or_404(
        shown.select_related("organisation", "cycle"), poster_code=code.strip().upper()
    )
    up_to = (period.ends_on or clock.today()) + dt.timedelta(days=period.cycle.notice_page_days)
    if clock.today() > up_to:
        raise Http404
    return period


def _page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    response = render(request, template, context, status=status)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


class InHouseView(View):
    """Everybody on the notice with what colleagues may read, the days that count, how to object."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        period = _period(code)
        lines = [
            {"entry": entry, "cells": [(name, entry.columns.get(name, "")) for name in SHOWN_COLUMNS]}
            for entry in period.entries.order_by("number")
        ]
        context = {
            "period": period,
            "columns": SHOWN_COLUMNS,
            "lines": lines,
            "counted_days": [dt.date.fromisoformat(day) for day in period.counted_days],
            "today": clock.today(),
        }
        return _page(request, "applications/in_house.html", context)


class InHouseObjectionView(View):
    """实名提出异议, against one person of the list."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        form = ObjectionForm(initial={"number": request.GET.get("number", "")[:6]})
        return self._form(request, _period(code), form)

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        period = _period(code)
        form = ObjectionForm(request.POST)
        if not form.is_valid():
            return self._form(request, period, form, 422)
        facts = dict(form.cleaned_data)
        entry = period.entries.filter(number=facts.pop("number"), removed_at=None).first()
        if entry is None:
            form.add_error("number", "名单上没有这个序号，核对公示名单第一列。")
            return self._form(request, period, form, 422)
        for limit, key in ((OBJECTION_BY_NOTICE, str(period.pk)), (OBJECTION_BY_PHONE, facts["phone"])):
            if refused := too_often(request, limit, key):
                return refused
        try:
            objection = receive_objection(period, actor=SYSTEM, entry=entry, **facts)
        except Blocked as blocked:
            form.add_error(None, str(blocked))
            return self._form(request, period, form, 409)
        return redirect("certificates:objection", code=objection.code)

    def _form(
        self, request: HttpRequest, period: PublicityPeriod, form: ObjectionForm, status: int = 200
    ) -> HttpResponse:
        return _page(request, "applications/in_house_objection.html", {"form": form, "period": period}, status)
