"""Error pages: what happened, what became of the answers, the way on. No trace, no codes, no blame."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jiaxing_titles.actions import NotPermitted


def error_page(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    """`templates/<status>.html` with that status; 429 takes `minutes`, 409 `case` and `typed`, 503 `until`."""
    return render(request, f"{status}.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403; a NotPermitted tells in its own sentence who may do it."""
    sentence = exception.sentence if isinstance(exception, NotPermitted) else ""
    return error_page(request, 403, sentence=sentence)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return error_page(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: most often a page left open overnight."""
    return render(request, "403_csrf.html", status=403)
