"""HR's desk: the list, one person with files beside the checklist, many at once (ux S9, W6)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from applications.actions import check_facts, endorse, supplement_hours
from applications.choices import ApplicationState, Finding, Level, Route, Verdict
from applications.forms.records import RECORD_FORMS
from applications.models import AnnualRound, TitleApplication
from applications.queries import check_items, holds_on
from applications.queries.agenda import with_facts
from applications.queries.self_check import standing_of
from applications.rules.material import FILES
from applications.rules.routes import result_with
from applications.views.my import cards_of
from jiaxing_titles import clock
from jiaxing_titles.accounts.access import RoleRequired
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions.case import get_visible
from jiaxing_titles.actions.doing import run, spread, tokens
from jiaxing_titles.ui.components import FileRow
from jiaxing_titles.ui.paging import page_of

S = ApplicationState
TABS = {
    "waiting": ("待审核", [S.SUBMITTED]),
    "returned": ("已退回", [S.RETURNED]),
    "endorsed": ("已通过", [S.ENDORSED, S.NOTICING, S.NOTICED]),
    "refused": ("不予推荐", [S.NOT_ENDORSED]),
    "drafts": ("未提交", [S.DRAFT]),
    "all": ("全部", list(S)),
}
BATCH_LIMIT = 100
JUDGED = ("education", "work", "posts", "assessments", "hours")  # what the engine reads
DESK_ROLES = (Role.ENT_HR, Role.ENT_LEAD, Role.PANEL_SEC)


class ApplicantFilter(forms.Form):
    """查询条件 above the list."""

    name = forms.CharField(label="姓名", max_length=50, required=False)
    level = forms.ChoiceField(label="级别", choices=[("", "全部"), *Level.choices], required=False)
    route = forms.ChoiceField(label="途径", choices=[("", "全部"), *Route.choices], required=False)
    verdict = forms.ChoiceField(label="自查结论", choices=[("", "全部"), *Verdict.choices], required=False)

    def narrow(self, rows: Any) -> Any:
        facts = self.cleaned_data if self.is_bound and self.is_valid() else {}
        if facts.get("name"):
            rows = rows.filter(person__name__startswith=facts["name"])
        return rows.filter(**{name: facts[name] for name in ("level", "route", "verdict") if facts.get(name)})


def current_round(request: Any) -> AnnualRound | None:
    """The company's newest round, or the one of `?year=`."""
    rounds = AnnualRound.objects.visible_to(request.actor).select_related("cycle", "enterprise__organisation")
    year = request.GET.get("year", "")
    if year.isascii() and year.isdigit():
        rounds = rounds.filter(cycle__year=int(year[:4]))
    found: AnnualRound | None = rounds.order_by("-cycle__year").first()
    return found


class ListView(RoleRequired, View):
    """申报审核: tabs with counts of this round, ticks for a batch."""

    roles = DESK_ROLES

    def get(self, request: Any) -> HttpResponse:
        year = current_round(request)
        tab = request.GET.get("tab", "waiting")
        tab = tab if tab in TABS else "waiting"
        rows = TitleApplication.objects.visible_to(request.actor).filter(round=year)
        counts = dict(rows.values_list("state").annotate(n=Count("pk")).order_by())
        form = ApplicantFilter(request.GET or None)
        rows = form.narrow(rows.filter(state__in=TABS[tab][1])).select_related("person", "speciality", "latest")
        page = page_of(request, rows, {"oldest": ("id",), "newest": ("-id",)})
        today = clock.today()
        context = {
            "round": year,
            "tab": tab,
            "tabs": [
                {"key": key, "label": label, "count": sum(counts.get(state, 0) for state in states)}
                for key, (label, states) in TABS.items()
            ],
            "filter": form,
            "page": page,
            "lines": [_line(one, today) for one in page],
            "may_batch": tab == "waiting" and request.actor.role == Role.ENT_HR,
        }
        return render(request, "applications/applicants.html", context)


def _line(one: TitleApplication, today: dt.date) -> dict[str, Any]:
    since = one.submitted_at.astimezone(clock.SHANGHAI).date() if one.submitted_at else None
    return {
        "application": one,
        "verdict": result_with(one.verdict, one.hours_pending) if one.verdict else "未提交",
        "files": len(one.snapshot.get("files", [])),
        "days": (today - since).days if since and one.state == S.SUBMITTED else None,
    }


