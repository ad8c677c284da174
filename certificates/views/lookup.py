"""结果查询 and 证书验证: a code in, one answer out; wrong and none are told alike (decision 39)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from applications.models import TitleApplication
from applications.queries import find_by_lookup_code, status_of
from certificates.forms.public import QueryForm, VerifyForm
from certificates.models import TitleGrant
from certificates.queries import public
from certificates.rules.codes import canonical
from certificates.views.responses import posted, private_page
from jiaxing_titles.identity.names import mask
from jiaxing_titles.ratelimit.limiter import QUERY_BY_ADDRESS, VERIFY_BY_ADDRESS, too_often

# The 2019 address of the 办法 may be dead by now, so it is a setting.
PORTAL = getattr(settings, "CERTIFICATE_PORTAL", "https://www.zjzwfw.gov.cn/")


@require_http_methods(["GET", "HEAD", "POST"])
def query(request: HttpRequest) -> HttpResponse:
    """查询码 + 姓名. The answer comes in the page of the POST: nothing personal is ever part of an address."""
    form = QueryForm(posted(request))
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        if refused := too_often(request, QUERY_BY_ADDRESS):
            return refused
        found = find_by_lookup_code(form.cleaned_data["code"], form.cleaned_data["name"])
        context |= {"asked": True, "result": _result(found) if found else None, "form": QueryForm()}
    status = 422 if form.is_bound and form.errors else 200
    return private_page(request, "certificates/query.html", context, status=status)


def _result(application: TitleApplication) -> dict[str, Any]:
    """No votes, no scores, no numbers; the name masked."""
    grant = TitleGrant.objects.filter(application=application).select_related("document").first()
    line = getattr(application, "roster_line", None)
    noticing = application.state == "city_noticing" and line is not None and line.roster.period_id
    return {
        "name": mask(application.person.name),
        "year": application.cycle.year,
        "level": application.get_level_display(),
        "speciality": application.speciality.name,
        "status": status_of(application),
        "notice": line.roster.period_id if noticing and line else None,
        "document": grant.document if grant else None,
        "portal": PORTAL if grant else "",
    }


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Type a code; a well-formed one has an address of its own, for the QR code leads there too."""
    form = VerifyForm(posted(request))
    if request.method == "POST" and form.is_valid():
        code = canonical(form.cleaned_data["code"])
        if code:
            return redirect("certificates:verify_code", code=code)
        return _answer(request, form.cleaned_data["code"])
    status = 422 if form.is_bound else 200
    return private_page(request, "certificates/verify.html", {"form": form}, status=status)


@require_safe
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    return _answer(request, code)


def _answer(request: HttpRequest, code: str) -> HttpResponse:
    if refused := too_often(request, VERIFY_BY_ADDRESS):
        return refused
    found = public.verify(code)
    context = {
        "found": found,
        "name": mask(found.grant.person.name) if found.grant else "",
        "host": request.get_host(),
        "portal": PORTAL,
    }
    return private_page(request, "certificates/verified.html", context)
