"""This stage in the officials' console: registers are read, steps change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from certificates.choices import BatchKind, DocumentState
from certificates.models import (
    AnnouncementDocument,
    Annulment,
    Appointment,
    CertificateBatch,
    ColumnProfile,
    IssuedNumber,
    ResultRoster,
    TitleGrant,
)
from certificates.queries.announcement import sorted_lines
from certificates.queries.annulment import downstream
from certificates.queries.fulfilment import Fulfilment, fulfilment
from certificates.queries.roster import candidates
from certificates.rules.columns import FIELDS
from certificates.views.files import BatchDownloadView, file_rows
from jiaxing_titles.console.case_admin import CaseAdmin, RegisterAdmin
from jiaxing_titles.documents.jobs import request_document
from jiaxing_titles.policy.models import Cycle
from jiaxing_titles.reasons import Reason
from jiaxing_titles.ui.components import Cell, Column, FileRow, Table
from jiaxing_titles.ui.formats import cn_datetime

SHOWN = 200
PEOPLE = [
    Column("序号", number=True),
    Column("工作单位"),
    Column("姓名"),
    Column("专业"),
    Column("资格"),
    Column("途径"),
]


def _cells(number: int, line: Any) -> list[Any]:
    return [number, line.company, line.shown_name, line.speciality, line.title, line.route]


def _caption(shown: int, total: int) -> str:
    return f"名单（{total}人）" if shown == total else f"名单（共{total}人，这里显示前{shown}人，全部见PDF）"


def _held(rows: Sequence[tuple[Any, Sequence[Reason]]], caption: str) -> Table:
    columns = [Column("人员"), Column("原因"), Column("依据")]
    cells = [[str(one), "；".join(r.text for r in reasons), reasons[0].clause] for one, reasons in rows]
    return Table(columns, cells, caption=caption, empty=f"没有{caption}。")


def _fulfilment_table(rows: Sequence[Fulfilment]) -> Table:
    words = ("应兑现", "已兑现", "未聘任", "本人反映未兑现", "逾期")
    columns = [Column("企业"), *(Column(word, number=True) for word in words)]
    cells = [[one.company, one.total, one.fulfilled, one.absent, one.disputed, one.overdue] for one in rows]
    return Table(columns, cells, "兑现情况（人）", "还没有公布的人员。")


class PdfCaseAdmin(CaseAdmin):
    """A case with a paper: the draft is made on request, the final one when it is signed."""

    pdf_kind = ""
    change_form_template = "certificates/console/case_with_pdf.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.preview))
        own = path("<int:pk>/pdf/", view, name=f"certificates_{self.opts.model_name}_pdf")
        return [own, *super().get_urls()]

    def preview(self, request: Any, pk: int) -> HttpResponse:
        """Asks the worker for the paper as it would be printed now."""
        case = get_object_or_404(self.get_queryset(request), pk=pk)
        job = request_document(self.pdf_kind, actor=request.actor, title=str(case), pk=case.pk)
        return redirect(job.get_absolute_url())

    def more(self, request: HttpRequest, entry: Any) -> dict[str, Any]:
        return {"pdf_url": reverse(f"admin:certificates_{self.opts.model_name}_pdf", args=[entry.pk])}


@admin.register(ResultRoster)
class ResultRosterAdmin(PdfCaseAdmin):
    pdf_kind = "certificates.notice"
    list_display = ("title", "cycle", "number", "signed_on", "state")
    list_filter = ("state", "cycle")
    list_select_related = ("cycle",)
    empty = "还没有市局公示。在“评审结果汇总”中打开本年度的汇总，点“拟定市局公示”。"

    def tables(self, entry: ResultRoster) -> Sequence[Table]:
        lines = list(entry.lines.order_by("number")[:SHOWN])
        rows = [[*_cells(line.number, line), line.get_fate_display()] for line in lines]
        people = Table([*PEOPLE, Column("公布")], rows, _caption(len(lines), entry.lines.count()), "名单上没有人。")
        if entry.period_id is None:
            return [people, _held(candidates(entry.cycle).held, "审议通过但现在不能公示的人")]
        found = sorted_lines(entry)
        more = f"（另有{len(found.noticing)}人公示期还没有满）" if found.noticing else ""
        return [people, _held(found.held, f"因异议等原因不能公布的人{more}")]


@admin.register(AnnouncementDocument)
class AnnouncementDocumentAdmin(PdfCaseAdmin):
    pdf_kind = "certificates.announcement"
    list_display = ("title", "number", "dated_on", "cycle", "state")
    list_filter = ("state", "cycle")
    search_fields = ("number__startswith",)
    list_select_related = ("cycle",)
    empty = "还没有公布文件。公示期满后，在市局公示名单一页点“拟定公布文件”。"

    def tables(self, entry: AnnouncementDocument) -> Sequence[Table]:
        lines = list(entry.lines.select_related("line").order_by("number")[:SHOWN])
        rows = [_cells(one.number, one.line) for one in lines]
        people = Table(PEOPLE, rows, _caption(len(lines), entry.lines.count()), "文件上没有人。")
        found = sorted_lines(entry.roster)
        return [people, _held([*found.held, *found.noticing], "不在本文件的人及原因")]


@admin.register(ColumnProfile)
class ColumnProfileAdmin(CaseAdmin):
    begun_by = ("certificates.draft_profile",)
    list_display = ("name", "state", "updated_at")
    list_filter = ("state",)
    empty = "还没有列设置。在“人力社保局”中打开市局一页，点“拟定制证数据列设置”。"

    def tables(self, entry: ColumnProfile) -> Sequence[Table]:
        columns = [Column("列名"), Column("字段"), Column("必填"), Column("代码对照")]
        rows = [
            [
                one.title,
                f"固定：{one.constant}" if one.constant else FIELDS.get(one.source, "空列"),
                "必填" if one.required else "",
                "；".join(f"{plain}={code}" for plain, code in one.codes.items()),
            ]
            for one in entry.layout
        ]
        return [
            Table(columns, rows, f"列（{len(rows)}）"),
            Table([Column("可用字段")], [[one] for one in FIELDS.values()]),
        ]


@admin.register(CertificateBatch)
class CertificateBatchAdmin(CaseAdmin):
    begun_by = ("certificates.draft_batch",)
    list_display = ("number", "kind", "cycle", "total_rows", "delivered_on", "state")
    list_filter = ("state", "kind", "cycle")
    list_select_related = ("cycle",)
    change_form_template = "certificates/console/batch.html"
    empty = "还没有批次。公布文件印发后，点“建立制证数据批次”。"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(BatchDownloadView.as_view())
        return [path("<int:pk>/download/", view, name="certificates_batch_download"), *super().get_urls()]

    def tables(self, entry: CertificateBatch) -> Sequence[Table]:
        columns = [
            Column("序号", number=True),
            Column("工作单位"),
            Column("姓名"),
            Column("资格"),
            Column("回执"),
            Column("证书编号、原因"),
        ]
        lines = entry.lines.select_related("grant__line").order_by("serial")[:SHOWN]
        rows = [
            [
                one.serial,
                one.grant.line.company,
                one.grant.line.shown_name,
                one.grant.line.title,
                one.get_outcome_display(),
                one.refusal or (one.grant.certificate_number if one.kind == BatchKind.GRANT else ""),
            ]
            for one in lines
        ]
        receipts = [[str(one), cn_datetime(one.imported_at)] for one in entry.receipts.all()]
        people = Table(columns, rows, f"人员（{entry.total_rows}人，最多显示{SHOWN}人）")
        return [people, Table([Column("回执"), Column("导入时间")], receipts, "回执", "还没有回执。")]

    def more(self, request: Any, entry: CertificateBatch) -> dict[str, Any]:
        may_download = request.actor.role == "city_clerk"
        return {
            "batch_files": entry.files.select_related("job", "batch"),
            "download_url": reverse("admin:certificates_batch_download", args=[entry.pk]) if may_download else "",
        }


@admin.register(TitleGrant)
class TitleGrantAdmin(RegisterAdmin):
    list_display = ("line", "title", "document_number", "qualified_on", "certificate_number", "standing_word")
    list_filter = ("cycle",)
    search_fields = ("certificate_number", "line__name__startswith", "verify_code")
    list_select_related = ("line", "document")
    fields = ("line", "document", "qualified_on", "certificate_number", "verify_code")

    def get_queryset(self, request: Any) -> models.QuerySet[Any]:
        return super().get_queryset(request).with_standing()

    @admin.display(description="资格")
    def title(self, one: TitleGrant) -> str:
        return one.line.title

    @admin.display(description="公布文号")
    def document_number(self, one: TitleGrant) -> str:
        return one.document.number

    @admin.display(description="效力")
    def standing_word(self, one: TitleGrant) -> str:
        return one.standing.label


@admin.register(Appointment)
class AppointmentAdmin(CaseAdmin):
    list_display = ("person", "enterprise", "due_on", "post", "pay_from", "state")
    list_filter = ("state", "grant__cycle")
    list_select_related = ("person", "enterprise__organisation")
    sorts = {"due": ("due_on", "id")}
    change_list_template = "certificates/console/appointments.html"

    def list_view(self, request: Any) -> HttpResponse:
        """兑现率 by company of the newest year stands above the rows (F-83)."""
        response = super().list_view(request)
        if isinstance(response, TemplateResponse):
            cycles = Cycle.objects.filter(announcements__state=DocumentState.ISSUED).distinct()[:3]
            rows = fulfilment(request.actor, cycles[0]) if cycles else []
            response.context_data |= {"cycles": cycles, "fulfilment": _fulfilment_table(rows)}
        return response

    def files(self, entry: Appointment) -> Sequence[FileRow]:
        return file_rows(entry.evidence.all())


@admin.register(Annulment)
class AnnulmentAdmin(PdfCaseAdmin):
    pdf_kind = "certificates.annulment"
    list_display = ("person", "kind", "ground", "number", "decided_on", "state")
    list_filter = ("state", "kind")
    list_select_related = ("person",)
    empty = "没有案件。在“职称申报”中打开当事人的申报，点“立案：无效、撤销”。"

    def files(self, entry: Annulment) -> Sequence[FileRow]:
        return file_rows(entry.evidence.all())

    def tables(self, entry: Annulment) -> Sequence[Table]:
        rows = [
            [one.task, Cell("已办" if one.done else "待办", tone="green" if one.done else "amber"), one.detail]
            for one in downstream(entry)
        ]
        columns = [Column("后续事项"), Column("情况"), Column("说明")]
        return [Table(columns, rows, "决定后的办理", "作出决定后在这里显示。")]


@admin.register(IssuedNumber)
class IssuedNumberAdmin(RegisterAdmin):
    list_display = ("__str__", "used_for", "issued_on")
    list_filter = ()
