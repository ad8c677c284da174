"""Headers of pages that name people or answer a code: no search engine, no cache."""

from __future__ import annotations

from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from certificates.ratelimit import Limit, client_address, minutes_to_wait
from jiaxing_titles.documents.models import DocumentJob


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: also a POST without a single value is one, and is told what is missing."""
    return request.POST if request.method == "POST" else None


def private_page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of one visitor: neither kept nor indexed."""
    response = render(request, template, {**context, "noindex": True}, status=status)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def too_often(request: HttpRequest, limit: Limit, key: str = "") -> HttpResponse | None:
    """The page that says when to come back, once the tries of this window are used up."""
    minutes = minutes_to_wait(limit, key or client_address(request))
    if not minutes:
        return None
    response = private_page(request, "certificates/too_often.html", {"minutes": minutes}, status=429)
    response["Retry-After"] = str(minutes * 60)
    return response


def signed_paper(job: DocumentJob | None) -> HttpResponse:
    """The PDF made when it was signed; 404 until the worker has finished it."""
    if job is None or job.state != DocumentJob.State.DONE or not default_storage.exists(job.file.name):
        raise Http404
    response = FileResponse(job.file.open("rb"), filename=job.filename, content_type="application/pdf")
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Robots-Tag"] = "noindex"
    return response