def _files_of(application: TitleApplication, topic: str) -> list[FileRow]:
    return [
        FileRow(one["name"], "", reverse("attachments:download", args=[one["attachment"]]))
        for one in application.snapshot.get("files", [])
        if one["topic"] == topic
    ]


class ReviewView(RoleRequired, View):
    """One person: each fact with its tick, the files of the topic beside it, the machine's findings, the decision."""

    roles = (*DESK_ROLES,)

    def get(self, request: Any, pk: int) -> HttpResponse:
        return self._page(request, self._load(request, pk), [])

    def post(self, request: Any, pk: int) -> HttpResponse:
        application = self._load(request, pk)
        checks = _ticked(request, application)
        application, reasons = run(check_facts, application, request, keyed=False, checks=checks)
        if not reasons and request.POST.get("then") == "endorse":
            application, reasons = run(endorse, application, request, versioned=False)
            if not reasons:
                messages.success(request, f"已审核通过：{application.person}。")
                return redirect("applications:applicants")
        if reasons:
            return self._page(request, self._load(request, pk), reasons, status=422)
        messages.success(request, "核实进度已保存。")
        return redirect("applications:review", pk=pk)

    def _load(self, request: Any, pk: int) -> TitleApplication:
        get_visible(TitleApplication, request.actor, pk)
        return with_facts(TitleApplication.objects.filter(pk=pk)).get()

    def _page(self, request: Any, application: TitleApplication, reasons: list[Any], status: int = 200) -> HttpResponse:
        checks = {one.fact_hash: one for one in application.checks.select_related("checked_by")}
        places: dict[str, list[Any]] = {}
        for item in check_items(application):
            places.setdefault(item.topic, []).append({"item": item, "check": checks.get(item.fact_hash)})
        cards = cards_of(application.snapshot)
        for card in cards:
            card["checks"] = [
                {**place, "rows": fact["rows"]}
                for place, fact in zip(places.get(card["topic"], []), card["facts"], strict=True)
            ]
            card["files"] = _files_of(application, card["topic"])
            card["wants_files"] = card["topic"] in FILES and bool(card["facts"])
        standing = standing_of(application) if application.latest else None
        may_check = application.state == S.SUBMITTED and not check_facts.refusal(application, request.actor)
        context = {
            "application": application,
            "cards": cards,
            "findings": application.eligibility,
            "verdict": result_with(application.verdict, application.hours_pending) if application.verdict else "",
            "versions": application.versions.all(),
            "returns": application.returns.all(),
            "may_check": may_check,
            "reasons": reasons,
            "standing": standing,
            "conclusion": standing.conclusion if standing else None,
            "unverified": _unverified(cards, None),
            "doubtful": _unverified(cards, Finding.DOUBT),
            "holds": holds_on(application) if application.state in (S.NOTICED, S.NOTICING) else [],
            "criteria": application.round.plan.criteria.filter(level=application.level, route=application.route),
            "may_supplement": supplement_hours.fits(application) and request.actor.role == Role.ENT_HR,
            "has_errors": bool(reasons),
            **tokens(request, application),
        }
        return render(request, "applications/review.html", context, status=status)


def _unverified(cards: list[dict[str, Any]], finding: Finding | None) -> list[dict[str, str]]:
    """The facts of which HR has said nothing yet (None) or so much, each with the id of its tick; 附件 facts first."""
    found = [
        {"label": f"{card['name']}：{place['item'].label}", "hash": place["item"].fact_hash, "topic": card["topic"]}
        for card in cards
        for place in card["checks"]
        if (place["check"].finding if place["check"] else None) == finding
    ]
    return sorted(found, key=lambda one: one["topic"] not in JUDGED)


