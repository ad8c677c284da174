"""Files leave only here, each time after asking who may read them; a stranger gets 404.

`download` always saves to disk. `view` is a page of pictures without scripts, made to be framed by our own pages
(`<iframe src="/files/7/view/">`): pictures were encoded by us, PDF pages are drawn by us (preview.py).
"""

import logging
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views import View

from jiaxing_titles.accounts.access import RoleRequired
from jiaxing_titles.attachments import preview
from jiaxing_titles.attachments.access import may_read
from jiaxing_titles.attachments.models import Attachment

log = logging.getLogger(__name__)

PAGES_AT_ONCE = 10
LOCKED_AWAY = "default-src 'none'; sandbox; frame-ancestors 'self'"
# The page itself keeps our origin, or the browser would fetch its pictures without the session; it has no scripts.
VIEWER = (
    "default-src 'none'; img-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-same-origin allow-downloads"
)


class AttachmentView(RoleRequired, View):
    """Finds the file for its readers and sets the headers that all answers share."""

    policy = LOCKED_AWAY

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        if response.status_code == 200:
            response["Content-Security-Policy"] = self.policy
            response["X-Frame-Options"] = "SAMEORIGIN"
            response["X-Content-Type-Options"] = "nosniff"
            response["Cache-Control"] = "private, no-store"
        return response

    def find(self, request: Any, pk: int) -> Attachment:
        attachment = get_object_or_404(Attachment, pk=pk)
        if not may_read(attachment, request.actor):
            raise Http404
        return attachment

    def opened(self, attachment: Attachment) -> Any:
        try:
            return attachment.file.open("rb")
        except FileNotFoundError as error:
            log.error("attachment %s is missing in storage", attachment.pk)
            raise Http404("文件在服务器上已缺失，请联系管理员。") from error


class DownloadView(AttachmentView):
    """The file under its original name (RFC 6266), never shown by the browser itself."""

    def get(self, request: HttpRequest, pk: int) -> FileResponse:
        attachment = self.find(request, pk)
        return FileResponse(
            self.opened(attachment),
            as_attachment=True,
            filename=attachment.original_name,
            content_type="application/octet-stream",
        )


class ViewerView(AttachmentView):
    """Ten pages at a time, as pictures; other kinds get a download link."""

    policy = VIEWER

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        attachment = self.find(request, pk)
        total = (attachment.pages or 0) if attachment.is_viewable else 0
        asked = request.GET.get("from", "1")
        first = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
        first = min(max(first, 1), max(total, 1))
        context = {
            "attachment": attachment,
            "pages": range(first, min(first + PAGES_AT_ONCE, total + 1)),
            "previous": max(first - PAGES_AT_ONCE, 1) if first > 1 else None,
            "next": first + PAGES_AT_ONCE if first + PAGES_AT_ONCE <= total else None,
        }
        return render(request, "attachments/view.html", context)


class PageView(AttachmentView):
    """One page as a picture."""

    def get(self, request: HttpRequest, pk: int, page: int) -> HttpResponseBase:
        attachment = self.find(request, pk)
        if not attachment.is_viewable or not 1 <= page <= (attachment.pages or 0):
            raise Http404
        if attachment.kind != Attachment.Kind.PDF:
            kind = "image/jpeg" if attachment.kind == Attachment.Kind.JPG else "image/png"
            return FileResponse(self.opened(attachment), content_type=kind)
        try:
            return HttpResponse(preview.page_png(attachment, page), content_type="image/png")
        except preview.NoPreview as problem:
            raise Http404(str(problem)) from problem
        except FileNotFoundError as error:
            log.error("attachment %s is missing in storage", attachment.pk)
            raise Http404("文件在服务器上已缺失，请联系管理员。") from error
