"""The stage in the officials' console: registers, and the desks of county and city on their cases."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse

from enterprises import actions, forms
from enterprises.choices import ApprovedListState, PilotApplicationState, PilotPlanState
from enterprises.models import (
    ApprovedList,
    ApprovedListEntry,
    Bureau,
    CreditRecord,
    Enterprise,
    Inspection,
    PilotApplication,
    PilotPlan,
    ReviewAuthority,
    SanctionCase,
    Speciality,
)
from enterprises.queries import pilot, plans
from enterprises.queries.deadlines import list_due
from enterprises.queries.effects import effects_of
from enterprises.views import registers
from enterprises.views.correction import CorrectionView
from enterprises.views.list_entry import ListEntryView, RemoveEntryView
from enterprises.views.office import handle, office_of
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked
from jiaxing_titles.actions.case import get_visible
from jiaxing_titles.console.case_admin import CaseAdmin, RegisterAdmin
from jiaxing_titles.ui.components import FileRow, Row, Table
from jiaxing_titles.ui.formats import cn_date

BY_NAME = ("organisation__name__startswith", "credit_code__startswith")


@admin.register(Speciality)
class SpecialityAdmin(RegisterAdmin):
    list_display = ("code", "name", "active")
    list_filter = ("active",)
    search_fields = ("name__startswith", "code__startswith")
    sorts = {"code": ("code", "id")}


@admin.register(Bureau)
class BureauAdmin(CaseAdmin):
    """The own bureau: companies are registered and lists begun here."""

    list_display = ("organisation", "area_code", "functional")
    list_select_related = ("organisation",)
    sorts = {"code": ("area_code", "id")}


@admin.register(Enterprise)
class EnterpriseAdmin(CaseAdmin):
    begun_by = ("enterprises.register_enterprise",)
    list_display = ("organisation", "credit_code", "ownership", "county")
    list_filter = ("ownership",)
    search_fields = BY_NAME
    list_select_related = ("organisation__supervisor",)

    @admin.display(description="县(市、区)")
    def county(self, enterprise: Enterprise) -> str:
        return enterprise.bureau.short_name

    def tables(self, entry: Enterprise) -> Sequence[Table]:
        return [registers.years(entry), registers.credit(entry), registers.dismissals(entry)]

    def files(self, entry: Enterprise) -> Sequence[FileRow]:
        proofs = entry.category_proofs.filter(removed_at=None).select_related("attachment")
        return [FileRow.of(proof.attachment) for proof in proofs]


@admin.register(PilotApplication)
class PilotApplicationAdmin(CaseAdmin):
    """待受理 and 待评估: the files beside the checklist, decided on one page."""

    list_display = ("enterprise", "cycle", "county", "state", "submitted_at", "times_returned", "proposed_outcome")
    list_filter = ("cycle", "state", "proposed_outcome")
    search_fields = ("enterprise__organisation__name__startswith", "number__startswith")
    list_select_related = ("enterprise__organisation__supervisor", "cycle")
    sorts = {"oldest": ("id",), "newest": ("-id",)}
    change_form_template = "admin/enterprises/application.html"

    @admin.display(description="县(市、区)")
    def county(self, application: PilotApplication) -> str:
        return application.enterprise.bureau.short_name

    @admin.display(description="补正次数")
    def times_returned(self, application: PilotApplication) -> int:
        return len(application.corrections.all())

    def get_queryset(self, request: Any) -> Any:
        return super().get_queryset(request).prefetch_related("corrections")

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/desk/", wrap(self.desk_view), name="enterprises_application_desk"),
            path("<int:pk>/correction/", wrap(CorrectionView.as_view()), name="enterprises_application_correction"),
            *super().get_urls(),
        ]

    def rows(self, entry: PilotApplication) -> list[Row]:
        opinions = [
            Row("县局审查意见", entry.county_opinion),
            Row("市局评估结论", entry.get_proposed_outcome_display()),
            Row("市局评估意见", entry.assessment),
            Row("市局复核意见", entry.review_opinion),
        ]
        head = [Row("受理编号", entry.number), Row("受理单位", entry.enterprise.bureau)]
        return [*head, *pilot.summary(entry), *[row for row in opinions if row.value]]

    def tables(self, entry: PilotApplication) -> Sequence[Table]:
        return [
            registers.conditions(entry),
            registers.talent(entry),
            registers.experts(entry),
            *registers.corrections(entry),
        ]

    def files(self, entry: PilotApplication) -> Sequence[FileRow]:
        return [FileRow.of(one.attachment) for one in pilot.materials(entry)]

    def entry_view(self, request: Any, pk: int) -> HttpResponse:
        if request.method == "GET" and request.actor.role == Role.COUNTY:
            self._note_opened(request, pk)
        return super().entry_view(request, pk)

    def _note_opened(self, request: Any, pk: int) -> None:
        case = get_visible(PilotApplication, request.actor, pk)
        if case.state == PilotApplicationState.SUBMITTED and case.opened_at is None:
            actions.open_application(case, actor=request.actor)

    def desk_view(self, request: Any, pk: int) -> HttpResponse:
        """Save the checklist and do what the button says; back on the same page with reasons when it may not be."""
        case = get_visible(PilotApplication, request.actor, pk, ("enterprise__organisation", "cycle"))
        office = office_of(case, request.actor, request.POST) if request.method == "POST" else None
        if office is None:
            return redirect(case.console_url())
        request.office = handle(office, request)
        if not office.has_errors and not office.reasons:
            messages.success(request, office.done)
            return redirect(case.console_url())
        response = self._entry(request, pk)
        response.status_code = 422 if office.has_errors else 409
        return response

    def more(self, request: Any, entry: PilotApplication) -> dict[str, Any]:
        files = pilot.materials(entry)
        asked = request.GET.get("file", "")
        chosen = next((one for one in files if str(one.attachment_id) == asked), files[0] if files else None)
        office = getattr(request, "office", None) or office_of(entry, request.actor)
        return {
            "office": office,
            "has_errors": bool(office and office.has_errors),
            "materials": files,
            "chosen": chosen,
            "correction_url": reverse("admin:enterprises_application_correction", args=[entry.pk]),
            "may_return": actions.return_application.fits(entry) and request.actor.role == Role.COUNTY,
        }


@admin.register(ApprovedList)
class ApprovedListAdmin(CaseAdmin):
    """年度名单: what is proposed for each company; the scope is set while it is drafted."""

    begun_by = ("enterprises.draft_list",)
    list_display = ("cycle", "number", "state", "submitted_at", "decided_at", "published_at")
    list_filter = ("cycle", "state")
    list_select_related = ("cycle",)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/entries/<int:row>/", wrap(ListEntryView.as_view()), name="enterprises_list_entry"),
            path(
                "<int:pk>/entries/<int:row>/remove/",
                wrap(RemoveEntryView.as_view()),
                name="enterprises_list_entry_remove",
            ),
            *super().get_urls(),
        ]

    def tables(self, entry: ApprovedList) -> Sequence[Table]:
        # The id of the line stands where the pattern has its own.
        url = ""
        if entry.state == ApprovedListState.DRAFT:
            url = reverse("admin:enterprises_list_entry", args=[entry.pk, 0]).removesuffix("0/") + "{row}/"
        return [registers.entries(entry, url)]

    def rows(self, entry: ApprovedList) -> list[Row]:
        decision = getattr(entry, "decision", None)
        outcomes = ApprovedListEntry.objects.filter(list=entry).values_list("outcome", flat=True)
        approved = sum(one == "approve" for one in outcomes)
        rows = [Row("年度", entry.cycle), Row("批次", entry.number), Row("拟核准", f"{approved}家")]
        rows += [Row("拟不予核准", f"{len(outcomes) - approved}家"), Row("公布期限", list_due(entry).on)]
        if decision:
            rows += [
                Row("研究决定", f"{cn_date(decision.held_on)} {decision.meeting}"),
                Row("参加人员", decision.attendees),
                Row("结论", decision.conclusion),
                Row("名单校验值", decision.list_hash),
            ]
        return rows


@admin.register(ReviewAuthority)
class ReviewAuthorityAdmin(CaseAdmin):
    list_display = ("enterprise", "cycle", "granted_on", "withdrawn_on", "exited_on")
    list_filter = ("cycle",)
    search_fields = ("enterprise__organisation__name__startswith",)
    list_select_related = ("enterprise__organisation", "cycle")

    def rows(self, entry: ReviewAuthority) -> list[Row]:
        names = "、".join(str(one) for one in entry.specialities.all())
        return [*super().rows(entry), Row("专业", names)]

    def tables(self, entry: ReviewAuthority) -> Sequence[Table]:
        return [registers.suspensions(entry)]


@admin.register(PilotPlan)
class PilotPlanAdmin(CaseAdmin):
    """方案审核: the linter's report on top, the text with its changes, comments to settle."""

    list_display = ("enterprise", "cycle", "number", "state", "submitted_at", "approved_at")
    list_filter = ("cycle", "state")
    search_fields = ("enterprise__organisation__name__startswith",)
    list_select_related = ("enterprise__organisation", "cycle", "authority")
    sorts = {"oldest": ("id",), "newest": ("-id",)}
    fields = (
        "enterprise",
        "cycle",
        "number",
        "change_reason",
        "submitted_at",
        "review_opinion",
        "approved_at",
        "allows_remote",
        "front_line_preference",
        "content_hash",
    )
    change_form_template = "admin/enterprises/plan.html"

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/comment/", wrap(self.comment_view), name="enterprises_plan_comment"),
            path("<int:pk>/comments/<int:row>/resolve/", wrap(self.resolve_view), name="enterprises_plan_resolve"),
            *super().get_urls(),
        ]

    def entry_view(self, request: Any, pk: int) -> HttpResponse:
        if request.method == "GET" and request.actor.role == Role.CITY_CLERK:
            case = get_visible(PilotPlan, request.actor, pk)
            if case.state == PilotPlanState.SUBMITTED and case.opened_at is None:
                actions.open_plan(case, actor=request.actor)
        return super().entry_view(request, pk)

    def tables(self, entry: PilotPlan) -> Sequence[Table]:
        return [registers.criteria(entry), registers.weights(entry), registers.pay(entry)]

    def files(self, entry: PilotPlan) -> Sequence[FileRow]:
        return [FileRow.of(one.attachment) for one in entry.resolutions.select_related("attachment")]

    def more(self, request: Any, entry: PilotPlan) -> dict[str, Any]:
        may_comment = request.actor.role in (Role.CITY_CLERK, Role.CITY_REVIEWER)
        at_city = entry.state in (PilotPlanState.SUBMITTED, PilotPlanState.REVIEWED)
        return {
            "findings": plans.findings(entry),
            "answers": plans.answers(entry),
            "sections": plans.texts(entry),
            "resolution": entry.resolution,
            "changes": changes(entry),
            "comments": entry.comments.select_related("author", "resolved_by"),
            "comment_form": getattr(request, "comment_form", None) or forms.CommentForm(),
            "may_comment": may_comment and at_city,
        }

    def comment_view(self, request: Any, pk: int) -> HttpResponse:
        case = get_visible(PilotPlan, request.actor, pk)
        if request.method != "POST":
            return redirect(case.console_url())
        form = forms.CommentForm(request.POST)
        if form.is_valid():
            try:
                actions.comment_on_plan(case, actor=request.actor, **form.cleaned_data)
                messages.success(request, "已添加批注。")
            except Blocked as refused:
                messages.warning(request, str(refused))
            return redirect(case.console_url())
        request.comment_form = form
        response = self._entry(request, pk)
        response.status_code = 422
        return response

    def resolve_view(self, request: HttpRequest, pk: int, row: int) -> HttpResponse:
        case = get_visible(PilotPlan, request.actor, pk)  # type: ignore[attr-defined] # set by ActorMiddleware
        if request.method == "POST":
            try:
                actions.resolve_comment(case, actor=request.actor, comment=row)  # type: ignore[attr-defined]
            except Blocked as refused:
                messages.warning(request, str(refused))
        return redirect(case.console_url())


