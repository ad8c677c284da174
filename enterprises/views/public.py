"""企业名单 for everybody: by year, as page, JSON and CSV; the self-check before applying. No session, no user."""

from __future__ import annotations

import csv
import itertools
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from enterprises.choices import Condition, Level, Section
from enterprises.models import ReviewAuthority
from enterprises.queries import approved_plan, public
from enterprises.rules.standing import standing_on
from jiaxing_titles import clock

COLUMNS = ("年度", "县(市、区)", "企业名称", "统一社会信用代码", "系列", "级别", "专业", "状态", "授予日期")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The newest published year."""
    years = public.published_years()
    if years:
        return redirect("enterprises:list", years[0])
    return render(request, "enterprises/public_list.html", {"years": [], "year": None})


@require_safe
def year_list(request: HttpRequest, year: int) -> HttpResponse:
    lists = public.published_lists(year)
    if not lists:
        raise Http404("这一年度还没有公布名单。")
    lines = public.public_lines(year, clock.today())
    counties = [(county, list(group)) for county, group in itertools.groupby(lines, key=lambda line: line.county)]
    context = {"year": year, "years": public.published_years(), "lists": lists, "counties": counties}
    return render(request, "enterprises/public_list.html", context)


def _rows(year: int) -> list[list[str]]:
    if not public.published_lists(year):
        raise Http404("这一年度还没有公布名单。")
    return [
        [
            str(year),
            line.county,
            line.name,
            line.credit_code,
            "工程技术",
            "、".join(line.levels),
            "、".join(line.specialities),
            line.status_word,
            line.granted_on.isoformat(),
        ]
        for line in public.public_lines(year, clock.today())
    ]


@require_safe
def year_json(request: HttpRequest, year: int) -> JsonResponse:
    """Open data: the list with its decision and hash (F-10, F-11)."""
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in _rows(year)]
    lists: list[dict[str, Any]] = [
        {
            "批次": one.number,
            "公布时间": one.published_at,
            "研究日期": one.decision.held_on,
            "名单校验值": one.decision.list_hash,
        }
        for one in public.published_lists(year)
    ]
    return JsonResponse({"年度": year, "名单": lists, "企业": rows}, json_dumps_params={"ensure_ascii": False})


@require_safe
def year_csv(request: HttpRequest, year: int) -> HttpResponse:
    """The same rows with a byte order mark, so that Excel shows Chinese."""
    rows = _rows(year)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="enterprises-{year}.csv"'
    csv.writer(response).writerows([COLUMNS, *rows])
    return response


@require_safe
def enterprise(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """One company of a year: what it may review, and its plan in force for all to read (R-6.2.2)."""
    authority = get_object_or_404(
        ReviewAuthority.objects.select_related("cycle", "enterprise__organisation__supervisor"),
        pk=pk,
        cycle__year=year,
    )
    plan = approved_plan(authority.enterprise, authority.cycle)
    texts = dict(plan.sections.values_list("kind", "text")) if plan else {}
    now = standing_on(clock.today(), year, authority.facts())
    context = {
        "authority": authority,
        "levels": [Level(level).label for level in authority.levels],
        "specialities": [one.name for one in authority.specialities.all()],
        "word": public.STATUS_WORDS[now.status],
        "reasons": now.reasons,
        "plan": plan,
        "sections": [(section.label, texts.get(section.value, "")) for section in Section] if plan else [],
        "criteria": list(plan.criteria.select_related("speciality")) if plan else [],
    }
    return render(request, "enterprises/public_enterprise.html", context)


@require_safe
def self_check(request: HttpRequest) -> HttpResponse:
    """适合自查: four questions before signing in; nothing is stored."""
    asked = [(condition, request.GET.get(condition.value, "")) for condition in Condition]
    answered = all(answer in ("yes", "no") for _, answer in asked)
    missing = [condition.label for condition, answer in asked if answer == "no"]
    forgotten = [condition for condition, answer in asked if answer not in ("yes", "no")]
    context = {
        "questions": asked,
        "answered": answered,
        "missing": missing,
        "forgotten": forgotten if any(answer for _, answer in asked) or request.GET else [],
    }
    return render(request, "enterprises/public_self_check.html", context)
