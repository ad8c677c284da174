"""Error pages: what happened, what became of the answers, the way on. No trace, no codes, no blame."""

import re
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def error_page(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    """`templates/<status>.html` with that status; 429 takes `minutes`, 409 `case` and `typed`, 503 `until`."""
    return render(request, f"{status}.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    too_large = isinstance(exception, RequestDataTooBig)
    return error_page(request, 413 if too_large else 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403; our own refusals say who may do it, those of the framework are in English and stay unsaid."""
    said = str(exception or "")
    return error_page(request, 403, sentence=said if _CHINESE.search(said) else "")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return error_page(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: most often a page left open overnight."""
    return render(request, "403_csrf.html", status=403)
