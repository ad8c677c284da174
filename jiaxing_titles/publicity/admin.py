from __future__ import annotations

from typing import Any

from django.contrib import admin

from jiaxing_titles.console.case_admin import CaseAdmin
from jiaxing_titles.publicity.models import Objection, PublicityPeriod
from jiaxing_titles.ui.components import Cell, Column, FileRow, Table
from jiaxing_titles.ui.formats import cn_date, cn_datetime, cn_day


@admin.register(PublicityPeriod)
class PublicityPeriodAdmin(CaseAdmin):
    list_display = ("title", "kind", "organisation", "opened_on", "ends_on", "state")
    list_filter = ("kind", "state", "cycle")
    list_select_related = ("organisation", "cycle")
    fields = (
        "title",
        "kind",
        "organisation",
        "cycle",
        "opened_on",
        "ends_on",
        "days",
        "extra_days",
        "awaits_year",
        "content_hash",
    )

    def tables(self, entry: Any) -> list[Table]:
        """The days that count, and how they came about: every change is kept."""
        rows = [
            [
                Cell(cn_datetime(change.at)),
                Cell(change.get_kind_display()),
                Cell(str(change.entry or "全部")),
                Cell(cn_day(change.ends_before) if change.ends_before else ""),
                Cell(cn_day(change.ends_after)),
                Cell(change.reason),
            ]
            for change in entry.changes.select_related("entry")
        ]
        names = ("时间", "变更", "人员", "原截止日", "现截止日", "说明")
        days = [[Cell(str(number)), Cell(cn_date(day))] for number, day in enumerate(entry.counted_days, 1)]
        return [
            Table([Column("第几天"), Column("工作日")], days, caption="计入的工作日", empty="还没有发布。"),
            Table([Column(name) for name in names], rows, caption="公示期变更", empty="没有变更。"),
        ]


@admin.register(Objection)
class ObjectionAdmin(CaseAdmin):
    """Who objected is not shown here: the investigators read it on their own desk, and that is recorded."""

    list_display = ("code", "period", "entry", "received_at", "reply_due_on", "state")
    list_filter = ("state",)
    list_select_related = ("period", "entry")
    fields = ("code", "period", "entry", "text", "received_at", "late", "reply_due_on", "findings", "reply")

    def files(self, entry: Any) -> list[FileRow]:
        return [FileRow.of(one) for one in entry.evidence.order_by("pk")]