def _ticked(request: HttpRequest, application: TitleApplication) -> list[dict[str, str]]:
    """`fact` lists the ticked facts, `doubt-<hash>` says what is doubtful; a doubt outweighs a tick."""
    ticked = set(request.POST.getlist("fact"))
    found = []
    for item in check_items(application):
        note = request.POST.get(f"doubt-{item.fact_hash}", "").strip()[:200]
        if note:
            found.append({"fact_hash": item.fact_hash, "finding": Finding.DOUBT.value, "note": note})
        elif item.fact_hash in ticked:
            found.append({"fact_hash": item.fact_hash, "finding": Finding.TRUE.value, "note": ""})
    return found


class BatchView(RoleRequired, View):
    """批量通过: only those ticked; the preview shows everybody's facts, the second click does it one by one."""

    roles = (Role.ENT_HR,)

    def post(self, request: Any) -> HttpResponse:
        picked = [one for one in request.POST.getlist("pick") if one.isascii() and one.isdigit() and len(one) < 19]
        chosen = [int(one) for one in picked][:BATCH_LIMIT]  # 19 digits and more are no id: bigint ends there
        visible = TitleApplication.objects.visible_to(request.actor).filter(pk__in=chosen, state=S.SUBMITTED)
        people = list(with_facts(visible).order_by("pk"))
        if not people:
            messages.error(request, "没有勾选可以审核的申报人。在列表中勾选待审核的人，再点“批量通过”。")
            return redirect("applications:applicants")
        if request.POST.get("confirm") != "1":
            return self._preview(request, people, "")
        if request.POST.get("verified") != "1":
            return self._preview(request, people, "在“我已逐人核对”前打勾后再确认。")
        done, refused = [], []
        for one in people:
            checks = [
                {"fact_hash": item.fact_hash, "finding": Finding.TRUE.value, "note": ""} for item in check_items(one)
            ]
            one, reasons = run(check_facts, one, request, versioned=False, keyed=False, checks=checks, batch=True)
            if not reasons:
                one, reasons = run(endorse, one, request, versioned=False, keyed=False)
            (refused.append((one, reasons)) if reasons else done.append(one))
        context = {"done": done, "refused": refused}
        return render(request, "applications/batch_done.html", context)

    def _preview(self, request: Any, people: list[TitleApplication], problem: str) -> HttpResponse:
        lines = [
            {
                "application": one,
                "verdict": result_with(one.verdict, one.hours_pending),
                "facts": [item.label for item in check_items(one)],
                "files": _all_files(one),
                "doubts": [check.label for check in one.checks.all() if check.finding == Finding.DOUBT],
            }
            for one in people
        ]
        context = {"lines": lines, "problem": problem, "has_errors": bool(problem)}
        return render(request, "applications/batch.html", context, status=422 if problem else 200)


def _all_files(application: TitleApplication) -> list[FileRow]:
    return [
        FileRow(one["name"], "", reverse("attachments:download", args=[one["attachment"]]))
        for one in application.snapshot.get("files", [])
    ]


class HoursView(RoleRequired, View):
    """补充学时 after submission: one line of 继续教育 with its proof."""

    roles = (Role.ENT_HR,)

    def get(self, request: Any, pk: int) -> HttpResponse:
        application = get_visible(TitleApplication, request.actor, pk, ("person", "round", "cycle"))
        form = RECORD_FORMS["hours"](initial={"year": application.cycle.year})
        return self._page(request, application, form, supplement_hours.reasons(application, request.actor))

    def post(self, request: Any, pk: int) -> HttpResponse:
        application = get_visible(TitleApplication, request.actor, pk, ("person", "round", "cycle"))
        form = RECORD_FORMS["hours"](request.POST)
        if not form.is_valid():
            return self._page(request, application, form, [], status=422)
        note = form.cleaned_data["content"]
        rows = [form.cleaned_data]
        application, reasons = run(supplement_hours, application, request, rows=rows, note=note)
        if reasons:
            return self._page(request, application, form, spread(reasons, form), status=422)
        messages.success(
            request, f"学时已补充，自查结论：{result_with(application.verdict, application.hours_pending)}。"
        )
        return redirect("applications:review", pk=pk)

    def _page(self, request: Any, application: Any, form: Any, reasons: list[Any], status: int = 200) -> HttpResponse:
        context = {"application": application, "form": form, "reasons": reasons, **tokens(request, application)}
        return render(request, "applications/hours.html", context, status=status)
