"""Error pages: what happened, what became of the answers, the way on. No trace, no codes, no blame."""

import re
import sys
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from jiaxing_titles.ui.context import SITE

RETRY_AFTER = 10  # seconds; PostgreSQL is back from a restart within less
# Connection failures, shutting down by order or by a crash, starting up, idle for too long; too many connections.
_LAST_WORDS = ("08", "57P01", "57P02", "57P03", "57P05", "25P03", "53300")
_OURS = "-"  # Django raises errors of the database itself, where an update met no row
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def error_page(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    """`templates/<status>.html` with that status; 429 takes `minutes`, 409 `case` and `typed`."""
    return render(request, f"{status}.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if database_away(exception):  # a session that could not be saved is a bad request to the framework
        return unavailable(request)
    too_large = isinstance(exception, RequestDataTooBig)
    return error_page(request, 413 if too_large else 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403; our own refusals say who may do it, those of the framework are in English and stay unsaid."""
    said = str(exception or "")
    return error_page(request, 403, sentence=said if _CHINESE.search(said) else "")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Of every exception that nobody expected, in a view or in what stands around it."""
    return unavailable(request) if database_away(sys.exception()) else error_page(request, 500)


def database_away(broken: BaseException | None) -> bool:
    """Whether it came of a connection that was refused or lost.

    By then Django may have opened the next one, so only the error can tell: one with a code of PostgreSQL's was told by
    a server that still listened, unless it was its last word.
    """
    while broken is not None:
        code = getattr(broken.__cause__, "pgcode", _OURS) or ""
        if type(broken) in (OperationalError, DatabaseError) and (not code or code.startswith(_LAST_WORDS)):
            return True
        if isinstance(broken, InterfaceError) and str(broken).endswith("already closed"):
            return True
        broken = broken.__cause__ or broken.__context__
    return False


def unavailable(request: HttpRequest) -> HttpResponse:
    """503 without session, person and time of the demo, which would ask the database again.

    A page that only shows (the big screen) tries again by itself; what was sent is sent again by a person alone.
    """
    again = RETRY_AFTER if request.method == "GET" else None
    page = render_to_string("503.html", {"platform": SITE, "again": again})
    headers = {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"}
    return HttpResponse(page, status=HTTPStatus.SERVICE_UNAVAILABLE, headers=headers)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: most often a page left open overnight."""
    return render(request, "403_csrf.html", status=403)
