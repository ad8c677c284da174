"""The registers of this stage in the officials' console: read here, changed by steps only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.urls import reverse

from applications.models import AnnualRound, ExceptionalFile, TitleApplication
from applications.queries import shares
from applications.rules.material import in_order
from applications.rules.routes import result_with
from jiaxing_titles.console.case_admin import CaseAdmin
from jiaxing_titles.ui.components import Column, FileRow, Row, Table


@admin.register(AnnualRound)
class AnnualRoundAdmin(CaseAdmin):
    """年度评审 of every company, by year."""

    list_display = ("enterprise", "cycle", "opens_on", "closes_on", "state")
    list_filter = ("cycle", "state")
    search_fields = ("enterprise__organisation__name__startswith",)
    list_select_related = ("enterprise__organisation", "cycle", "plan__enterprise__organisation", "plan__cycle")

    def rows(self, entry: AnnualRound) -> list[Row]:
        return [*super().rows(entry), *(Row(one.label, one.sentence) for one in shares(entry.applications.all()))]


@admin.register(TitleApplication)
class TitleApplicationAdmin(CaseAdmin):
    """个人申报: bureaus read the submitted version, they never write in it (R-1.1)."""

    list_display = ("person", "enterprise", "level", "speciality", "route", "finding", "front_line", "state")
    list_filter = ("cycle", "level", "route", "verdict", "state")
    search_fields = ("person__name__startswith", "enterprise__organisation__name__startswith")
    list_select_related = ("person", "enterprise__organisation", "speciality", "cycle", "latest", "round")
    fields = (
        "number",
        "person",
        "enterprise",
        "department",
        "position",
        "level",
        "speciality",
        "route",
        "front_line",
        "outstanding",
        "finding",
        "submitted_at",
        "decision_clause",
        "decision_reason",
    )

    @admin.display(description="申报编号")
    def number(self, application: TitleApplication) -> str:
        return application.number

    @admin.display(description="自查结论")
    def finding(self, application: TitleApplication) -> str:
        return result_with(application.verdict, application.hours_pending) if application.verdict else "还没有提交"

    def get_queryset(self, request: Any) -> Any:
        """Drafts are the person's own until he submits (ux §2.3)."""
        return super().get_queryset(request).exclude(latest=None)

    def tables(self, entry: TitleApplication) -> Sequence[Table]:
        """The submitted facts, the machine's findings, the versions."""
        facts = [
            (fact["label"], "；".join(f"{label}：{text}" for label, text in fact["shown"]))
            for _, group in in_order(entry.snapshot.get("topics", {}))
            for fact in group
        ]
        findings = [(row["clause"], row["words"], row["text"]) for row in entry.eligibility.get("reasons", [])]
        versions = [(one.number, one.submitted_at, one.supplement) for one in entry.versions.all()]
        return [
            Table([Column("申报内容"), Column("明细")], facts),
            Table([Column("条款"), Column("要求"), Column("核对情况（程序预检，不是评审结论）")], findings),
            Table([Column("版本", number=True), Column("提交时间"), Column("补充事项")], versions),
        ]

    def files(self, entry: TitleApplication) -> Sequence[FileRow]:
        return [
            FileRow(one["name"], "", reverse("attachments:download", args=[one["attachment"]]))
            for one in entry.snapshot.get("files", [])
        ]


@admin.register(ExceptionalFile)
class ExceptionalFileAdmin(CaseAdmin):
    """破格材料 for the city's two hands."""

    list_display = ("application", "criterion", "state")
    list_filter = ("state",)
    search_fields = ("application__person__name__startswith",)
    list_select_related = ("application__person", "criterion")
    fields = ("application", "criterion", "grounds", "opinion", "decision", "decided_at")

    def rows(self, entry: ExceptionalFile) -> list[Row]:
        found = super().rows(entry)
        found += [
            Row(f"{one.get_order_display()}：{one.name}（{one.title}，{one.employer}）", one.reason)
            for one in entry.application.recommendations.all()
        ]
        return found

    def files(self, entry: ExceptionalFile) -> Sequence[FileRow]:
        return [
            FileRow(one["name"], "", reverse("attachments:download", args=[one["attachment"]]))
            for one in entry.application.snapshot.get("files", [])
        ]
