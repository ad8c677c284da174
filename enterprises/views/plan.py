"""The 试点工作方案 in the portal: an overview with what is missing, one page a part, then where it stands."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from enterprises import actions, forms
from enterprises.choices import EVERY_SPECIALITY, Level, Section
from enterprises.models import Criterion, PilotPlan
from enterprises.queries import authority_of, plans
from enterprises.queries import standing as standing_of
from enterprises.views.edit import EditView, RemoveView
from enterprises.views.home import own_enterprise
from jiaxing_titles import clock
from jiaxing_titles.accounts.access import RoleRequired
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions.case import get_visible
from jiaxing_titles.policy.models import Cycle

COMPANY = (Role.ENT_HR, Role.ENT_LEAD, Role.PANEL_SEC)
RELATED = ("cycle", "authority", "enterprise__organisation__supervisor")
STAGES = ("编制", "领导班子审议", "市局审核", "市局复核", "生效")
_STAGE = {"draft": 0, "returned": 0, "resolved": 1, "submitted": 2, "reviewed": 3, "approved": 5, "superseded": 5}


class IndexView(RoleRequired, View):
    """All versions of all years; a new one is begun here."""

    roles = COMPANY

    def get(self, request: Any) -> HttpResponse:
        enterprise = own_enterprise(request)
        cycle = Cycle.objects.current()
        authority = authority_of(enterprise, cycle) if cycle else None
        rows = PilotPlan.objects.visible_to(request.actor).select_related("cycle", "enterprise__organisation")
        context = {
            "plans": list(rows.order_by("-cycle__year", "-number")[:20]),
            "cycle": cycle,
            "authority": authority,
            "standing": standing_of(enterprise, cycle) if cycle else None,
            "start_url": actions.start_plan.url(authority) if authority and request.actor.role == Role.ENT_HR else "",
        }
        return render(request, "enterprises/plan_index.html", context)


class PlanView(RoleRequired, View):
    """The whole plan: parts with status while it is written, afterwards as text with its state."""

    roles = (*COMPANY, *Role.officials())

    def get(self, request: Any, pk: int) -> HttpResponse:
        plan = get_visible(PilotPlan, request.actor, pk, RELATED)
        if request.actor.is_official:
            return redirect(plan.console_url() or "/console/")
        editing = plan.is_editable and request.actor.role == Role.ENT_HR
        context = {
            "case": plan,
            "editing": editing,
            "stages": STAGES,
            "stage": _STAGE[plan.state],
            "tasks": plans.tasks(plan) if editing else [],
            "sections": plans.texts(plan),
            "criteria": plans.criteria_by_level(plan),
            "weights": plan.dimension_weights.all(),
            "pay_links": plan.pay_links.all(),
            "findings": plans.findings(plan),
            "answers": plans.answers(plan),
            "may_simulate": request.actor.role in (Role.ENT_HR, Role.ENT_LEAD),
            "may_answer": plan.takes_answers and request.actor.role == Role.ENT_HR,
            "comments": plan.comments.select_related("author", "resolved_by"),
            "resolution": plan.resolution,
            "overdue": plan.submitted_at is None and clock.today() > plan.cycle.plan_due_on,
        }
        return render(request, "enterprises/plan.html", context)


class SectionView(EditView):
    """The text of one of the five parts, with last version's beside it."""

    model = PilotPlan
    related = RELATED
    step = actions.save_plan_section
    template_name = "enterprises/plan_section.html"

    def make_form(self, case: Any, data: Any = None, files: Any = None, **named: Any) -> Any:
        kind = named["kind"]
        if kind not in Section.values:
            raise Http404
        written = case.sections.filter(kind=kind).values_list("text", flat=True).first() or ""
        return forms.SectionForm(data, initial={"kind": kind, "text": written})

    def context(self, request: Any, case: Any, form: Any, **named: Any) -> dict[str, Any]:
        comments = case.comments.filter(section=named["kind"], resolved_at=None)
        return {"section": Section(named["kind"]), "comments": comments, "hint": plans.SECTION_HINTS[named["kind"]]}


