"""The officials' registers of this stage; reading and steps, no editing (R-1.1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet

from applications.queries import shares
from jiaxing_titles.console.case_admin import CaseAdmin
from jiaxing_titles.ui.components import Row, Table
from reviews.gates.panel import filing_advice, seats_of
from reviews.gates.report import ledger_of, standings
from reviews.models import (
    CommitteeMeeting,
    Consolidation,
    GuidanceAssignment,
    LibraryExpert,
    Panel,
    RandomDraw,
    ResultReport,
    ReviewFiling,
    ReviewMeeting,
)
from reviews.queries import expert_pool, package_of
from reviews.rules import composition
from reviews.tables import committee as committee_tables
from reviews.tables import drawing as draw_tables
from reviews.tables import panel as panel_tables
from reviews.tables import review as tables
from reviews.tables import voting as tally_tables


@admin.register(Panel)
class PanelAdmin(CaseAdmin):
    list_display = ["name", "state"]
    list_filter = ["state", "round__cycle"]
    search_fields = ["name__startswith"]
    list_select_related = ["round__enterprise__organisation"]
    fields = ["name", "over_ratio_reason"]

    def tables(self, entry: Any) -> Sequence[Table]:
        return [panel_tables.members(entry, may_edit=False)]


@admin.register(LibraryExpert)
class LibraryExpertAdmin(CaseAdmin):
    begun_by = ("reviews.enrol_expert",)
    list_display = ["user", "speciality", "employer", "term_until", "state"]
    list_filter = ["state", "speciality"]
    search_fields = ["user__name__startswith"]
    list_select_related = ["user", "speciality"]
    fields = [
        "user", "employer", "works_at", "rank", "title", "speciality", "term_until", "suspended_until",
        "suspended_reason",
    ]  # fmt: skip


@admin.register(ReviewFiling)
class ReviewFilingAdmin(CaseAdmin):
    """备案办理: the same facts that the company froze, with the ratio and the pool beside them."""

    list_display = ["meeting", "state", "submitted_at", "receipt_number"]
    list_filter = ["state", "round__cycle"]
    search_fields = ["receipt_number__startswith", "round__enterprise__organisation__name__startswith"]
    list_select_related = ["meeting__round__enterprise__organisation", "meeting__round__cycle"]

    def rows(self, entry: Any) -> list[Row]:
        meter = composition.meter(seats_of(entry.panel), entry.round.cycle.policy)
        rows = tables.filing_facts(entry, entry.frozen or package_of(entry.meeting))
        guidance = [Row("到会指导", f"{entry.guidance}：{entry.guidance.reason}")] if hasattr(entry, "guidance") else []
        rows += [Row("报送时间核对", sentence) for sentence in filing_advice(entry)]
        return [*rows, Row("外聘核对", f"{meter.sentence}。{meter.hint}。"), *guidance]

    def tables(self, entry: Any) -> Sequence[Table]:
        package = entry.frozen or package_of(entry.meeting)
        found = [tables.package_experts(package), tables.package_people(package)]
        assignments = list(entry.assignments.select_related("expert", "run"))
        if assignments:
            found.append(tables.assignments(assignments))
        draws = list(entry.draws.all())
        if draws:
            found.append(draw_tables.draws(draws))
        elif hasattr(entry, "guidance") and entry.guidance.assign:
            found.append(tables.pool(expert_pool(entry)))
        return found


@admin.register(RandomDraw)
class RandomDrawAdmin(CaseAdmin):
    """The register of all draws; each leads to its own page."""

    begun_by = ("reviews.prepare_inspection_draw",)
    list_display = ["__str__", "state", "drawn", "created_at"]
    list_filter = ["state", "cycle"]
    fields = ["organisation", "filing", "cycle", "supervisor", "blind_until"]
    list_select_related = [
        "cycle", "filing__meeting__round__cycle", "filing__meeting__round__enterprise__organisation",
    ]  # fmt: skip

    def get_queryset(self, request: Any) -> QuerySet[Any]:
        return super().get_queryset(request).annotate(done=Count("runs"))

    def entry_url(self, row: RandomDraw) -> str:
        return row.get_absolute_url()

    @admin.display(description="抽取")
    def drawn(self, entry: Any) -> str:
        return f"已抽取{entry.done}次" if entry.done else "还没有抽取"


@admin.register(GuidanceAssignment)
class GuidanceAssignmentAdmin(CaseAdmin):
    list_display = ["filing", "guest", "state", "drawn_at"]
    list_filter = ["state"]
    list_select_related = [
        "filing__meeting__round__enterprise__organisation",
        "filing__meeting__round__cycle",
        "expert",
        "run__draw",
    ]

    @admin.display(description="专家")
    def guest(self, entry: Any) -> str:
        return str(entry.shown)

    def rows(self, entry: Any) -> list[Row]:
        return tables.assignment_facts(entry)

    def tables(self, entry: Any) -> Sequence[Table]:
        return [draw_tables.draws([entry.run.draw])]


@admin.register(ReviewMeeting)
class ReviewMeetingAdmin(CaseAdmin):
    list_display = ["round", "planned_at", "place", "state"]
    list_filter = ["state", "round__cycle"]
    search_fields = ["round__enterprise__organisation__name__startswith"]
    list_select_related = ["round__enterprise__organisation", "round__cycle"]
    fields = ["round", "planned_at", "place", "mode", "postponed_reason", "opened_at", "concluded_at", "minutes"]

    def tables(self, entry: Any) -> Sequence[Table]:
        return [tables.agenda(entry), tables.attendance(entry), tally_tables.sheets(entry)]


@admin.register(ResultReport)
class ResultReportAdmin(CaseAdmin):
    list_display = ["round", "state", "submitted_at"]
    list_filter = ["state", "round__cycle"]
    search_fields = ["round__enterprise__organisation__name__startswith"]
    list_select_related = ["round__enterprise__organisation", "round__cycle"]
    fields = ["round", "work_summary", "submitted_at", "received_at", "returned_reason"]

    def tables(self, entry: Any) -> Sequence[Table]:
        return [tables.ledger(ledger_of(entry.round)), tables.report_people(entry)]


@admin.register(Consolidation)
class ConsolidationAdmin(CaseAdmin):
    """汇总: every listed company of the year on one page, the missing ones by name (F-62)."""

    begun_by = ("reviews.open_consolidation",)
    list_display = ["cycle", "state", "completed_at"]
    list_select_related = ["cycle"]
    fields = ["cycle", "completed_at"]

    def rows(self, entry: Any) -> list[Row]:
        whole = shares(entry.cycle.applications.all())
        return [*super().rows(entry), *(Row(f"全市{one.label}", one.sentence) for one in whole)]

    def tables(self, entry: Any) -> Sequence[Table]:
        return [
            tables.standing_rows(standings(entry.cycle)),
            tables.reported_counts(entry.cycle),
            tables.doubles(entry.cycle),
        ]


@admin.register(CommitteeMeeting)
class CommitteeMeetingAdmin(CaseAdmin):
    begun_by = ("reviews.convene_committee",)
    list_display = ["cycle", "number", "planned_at", "place", "state"]
    list_filter = ["state", "cycle"]
    list_select_related = ["cycle"]
    fields = ["cycle", "number", "planned_at", "place", "postponed_reason", "opened_at", "closed_at", "minutes"]

    def tables(self, entry: Any) -> Sequence[Table]:
        return [committee_tables.slots(entry), committee_tables.voters(entry), committee_tables.members(entry)]
