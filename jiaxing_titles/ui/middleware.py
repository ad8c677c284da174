"""The response headers of every page, in one place, and the notice for browsers that cannot show them."""

from __future__ import annotations

import re
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from jiaxing_titles.ui.errors import not_found

CONTENT_SECURITY_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "font-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "frame-src": "'self'",
    "object-src": "'none'",
}
HEADERS = {
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# Files are shown inside our own pages (viewer of a material); nothing else may be framed.
FRAMED_BY_OURSELVES = re.compile(r"^/files/")
OLD_KERNEL = re.compile(r"MSIE |Trident/")


def policy(path: str) -> str:
    """The Content-Security-Policy of a path."""
    ancestors = "'self'" if FRAMED_BY_OURSELVES.match(path) else "'none'"
    parts = CONTENT_SECURITY_POLICY | {"frame-ancestors": ancestors}
    return "; ".join(f"{name} {value}" for name, value in parts.items())


class SecurityHeadersMiddleware:
    """Sets the headers unless the view set stricter ones; says in words what a 405 or an IE kernel means."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        old = OLD_KERNEL.search(request.headers.get("User-Agent", ""))
        if old:
            response = render(request, "public/browser.html", {"turned_away": True})
        elif "\0" in request.path:  # no address of ours has one, and PostgreSQL takes none in a text
            response = not_found(request)
        else:
            response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            explained = render(request, "405.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
            explained.headers["Allow"] = response.headers["Allow"]
            response = explained
        response.headers.setdefault("Content-Security-Policy", policy(request.path))
        framed = FRAMED_BY_OURSELVES.match(request.path)
        response.headers.setdefault("X-Frame-Options", "SAMEORIGIN" if framed else "DENY")
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie"])  # the size of the type comes by cookie
        return response
