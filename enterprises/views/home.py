"""The company's first page: what waits, where the year stands, the ways on; its particulars and people."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from enterprises import actions, forms
from enterprises.choices import PilotPlanState, SanctionState
from enterprises.models import CreditRecord, Enterprise, PilotApplication, PilotPlan, SanctionCase
from enterprises.queries import authority_of, standing
from enterprises.queries.deadlines import next_deadline
from enterprises.stages import registered, stage_of
from enterprises.views.edit import EditView, RemoveView
from jiaxing_titles import clock
from jiaxing_titles.accounts.access import RoleRequired
from jiaxing_titles.accounts.models import Membership
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions.doing import run
from jiaxing_titles.inbox.registry import waiting_for
from jiaxing_titles.policy.models import Cycle
from jiaxing_titles.ui.components import FileRow

COMPANY = (Role.ENT_HR, Role.ENT_LEAD, Role.PANEL_SEC)


def own_enterprise(request: Any) -> Enterprise:
    """The company of the acting role; 404 for an organisation that was never registered as one."""
    rows = Enterprise.objects.select_related("organisation__supervisor__supervisor")
    return get_object_or_404(rows, organisation=request.actor.organisation)


class HomeView(RoleRequired, View):
    roles = COMPANY

    def get(self, request: Any) -> HttpResponse:
        enterprise = own_enterprise(request)
        cycle = Cycle.objects.current()
        application = PilotApplication.objects.filter(enterprise=enterprise, cycle=cycle).first() if cycle else None
        plans = PilotPlan.objects.filter(enterprise=enterprise, cycle=cycle).select_related("cycle", "enterprise")
        plan = plans.exclude(state=PilotPlanState.SUPERSEDED).order_by("-number").first() if cycle else None
        context = {
            "enterprise": enterprise,
            "cycle": cycle,
            "application": application,
            "plan": plan,
            "standing": standing(enterprise, cycle) if cycle else None,
            "stage": stage_of(enterprise, cycle) if cycle else 0,
            "stages": [label for label, _ in registered],
            "deadline": next_deadline(cycle, application, plan, clock.today()) if cycle else None,
            "waiting": waiting_for(request.actor),
            "is_lead": request.actor.role == Role.ENT_LEAD,
        }
        return render(request, "enterprises/home.html", context)


class CompanyView(EditView):
    """企业信息: particulars, proofs of the category, the people who act for the company."""

    model = Enterprise
    step = actions.update_enterprise
    template_name = "enterprises/company.html"
    roles = (Role.ENT_HR, Role.ENT_LEAD)

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        # The page has no number in its address: everybody sees the own company.
        organisation = getattr(getattr(request, "actor", None), "organisation", None)
        found = Enterprise.objects.filter(organisation=organisation).first() if organisation else None
        return super().dispatch(request, *args, pk=found.pk if found else 0, **kwargs)

    def may_edit(self, case: Any) -> bool:
        return True

    def make_form(self, case: Any, data: Any = None, files: Any = None, **named: Any) -> Any:
        names = ("ownership", "address", "legal_person", "contact_name", "contact_phone", "contact_email")
        return forms.EnterpriseProfileForm(data, initial={name: getattr(case, name) for name in names})

    def next_url(self, case: Any, **named: Any) -> str:
        return self.request.path

    def context(self, request: Any, case: Any, form: Any, **named: Any) -> dict[str, Any]:
        people = Membership.objects.current().filter(organisation=case.organisation).select_related("user")
        proofs = case.category_proofs.filter(removed_at=None).select_related("attachment")
        return {
            "proofs": [(proof, FileRow.of(proof.attachment)) for proof in proofs],
            "proof_form": getattr(request, "proof_form", None) or forms.CategoryProofForm(auto_id="id_proof_%s"),
            "people": people.filter(role__in=[Role.ENT_HR, Role.ENT_LEAD, Role.PANEL_SEC]),
            "hand_over_url": actions.hand_over.url(case) if request.actor.role == Role.ENT_LEAD else "",
            "hand_overs": case.hand_overs.select_related("from_user", "to_user")[:10],
            "is_hr": request.actor.role == Role.ENT_HR,
            "today": clock.today(),
        }


class AddProofView(CompanyView):
    """One more category with its proof; a refusal comes back on the company's page."""

    roles = (Role.ENT_HR,)
    http_method_names = ["post", "options"]

    def post(self, request: Any, pk: int, **named: Any) -> HttpResponse:
        case = own_enterprise(request)
        form = forms.CategoryProofForm(request.POST, request.FILES, auto_id="id_proof_%s")
        reasons: list[Any] = []
        if form.is_valid():
            case, reasons = run(actions.add_category_proof, case, request, **form.cleaned_data)
            if not reasons:
                messages.success(request, "已添加类别证明。")
                return redirect("enterprises:company")
        request.proof_form = form
        return self.page(request, case, self.make_form(case), reasons, status=422)


class RemoveProofView(RemoveView):
    model = Enterprise
    step = actions.remove_category_proof
    fact = "proof"

    def post(self, request: Any, row: int) -> HttpResponse:  # type: ignore[override] # the own company has no number
        case = own_enterprise(request)
        _, reasons = run(self.step, case, request, proof=row)
        for reason in reasons:
            messages.warning(request, str(reason))
        return redirect("enterprises:company")


class CreditView(RoleRequired, View):
    """信用档案 of the own company: what is on record, what is under way, where it can answer (R-6.1.3)."""

    roles = (Role.ENT_HR, Role.ENT_LEAD)

    def get(self, request: Any) -> HttpResponse:
        enterprise = own_enterprise(request)
        records = CreditRecord.objects.filter(enterprise=enterprise).select_related("enterprise__organisation")
        sanctions = SanctionCase.objects.visible_to(request.actor).select_related("cycle", "enterprise__organisation")
        cycle = Cycle.objects.current()
        context = {
            "records": list(records.order_by("-occurred_on", "-pk")[:50]),
            "sanctions": list(sanctions.exclude(state=SanctionState.DROPPED).order_by("-pk")[:20]),
            "authority": authority_of(enterprise, cycle) if cycle else None,
            "standing": standing(enterprise, cycle) if cycle else None,
            "exit_step": actions.request_exit,
            "is_lead": request.actor.role == Role.ENT_LEAD,
        }
        if context["authority"] is not None:
            context["exit_url"] = actions.request_exit.url(context["authority"])
        return render(request, "enterprises/credit.html", context)