class PreferencesView(EditView):
    model = PilotPlan
    related = RELATED
    step = actions.save_plan_preferences
    template_name = "enterprises/plan_preferences.html"

    def make_form(self, case: Any, data: Any = None, files: Any = None, **named: Any) -> Any:
        initial = {"front_line_preference": case.front_line_preference, "allows_remote": case.allows_remote}
        return forms.PreferenceForm(data, initial=initial)


class CriteriaView(EditView):
    """评价标准: the rows so far with what the linter says, and a form for one more."""

    model = PilotPlan
    related = RELATED
    step = actions.save_criterion
    template_name = "enterprises/plan_criteria.html"
    done = "已保存这条评价标准。"

    def make_form(self, case: Any, data: Any = None, files: Any = None, **named: Any) -> Any:
        row = self._row(case, named.get("row"))
        initial = {name: getattr(row, name) for name in Criterion.CONTENT if name != "number"} if row else {}
        if row:
            initial["speciality"] = EVERY_SPECIALITY[0] if row.all_specialities else row.speciality_id
        return forms.CriterionForm(data, case=case, initial=initial)

    def _row(self, case: Any, row: int | None) -> Criterion | None:
        if row is None:
            return None
        found = case.criteria.filter(pk=row).first()
        if found is None:
            raise Http404
        return found

    def facts(self, form: Any, **named: Any) -> dict[str, Any]:
        return {"criterion": named.get("row"), **form.cleaned_data}

    def next_url(self, case: Any, **named: Any) -> str:
        return reverse("enterprises:plan_criteria", args=[case.pk])

    def context(self, request: Any, case: Any, form: Any, **named: Any) -> dict[str, Any]:
        return {
            "criteria": plans.criteria_by_level(case),
            "findings": plans.findings(case),
            "row": named.get("row"),
        }


class PayView(EditView):
    """薪酬挂钩表."""

    model = PilotPlan
    related = RELATED
    step = actions.save_pay_link
    template_name = "enterprises/plan_pay.html"
    done = "已保存。"

    def make_form(self, case: Any, data: Any = None, files: Any = None, **named: Any) -> Any:
        return forms.PayLinkForm(data, case=case)

    def next_url(self, case: Any, **named: Any) -> str:
        return reverse("enterprises:plan_pay", args=[case.pk])

    def context(self, request: Any, case: Any, form: Any, **named: Any) -> dict[str, Any]:
        return {"pay_links": case.pay_links.all(), "levels": [Level(level).label for level in case.authority.levels]}


class WeightsView(EditView):
    """评分权重: what the four dimensions of 综合评价 count, and from which score on a reason is asked for."""

    model = PilotPlan
    related = RELATED
    step = actions.save_weights
    template_name = "enterprises/plan_weights.html"

    def make_form(self, case: Any, data: Any = None, files: Any = None, **named: Any) -> Any:
        settings = {"score_threshold": case.score_threshold, "drops_extremes": case.drops_extremes}
        return forms.WeightsForm(data, initial=case.weights() | settings)


class AnswersView(EditView):
    """答复提醒: the linter's warnings, each with a box; the city reads the answers beside them."""

    model = PilotPlan
    related = RELATED
    step = actions.answer_findings
    template_name = "enterprises/plan_answers.html"
    done = "已保存答复。"

    def may_edit(self, case: Any) -> bool:
        return bool(case.takes_answers)

    def make_form(self, case: Any, data: Any = None, files: Any = None, **named: Any) -> Any:
        warnings = [one for one in plans.findings(case) if not one.is_error]
        return forms.AnswersForm(data, case=case, warnings=warnings)

    def facts(self, form: Any, **named: Any) -> dict[str, Any]:
        return {"answers": form.answers}


class RemoveCriterionView(RemoveView):
    model = PilotPlan
    step = actions.remove_criterion
    fact = "criterion"
    back = "enterprises:plan_criteria"


class RemovePayView(RemoveView):
    model = PilotPlan
    step = actions.remove_pay_link
    fact = "pay_link"
    back = "enterprises:plan_pay"
