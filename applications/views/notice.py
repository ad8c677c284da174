"""The in-house notice: made on one page, then watched (ux S10)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views import View

from applications.actions import correct_entry
from applications.actions.notice import shown_columns
from applications.choices import ApplicationState
from applications.documents import POSTER
from applications.models import PreReviewRoster, TitleApplication
from applications.rules.notice import SHOWN_COLUMNS
from jiaxing_titles import clock
from jiaxing_titles.accounts.access import RoleRequired
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import offered
from jiaxing_titles.actions.case import get_visible
from jiaxing_titles.actions.views import ActionView
from jiaxing_titles.documents.jobs import request_document
from jiaxing_titles.publicity.models import Objection
from jiaxing_titles.workdays.arithmetic import MissingYear
from jiaxing_titles.workdays.calendar import count_publicity

S = ApplicationState


class OpenView(ActionView):
    """建公示: everybody who will be on it, the days as they will count, who is not and why — one page, one button."""

    template_name = "applications/open_notice.html"
    step_name = "applications.open_notice"

    def context(self, request: Any, case: Any) -> dict[str, Any]:
        people = case.applications.select_related("person", "latest", "speciality").order_by("pk")
        on_notice = list(people.filter(state=S.ENDORSED))
        return {
            "round": case,
            "columns": SHOWN_COLUMNS,
            "lines": [{"name": one.person.name, "cells": list(shown_columns(one).items())} for one in on_notice],
            "not_recommended": list(people.filter(state=S.NOT_ENDORSED)),
            "counted": counted_from_today(case.cycle),
        }

    def landing(self, request: Any, case: Any) -> str:
        roster = PreReviewRoster.objects.filter(round=case).first()
        return roster.get_absolute_url() if roster else case.get_absolute_url()


def counted_from_today(cycle: Any) -> list[Any]:
    """The days that would count if the notice opened now; empty while the year's calendar is not confirmed."""
    now = clock.now()
    late = cycle.after_hours_next_day and now.hour >= 17
    try:
        first = now.date() if not late else now.date() + dt.timedelta(days=1)
        return list(count_publicity(first, cycle.publicity_days, count_first_day=cycle.count_first_day).days)
    except MissingYear:
        return []


class NoticeView(RoleRequired, View):
    """A running or past notice: each person's own days, state, objections; the others are not touched by one."""

    roles = (Role.ENT_HR, Role.ENT_LEAD, Role.PANEL_SEC)

    def get(self, request: Any, pk: int) -> HttpResponse:
        roster = get_visible(PreReviewRoster, request.actor, pk, ("period", "round__enterprise__organisation"))
        lines = roster.entries.select_related("application__person", "entry").order_by("entry__number", "pk")
        objections = Objection.objects.visible_to(request.actor).filter(period=roster.period)
        context = {
            "roster": roster,
            "period": roster.period,
            "today": clock.today(),
            "counted_days": [dt.date.fromisoformat(day) for day in roster.period.counted_days],
            "columns": SHOWN_COLUMNS,
            "lines": [self._line(one, request.actor) for one in lines],
            "objections": [
                {"objection": one, "offers": offered(one, request.actor)}
                for one in objections.select_related("entry", "period__organisation")
            ],
        }
        return render(request, "applications/notice.html", context)

    def _line(self, line: Any, actor: Any) -> dict[str, Any]:
        application: TitleApplication = line.application
        may_correct = actor.role in correct_entry.by and correct_entry.fits(application)
        return {
            "line": line,
            "application": application,
            "entry": line.entry,
            "correct_url": correct_entry.url(application) if may_correct else "",
        }


class PosterView(RoleRequired, View):
    """The sheet for the notice board, made by the worker."""

    roles = (Role.ENT_HR,)

    def post(self, request: Any, pk: int) -> HttpResponse:
        roster = get_visible(PreReviewRoster, request.actor, pk, ("period",))
        job = request_document(POSTER, actor=request.actor, title=roster.period.title, roster=roster.pk)
        return redirect(job)
