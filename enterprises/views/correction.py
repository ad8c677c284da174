"""一次性告知单: everything that is missing at once, as rows, with the day by which it is due (S-14)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views import View

from enterprises import actions, forms
from enterprises.models import PilotApplication
from jiaxing_titles.accounts.access import RoleRequired
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions.case import get_visible
from jiaxing_titles.actions.doing import run


class CorrectionView(RoleRequired, View):
    roles = (Role.COUNTY,)

    def get(self, request: Any, pk: int) -> HttpResponse:
        case = self._case(request, pk)
        form, rows = forms.CorrectionForm(case=case), forms.CorrectionFormSet(prefix="items")
        return self._page(request, case, form, rows, actions.return_application.reasons(case, request.actor))

    def post(self, request: Any, pk: int) -> HttpResponse:
        case = self._case(request, pk)
        form = forms.CorrectionForm(request.POST, case=case)
        rows = forms.CorrectionFormSet(request.POST, prefix="items")
        if not (form.is_valid() and rows.is_valid()):
            return self._page(request, case, form, rows, [], status=422)
        saved, reasons = run(actions.return_application, case, request, items=rows.items(), **form.cleaned_data)
        if reasons:
            for reason in [one for one in reasons if one.field in form.fields]:
                form.add_error(reason.field, str(reason))
            others = [one for one in reasons if one.field not in form.fields]
            return self._page(request, saved, form, rows, others, status=409 if others else 422)
        messages.success(request, "一次性告知单已发出，企业已收到通知。")
        return redirect(saved.console_url())

    @staticmethod
    def _case(request: Any, pk: int) -> PilotApplication:
        related = ("enterprise__organisation__supervisor", "cycle")
        case: PilotApplication = get_visible(PilotApplication, request.actor, pk, related)
        return case

    @staticmethod
    def _page(request: Any, case: Any, form: Any, rows: Any, reasons: Any, status: int = 200) -> HttpResponse:
        context = {
            "title": "一次性告知补正",
            "case": case,
            "form": form,
            "rows": rows,
            "reasons": reasons,
            "has_errors": form.is_bound and not (form.is_valid() and rows.is_valid()),
            "earlier": case.corrections.prefetch_related("items"),
        }
        return render(request, "admin/enterprises/correction.html", context, status=status)
