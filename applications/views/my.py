"""The applicant's own pages: where it stands, what to do, check and submit."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views import View

from applications.actions import start_application, submit
from applications.choices import ApplicationState, RoundState
from applications.documents import FORM
from applications.forms.application import CommitmentForm
from applications.gates.facts import findings_of
from applications.models import AnnualRound, TitleApplication
from applications.queries import status_of, taken
from applications.queries.self_check import standing_of
from applications.queries.status import STAGES
from applications.rules.lookup_code import shown
from applications.rules.material import NAMES, in_order
from applications.rules.routes import result_with
from applications.views.answers import BROUGHT, COOKIE
from applications.views.tasks import task_list_of, topic_url
from jiaxing_titles.accounts.access import RoleRequired
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions.case import get_visible
from jiaxing_titles.actions.doing import run, spread, tokens
from jiaxing_titles.documents.jobs import request_document
from jiaxing_titles.inbox.registry import waiting_for
from jiaxing_titles.ui.components import Row

RELATED = ("round", "cycle", "person", "enterprise__organisation", "speciality", "latest", "roster_entry__entry")


class HomeView(RoleRequired, View):
    """/my/: this year's application with its one sentence, the open call, earlier years."""

    roles = (Role.APPLICANT,)

    def get(self, request: Any) -> HttpResponse:
        actor = request.actor
        mine = list(
            TitleApplication.objects.visible_to(actor).select_related(*RELATED).order_by("-cycle__year", "-pk")[:20]
        )
        calls = AnnualRound.objects.visible_to(actor).filter(state=RoundState.OPEN)
        calls = calls.select_related("enterprise__organisation", "cycle")
        live = {one.cycle_id for one in mine if one.state not in ApplicationState.given_up()}
        context = {
            "cards": [{"application": one, "status": status_of(one), "number": one.number} for one in mine],
            "calls": [
                {"round": one, "url": start_application.url(one, actor)} for one in calls if one.cycle_id not in live
            ],
            "stages": STAGES,
            "waiting": waiting_for(actor),
            "brought": COOKIE in request.COOKIES,
        }
        return render(request, "applications/my_home.html", context)


class ApplicationView(RoleRequired, View):
    """One application: the task list while it is being written, its status afterwards."""

    def get(self, request: Any, pk: int) -> HttpResponse:
        application = get_visible(TitleApplication, request.actor, pk, RELATED)
        if request.actor.role != Role.APPLICANT:
            return redirect("applications:review", pk=pk)
        status = status_of(application)
        editable = application.state in ApplicationState.editable()
        standing = standing_of(application)
        context = {
            "application": application,
            "status": status,
            "editable": editable,
            "tasks": task_list_of(application) if editable else [],
            "stages": STAGES,
            "lookup_code": shown(application.lookup_code) if application.lookup_code else "",
            "returned": application.returns.last() if application.state == ApplicationState.RETURNED else None,
            "names": NAMES,
            "verdict": result_with(application.verdict, application.hours_pending) if application.verdict else "",
            "verdict_reasons": application.eligibility.get("reasons", []),
            "standing": standing,
            "conclusion": standing.conclusion,
            "brought": editable and BROUGHT in request.session,
        }
        return render(request, "applications/application.html", context)


def cards_of(snapshot: dict[str, Any], application: TitleApplication | None = None) -> list[dict[str, Any]]:
    """Check-answers cards: one a topic, each fact with its shown words; `url` while it can be changed."""
    files: dict[str, list[dict[str, Any]]] = {}
    for one in snapshot.get("files", []):
        files.setdefault(one["topic"], []).append(one)
    return [
        {
            "topic": topic,
            "name": NAMES[topic],
            "url": topic_url(application, topic) if application else "",
            "facts": [
                {"label": fact["label"], "rows": [Row(label, text) for label, text in fact["shown"]]} for fact in facts
            ],
            "files": files.get(topic, []),
        }
        for topic, facts in in_order(snapshot.get("topics", {}))
    ]


class CheckView(RoleRequired, View):
    """检查并提交: the answers, the machine's pre-check, the commitment, one button."""

    roles = (Role.APPLICANT,)

    def get(self, request: Any, pk: int) -> HttpResponse:
        application = get_visible(TitleApplication, request.actor, pk, RELATED)
        if application.state not in ApplicationState.editable():
            return redirect("applications:application", pk=pk)
        return self._page(request, application, CommitmentForm(), submit.reasons(application, request.actor))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        application = get_visible(TitleApplication, request.actor, pk, RELATED)
        form = CommitmentForm(request.POST)
        if not form.is_valid():
            return self._page(request, application, form, [], status=422)
        application, reasons = run(submit, application, request, **form.cleaned_data)
        if reasons:
            return self._page(request, application, form, spread(reasons, form), status=422)
        messages.success(
            request, f"已提交，申报编号 {application.number}。请记下查询码：{shown(application.lookup_code)}。"
        )
        return redirect("applications:application", pk=pk)

    def _page(
        self, request: HttpRequest, application: TitleApplication, form: Any, reasons: list[Any], status: int = 200
    ) -> HttpResponse:
        findings = findings_of(application)
        pending = findings["gates"].get("A-2") in ("pending", "unknown")
        context = {
            "application": application,
            "cards": cards_of(taken(application), application),
            "verdict": result_with(findings["verdict"], pending),
            "findings": findings,
            "form": form,
            "reasons": reasons,
            **tokens(request, application),
        }
        return render(request, "applications/check.html", context, status=status)


class FormView(RoleRequired, View):
    """评审表 or 初定表 of the version handed in: made by the worker, fetched from its job page."""

    def post(self, request: Any, pk: int) -> HttpResponse:
        application = get_visible(TitleApplication, request.actor, pk, RELATED)
        if application.latest is None:
            return redirect("applications:application", pk=pk)
        job = request_document(
            FORM,
            actor=request.actor,
            title=f"{application.number} 评审表",
            application=application.pk,
            version=application.latest.number,
        )
        return redirect(job)
