"""Headers of pages that name people or answer a code: no search engine, no cache."""

from __future__ import annotations

from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

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


def signed_paper(job: DocumentJob | None) -> HttpResponse:
    """The PDF made when it was signed; 404 until the worker has finished it."""
    if job is None or job.state != DocumentJob.State.DONE or not default_storage.exists(job.file.name):
        raise Http404
    response = FileResponse(job.file.open("rb"), filename=job.filename, content_type="application/pdf")
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Robots-Tag"] = "noindex"
    return response
