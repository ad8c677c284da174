"""试点申请 in the portal: the task list, one page a part, check and submit, afterwards where it stands."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from enterprises import actions, forms, gates
from enterprises.choices import Desk, Material
from enterprises.choices import PilotApplicationState as S
from enterprises.models import PilotApplication
from enterprises.queries import pilot
from enterprises.views.edit import EditView, RemoveView
from jiaxing_titles import clock
from jiaxing_titles.accounts.access import RoleRequired
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked
from jiaxing_titles.actions.case import get_visible
from jiaxing_titles.policy.models import Cycle
from jiaxing_titles.ui.components import FileRow, Row

COMPANY = (Role.ENT_HR, Role.ENT_LEAD, Role.PANEL_SEC)
RELATED = ("cycle", "enterprise__organisation__supervisor")
STAGES = ("企业申请", "县局受理", "县局推荐", "市局评估", "名单公布")
_STAGE = {
    S.DRAFT: 0,
    S.AWAITING_LEAD: 0,
    S.SUBMITTED: 1,
    S.RETURNED: 1,
    S.ACCEPTED: 2,
    S.RECOMMENDED: 3,
    S.ASSESSED: 3,
    S.REVIEWED: 3,
    S.LISTED: 4,
    S.APPROVED: 5,
    S.REFUSED: 5,
    S.WITHDRAWN: 0,
}


class IndexView(RoleRequired, View):
    """All years' applications of the company; this year's is begun here."""

    roles = COMPANY

    def get(self, request: Any) -> HttpResponse:
        return self._page(request)

    def post(self, request: Any) -> HttpResponse:
        enterprise = request.actor.organisation.enterprise
        try:
            made = actions.start_application(
                enterprise,
                actor=request.actor,
                year=clock.today().year,
                copy_last=bool(request.POST.get("copy_last")),
            )
        except Blocked as refused:
            return self._page(request, refused.reasons, status=409)
        messages.success(request, "已建立草稿。内容只有本企业能看到，可以随时保存、分几次填完。")
        return redirect(made.get_absolute_url())

    def _page(self, request: Any, reasons: Any = (), status: int = 200) -> HttpResponse:
        rows = PilotApplication.objects.visible_to(request.actor).select_related(*RELATED)
        applications = list(rows.order_by("-cycle__year")[:20])
        year = clock.today().year
        context = {
            "applications": applications,
            "cycle": Cycle.objects.current(),
            "has_this_year": any(one.cycle.year == year for one in applications),
            "has_last": any(one.cycle.year < year for one in applications),
            "is_hr": request.actor.role == Role.ENT_HR,
            "reasons": reasons,
        }
        return render(request, "enterprises/application_index.html", context, status=status)


class ApplicationView(RoleRequired, View):
    """W4 while it can be filled in; afterwards where it stands and what comes next."""

    roles = (*COMPANY, *Role.officials())

    def get(self, request: Any, pk: int) -> HttpResponse:
        application = get_visible(PilotApplication, request.actor, pk, RELATED)
        if request.actor.is_official:
            return redirect(application.console_url() or "/console/")
        if application.is_editable and request.actor.role == Role.ENT_HR:
            return self._task_list(request, application)
        context = {
            "case": application,
            "stages": STAGES,
            "stage": _STAGE[S(application.state)],
            "sentence": pilot.sentence(application),
            "correction": application.open_correction,
            "summary": pilot.summary(application),
            "files": [FileRow.of(one.attachment, what=one.get_slot_display()) for one in pilot.materials(application)],
            "entry": getattr(application, "list_entry", None) if application.state in (S.APPROVED, S.REFUSED) else None,
            "days_left": days_left(application),
        }
        return render(request, "enterprises/application_status.html", context)

    def _task_list(self, request: Any, application: PilotApplication) -> HttpResponse:
        context = {
            "case": application,
            "groups": pilot.task_groups(application),
            "correction": application.open_correction,
            "days_left": days_left(application),
            "window": gates.intake(application) if application.open_correction is None else [],
        }
        return render(request, "enterprises/application_tasks.html", context)


def days_left(application: PilotApplication) -> int:
    """Days to the end of the window, or of the open correction; today counts."""
    correction = application.open_correction
    until: date = correction.due_on if correction else application.cycle.apply_until
    return (until - clock.today()).days + 1


class PartView(EditView):
    """One row of the task list."""

    model = PilotApplication
    related = RELATED

    def context(self, request: Any, case: Any, form: Any, **named: Any) -> dict[str, Any]:
        return {"days_left": days_left(case), "correction_items": pilot.correction_items(case, self.places())}

    def places(self) -> tuple[str, ...]:
        """Which parts of a 一次性告知单 belong to this page."""
        return ()


class ProfileView(PartView):
    """企业信息 and what is applied for."""

    step = actions.save_profile
    template_name = "enterprises/application_profile.html"

    def places(self) -> tuple[str, ...]:
        return ("profile",)

    def make_form(self, case: Any, data: Any = None, files: Any = None, **named: Any) -> Any:
        names = ("total_staff", "research_staff", "levels", "panel_size", "appointed_three_years", "summary")
        initial = {name: getattr(case, name) for name in names} | {"specialities": case.specialities.all()}
        return forms.ApplicationProfileForm(data, initial=initial)


class TalentView(PartView):
    step = actions.save_talent
    template_name = "enterprises/application_talent.html"

    def places(self) -> tuple[str, ...]:
        return ("talent",)

    def make_form(self, case: Any, data: Any = None, files: Any = None, **named: Any) -> Any:
        rows = [
            {"speciality": row.speciality_id, **{name: getattr(row, name) for name in forms.TALENT_COLUMNS}}
            for row in case.talent.select_related("speciality")
        ]
        return forms.TalentFormSet(data, initial=rows, prefix="talent")

    def facts(self, form: Any, **named: Any) -> dict[str, Any]:
        return {"rows": form.rows()}


class ExpertsView(PartView):
    step = actions.save_experts
    template_name = "enterprises/application_experts.html"

    def places(self) -> tuple[str, ...]:
        return ("experts",)

    def make_form(self, case: Any, data: Any = None, files: Any = None, **named: Any) -> Any:
        names = ("name", "title_level", "title_name", "employer")
        rows = [
            {**{name: getattr(row, name) for name in names}, "speciality": row.speciality_id}
            for row in case.experts.all()
        ]
        return forms.ExpertFormSet(data, initial=rows, prefix="experts")

    def facts(self, form: Any, **named: Any) -> dict[str, Any]:
        return {"rows": form.rows()}


class ConditionsView(PartView):
    step = actions.save_self_check
    template_name = "enterprises/application_conditions.html"

    def places(self) -> tuple[str, ...]:
        return ("conditions",)

    def make_form(self, case: Any, data: Any = None, files: Any = None, **named: Any) -> Any:
        return forms.condition_table(case, Desk.ENTERPRISE, data)

    def facts(self, form: Any, **named: Any) -> dict[str, Any]:
        return {"checks": form.checks()}


class FilesView(PartView):
    """材料上传: each slot with what is there and a form for one more file."""

    step = actions.add_material
    template_name = "enterprises/application_files.html"
    done = "文件已上传。"

    def places(self) -> tuple[str, ...]:
        return tuple(Material.values)

    def make_form(self, case: Any, data: Any = None, files: Any = None, **named: Any) -> Any:
        return forms.MaterialForm(data, files)

    def next_url(self, case: Any, **named: Any) -> str:
        slot = self.request.POST.get("slot", "")
        anchor = f"#{slot}" if slot in Material.values else ""
        return reverse("enterprises:application_files", args=[case.pk]) + anchor

    def context(self, request: Any, case: Any, form: Any, **named: Any) -> dict[str, Any]:
        shown = form.data.get("slot") if form.is_bound else ""
        slots = []
        for slot in Material:
            own = form if shown == slot.value else forms.MaterialForm(initial={"slot": slot.value})
            own.auto_id = f"id_{slot.value}_%s"
            files = [
                FileRow.of(one.attachment, reverse("enterprises:remove_material", args=[case.pk, one.pk]))
                for one in pilot.materials(case)
                if one.slot == slot
            ]
            slots.append({"slot": slot, "required": slot in Material.required(), "form": own, "files": files})
        return {**super().context(request, case, form), "slots": slots, "hints": pilot.SLOT_HINTS}


class RemoveMaterialView(RemoveView):
    model = PilotApplication
    step = actions.remove_material
    fact = "material"
    back = "enterprises:application_files"


class CheckView(RoleRequired, View):
    """检查并提交: everything once more, with the way to each part; what is missing as links."""

    roles = (Role.ENT_HR,)

    def get(self, request: Any, pk: int) -> HttpResponse:
        application = get_visible(PilotApplication, request.actor, pk, RELATED)
        if not application.is_editable:
            return redirect(application.get_absolute_url())
        step = actions.hand_application_to_lead
        rows: list[Row] = pilot.summary(application, with_links=True)
        context = {
            "case": application,
            "rows": rows,
            "files": [FileRow.of(one.attachment, what=one.get_slot_display()) for one in pilot.materials(application)],
            "reasons": step.reasons(application, request.actor),
            "submit_url": step.url(application, request.actor),
            "days_left": days_left(application),
        }
        return render(request, "enterprises/application_check.html", context)
