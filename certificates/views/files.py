"""Files beside a case, and the download of a batch."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header

from certificates.documents import plain_bytes
from certificates.models import CertificateBatch
from jiaxing_titles.actions.views import ActionView
from jiaxing_titles.attachments.models import Attachment
from jiaxing_titles.ui.components import FileRow
from jiaxing_titles.ui.formats import file_size

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def file_rows(attachments: Iterable[Attachment]) -> list[FileRow]:
    return [
        FileRow(
            one.original_name,
            f"{one.kind.upper()}，{file_size(one.size)}",
            reverse("attachments:download", args=[one.pk]),
        )
        for one in attachments
    ]


class BatchDownloadView(ActionView):
    """The step `download_file` first, with its reason and record; the bytes are its answer."""

    step_name = "certificates.download_file"
    console = True

    def finished(self, request: Any, case: CertificateBatch) -> HttpResponse:
        file = case.files.select_related("job", "batch").get(format=request.POST["format"])
        response = HttpResponse(plain_bytes(file.job), content_type=TYPES[file.format])
        response.headers["Content-Disposition"] = content_disposition_header(True, file.download_name)
        response["Cache-Control"] = "private, no-store"
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return response

    def make_form(self, case: Any, request: Any, bound: bool = False) -> Form:
        form = super().make_form(case, request, bound)
        asked = request.GET.get("format", "")
        if not bound and asked in TYPES:
            form.fields["format"].initial = asked
        return form
