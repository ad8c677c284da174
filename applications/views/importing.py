"""The workbook pages: template, upload, what was found, confirm; and the export in the same shape (W7)."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views import View

from applications.actions import check_import, confirm_import, discard_import
from applications.choices import ImportState
from applications.models import AnnualRound, ImportBatch
from applications.queries.import_preview import previews_of
from applications.sheets import SCHEMA, examine, write_round
from jiaxing_titles.accounts.access import RoleRequired
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions.case import get_visible
from jiaxing_titles.actions.doing import run, spread, tokens
from jiaxing_titles.attachments.fields import AttachmentField
from jiaxing_titles.audit.queries import record_reveal
from jiaxing_titles.sheets import errors_workbook, template_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RELATED = ("enterprise__organisation", "round__cycle", "attachment")


def _workbook(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "private, no-store"
    return response


class UploadForm(forms.Form):
    file = AttachmentField(label="填好的工作簿", kinds=("xlsx",), max_mb=10)


class TemplateView(RoleRequired, View):
    roles = (Role.ENT_HR,)

    def get(self, request: Any) -> HttpResponse:
        return _workbook(template_workbook(SCHEMA), "人员导入模板.xlsx")


class UploadView(RoleRequired, View):
    """Step 1: download, fill in, choose the file."""

    roles = (Role.ENT_HR,)

    def get(self, request: Any) -> HttpResponse:
        return self._page(request, UploadForm(), [])

    def post(self, request: Any) -> HttpResponse:
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(request, form, [], status=422)
        enterprise = request.actor.organisation.enterprise
        batch, reasons = run(check_import, enterprise, request, versioned=False, file=form.cleaned_data["file"])
        if reasons:
            return self._page(request, form, spread(reasons, form), status=422)
        return redirect(batch)

    def _page(self, request: Any, form: UploadForm, reasons: list[Any], status: int = 200) -> HttpResponse:
        recent = ImportBatch.objects.visible_to(request.actor).select_related("uploaded_by")[:10]
        context = {"form": form, "reasons": reasons, "recent": recent}
        context |= tokens(request, request.actor.organisation.enterprise)
        return render(request, "applications/import.html", context, status=status)


class ResultView(RoleRequired, View):
    """Step 2: nothing written yet; errors by sheet, row and column. Step 3: what was written."""

    roles = (Role.ENT_HR,)

    def get(self, request: Any, pk: int) -> HttpResponse:
        return self._page(request, get_visible(ImportBatch, request.actor, pk, RELATED), [])

    def post(self, request: Any, pk: int) -> HttpResponse:
        batch = get_visible(ImportBatch, request.actor, pk, RELATED)
        step = discard_import if request.POST.get("then") == "discard" else confirm_import
        batch, reasons = run(step, batch, request)
        if reasons:
            return self._page(request, get_visible(ImportBatch, request.actor, pk, RELATED), reasons, status=422)
        if step is confirm_import:
            done = batch.outcome
            told = f"新增{done['added']}人，更新{done['changed']}人，没有变化{done['unchanged']}人"
            messages.success(request, f"已导入：{told}。")
        return redirect(batch)

    def _page(self, request: Any, batch: ImportBatch, reasons: list[Any], status: int = 200) -> HttpResponse:
        found, previews = None, []
        if batch.state == ImportState.CHECKED:
            with batch.attachment.file.open("rb") as source:
                found = examine(source, batch.enterprise, batch.round)
            previews = previews_of(found.people, batch.round)
        context = {"batch": batch, "found": found, "previews": previews, "reasons": reasons, **tokens(request, batch)}
        return render(request, "applications/import_result.html", context, status=status)


class ErrorsView(RoleRequired, View):
    """The uploaded workbook with its wrong cells marked; it can be corrected and sent again."""

    roles = (Role.ENT_HR,)

    def get(self, request: Any, pk: int) -> HttpResponse:
        batch = get_visible(ImportBatch, request.actor, pk, RELATED)
        with batch.attachment.file.open("rb") as source, tempfile.TemporaryDirectory() as folder:
            found = examine(source, batch.enterprise, batch.round)
            path = Path(folder) / "errors.xlsx"
            errors_workbook(source, found.errors, path)
            return _workbook(path.read_bytes(), "导入检查结果.xlsx")


class ExportView(RoleRequired, View):
    """A round in the shape of the template. Identity numbers are in it, so it is asked for by POST and recorded."""

    roles = (Role.ENT_HR,)

    def post(self, request: Any, pk: int) -> HttpResponse:
        year = get_visible(AnnualRound, request.actor, pk, ("enterprise__organisation", "cycle"))
        record_reveal(request.actor, year, "申报人员证件号码（导出）", "导出本单位申报资料")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "round.xlsx"
            write_round(year, path)
            return _workbook(path.read_bytes(), f"{year.cycle.year}年度申报资料.xlsx")