def changes(plan: PilotPlan) -> list[tuple[str, str]]:
    """(- or +, line) against the version it was made from; empty for a first version."""
    if plan.based_on is None:
        return []
    lines = difflib.ndiff(plans.readable(plan.based_on), plans.readable(plan))
    return [(line[0], line[2:]) for line in lines if line[0] in "+-"]


@admin.register(CreditRecord)
class CreditRecordAdmin(CaseAdmin):
    list_display = ("enterprise", "occurred_on", "kind", "clause", "replied_at", "annulled_at")
    list_filter = ("kind",)
    search_fields = ("enterprise__organisation__name__startswith",)
    list_select_related = ("enterprise__organisation",)

    def tables(self, entry: CreditRecord) -> Sequence[Table]:
        return [registers.checklist(entry.inspection)] if entry.inspection else []

    def files(self, entry: CreditRecord) -> Sequence[FileRow]:
        return [FileRow.of(entry.evidence)] if entry.evidence else []


@admin.register(SanctionCase)
class SanctionCaseAdmin(CaseAdmin):
    """处置: what it would stop stands on the page before anybody signs (F-86)."""

    list_display = ("enterprise", "cycle", "measure", "state", "found_at", "effective_on")
    list_filter = ("cycle", "state", "measure")
    search_fields = ("enterprise__organisation__name__startswith",)
    list_select_related = ("enterprise__organisation", "cycle")
    change_form_template = "admin/enterprises/sanction.html"

    def tables(self, entry: SanctionCase) -> Sequence[Table]:
        return [registers.referrals(entry)]

    def files(self, entry: SanctionCase) -> Sequence[FileRow]:
        return [FileRow.of(one) for one in entry.evidence.all()]

    def more(self, request: HttpRequest, entry: SanctionCase) -> dict[str, Any]:
        return {"stopped": effects_of(entry.enterprise, entry.cycle, entry.measure)}


@admin.register(Inspection)
class InspectionAdmin(CaseAdmin):
    """监督检查: the checklist as the county filled it in."""

    list_display = ("enterprise", "cycle", "kind", "state", "due_on", "inspected_on")
    list_filter = ("cycle", "state", "kind")
    search_fields = ("enterprise__organisation__name__startswith",)
    list_select_related = ("enterprise__organisation", "cycle")
    fields = ("enterprise", "cycle", "kind", "origin", "due_on", "inspected_on", "inspectors", "conclusion",
              "rectify_due_on", "rectification")  # fmt: skip

    def tables(self, entry: Inspection) -> Sequence[Table]:
        return [registers.checklist(entry)] if entry.answers else []

    def files(self, entry: Inspection) -> Sequence[FileRow]:
        return [FileRow.of(entry.evidence)] if entry.evidence else []
