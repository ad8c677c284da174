"""Progress and download of a document job; nobody learns of another's jobs (404)."""

from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views import View

from jiaxing_titles.accounts.access import RoleRequired
from jiaxing_titles.documents import jobs
from jiaxing_titles.documents.models import DocumentJob
from jiaxing_titles.ui.paging import page_of


def _readable(request: Any, pk: int) -> DocumentJob:
    job = get_object_or_404(DocumentJob.objects.select_related("organisation"), pk=pk)
    if not jobs.may_read(job, request.actor):
        raise Http404
    return job


class JobListView(RoleRequired, View):
    """我的文件：the acting person's own jobs, newest first."""

    def get(self, request: Any) -> HttpResponse:
        page = page_of(request, jobs.jobs_of(request.actor), {"newest": ["-id"]})
        return render(request, "jobs/list.html", {"page": page})


class JobView(RoleRequired, View):
    """Progress; htmx fetches only the changing part, without JavaScript the page reloads itself."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        job = _readable(request, pk)
        template = "jobs/progress.html" if request.headers.get("HX-Request") == "true" else "jobs/job.html"
        response = render(request, template, {"job": job})
        response["Cache-Control"] = "no-store"
        return response


class JobFileView(RoleRequired, View):
    """The finished file, always as a download."""

    def get(self, request: HttpRequest, pk: int) -> FileResponse:
        job = _readable(request, pk)
        if not job.has_file or not default_storage.exists(job.file.name or ""):
            raise Http404
        response = FileResponse(
            job.file.open("rb"), as_attachment=True, filename=job.filename, content_type="application/octet-stream"
        )
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        response["Cache-Control"] = "private, no-store"
        return response
