"""公示公告: the list, a notice of the city with its people, an issued document, objections by name."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from certificates.forms.public import ObjectionCodeForm, ObjectionForm
from certificates.models import AnnouncementDocument, ResultRoster
from certificates.queries import public
from certificates.views.responses import posted, private_page, signed_paper
from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import SYSTEM
from jiaxing_titles.actions import Blocked
from jiaxing_titles.publicity.actions import receive_objection
from jiaxing_titles.publicity.choices import PeriodKind, PeriodState
from jiaxing_titles.publicity.models import Objection, PublicityPeriod
from jiaxing_titles.ratelimit.limiter import (
    OBJECTION_BY_ADDRESS,
    OBJECTION_BY_PHONE,
    VERIFY_BY_ADDRESS,
    too_often,
)
from jiaxing_titles.ui.paging import page_of

NEWEST = {"newest": ["-id"]}


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Every notice, newest first: company, kind, dates, count; never a name."""
    periods = public.public_periods()
    kind = request.GET.get("kind", "")
    if kind in PeriodKind.values:
        periods = periods.filter(kind=kind)
    page = page_of(request, periods, NEWEST)
    rows = public.notices_about(page.rows, clock.today())
    return render(request, "certificates/notices.html", {"page": page, "rows": rows, "kind": kind, "kinds": PeriodKind})


@require_safe
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice; the people only of the city's, and only as long as its list is up."""
    period = get_object_or_404(public.public_periods(), pk=pk)
    today = clock.today()
    up = public.list_is_up(period, today)
    context = {
        "period": period,
        "counted_days": [date.fromisoformat(day) for day in period.counted_days],
        "today": today,
        "list_is_up": up,
        "is_city": period.kind == PeriodKind.CITY,
        "running": period.state == PeriodState.RUNNING,
        "entries": public.shown_entries(period) if up else [],
        "headings": public.WHITELIST,
        "count": period.entries.filter(removed_at=None).count(),
        "roster": ResultRoster.objects.select_related("pdf").filter(period=period).first() if up else None,
    }
    return private_page(request, "certificates/notice.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def objection_form(request: HttpRequest, pk: int) -> HttpResponse:
    """提出异议: named, against one person of the list; a late one is kept and marked."""
    periods = public.public_periods().filter(kind=PeriodKind.CITY)
    period = get_object_or_404(periods, pk=pk)
    if not public.list_is_up(period, clock.today()):
        raise Http404
    form = ObjectionForm(posted(request), initial={"number": request.GET.get("number", "")[:6]})
    if request.method == "POST" and form.is_valid():
        return _receive(request, period, form)
    status = 422 if form.is_bound else 200
    return private_page(request, "certificates/objection_form.html", {"form": form, "period": period}, status=status)


def _receive(request: HttpRequest, period: PublicityPeriod, form: ObjectionForm) -> HttpResponse:
    facts: dict[str, Any] = dict(form.cleaned_data)
    entry = period.entries.filter(number=facts.pop("number"), removed_at=None).first()
    if entry is None:
        form.add_error("number", "名单上没有这个序号，请核对公示名单第一列。")
        return private_page(request, "certificates/objection_form.html", {"form": form, "period": period}, status=422)
    for limit, key in ((OBJECTION_BY_ADDRESS, ""), (OBJECTION_BY_PHONE, facts["phone"])):
        if refused := too_often(request, limit, key):
            return refused
    try:
        objection = receive_objection(period, actor=SYSTEM, entry=entry, **facts)
    except Blocked as blocked:
        form.add_error(None, str(blocked))
        return private_page(request, "certificates/objection_form.html", {"form": form, "period": period}, status=409)
    return redirect("certificates:objection", code=objection.code)


@require_http_methods(["GET", "HEAD", "POST"])
def objection_lookup(request: HttpRequest) -> HttpResponse:
    """Type the number of an objection to see where it stands."""
    form = ObjectionCodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        return redirect("certificates:objection", code=form.cleaned_data["code"].strip().upper())
    status = 422 if form.is_bound else 200
    return private_page(request, "certificates/objection_lookup.html", {"form": form}, status=status)


@require_safe
def objection(request: HttpRequest, code: str) -> HttpResponse:
    """Where an objection stands, by its number; says neither who objected nor against whom."""
    if refused := too_often(request, VERIFY_BY_ADDRESS):
        return refused
    found = Objection.objects.filter(code=code.upper()).select_related("period").first()
    return private_page(request, "certificates/objection.html", {"objection": found, "code": code[:16]})


@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """Issued documents, newest first."""
    page = page_of(request, public.issued_documents(), NEWEST)
    return render(request, "certificates/documents.html", {"page": page})


@require_safe
def announcement(request: HttpRequest, pk: int) -> HttpResponse:
    """The document as issued; what was corrected since stands above it, the text itself is never touched (F-79)."""
    found = get_object_or_404(public.issued_documents().select_related("supplementary_to", "pdf"), pk=pk)
    context = {
        "document": found,
        "lines": found.lines.select_related("line").order_by("number"),
        "corrections": list(public.corrections_of(found)),
        "supplements": public.issued_documents().filter(supplementary_to=found),
    }
    response = render(request, "certificates/announcement.html", {**context, "noindex": True})
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def notice_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    period = get_object_or_404(public.public_periods().filter(kind=PeriodKind.CITY), pk=pk)
    roster = ResultRoster.objects.select_related("pdf").filter(period=period).first()
    if roster is None or not public.list_is_up(period, clock.today()):
        raise Http404
    return signed_paper(roster.pdf)


@require_safe
def announcement_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    found: AnnouncementDocument = get_object_or_404(public.issued_documents().select_related("pdf"), pk=pk)
    return signed_paper(found.pdf)
