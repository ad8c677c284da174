from __future__ import annotations

from typing import Any

from django.contrib import admin

from jiaxing_titles.console.case_admin import CaseAdmin
from jiaxing_titles.publicity.models import Objection, PublicityPeriod
from jiaxing_titles.ui.components import Cell, Column, FileRow, Table
from jiaxing_titles.ui.formats import cn_day


@admin.register(PublicityPeriod)
class PublicityPeriodAdmin(CaseAdmin):
    list_display = ("title", "kind", "organisation", "opened_on", "ends_on", "state")
    list_filter = ("kind", "state", "cycle")
    list_select_related = ("organisation", "cycle")
    fields = ("title", "kind", "organisation", "cycle", "opened_on", "ends_on", "days", "extra_days", "content_hash")

    def tables(self, entry: Any) -> list[Table]:
        """How its days came about: every change is kept."""
        rows = [
            [
                Cell(change.get_kind_display()),
                Cell(str(change.entry or "全部")),
                Cell(cn_day(change.ends_after)),
                Cell(change.reason),
            ]
            for change in entry.changes.select_related("entry")
        ]
        columns = [Column("变更"), Column("人员"), Column("现截止日"), Column("说明")]
        return [Table(columns, rows, caption="公示期变更", empty="没有变更。")]


@admin.register(Objection)
class ObjectionAdmin(CaseAdmin):
    """Who objected is not shown here: the investigators read it on their own desk, and that is recorded."""

    list_display = ("code", "period", "entry", "received_at", "reply_due_on", "state")
    list_filter = ("state",)
    list_select_related = ("period", "entry")
    fields = ("code", "period", "entry", "text", "received_at", "late", "reply_due_on", "findings", "reply")

    def files(self, entry: Any) -> list[FileRow]:
        return [FileRow.of(one) for one in entry.evidence.order_by("pk")]
