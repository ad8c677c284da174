"""The page on which one part of a case is filled in: shows the form, runs one step, says what was refused."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from jiaxing_titles.accounts.access import RoleRequired
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Step
from jiaxing_titles.actions.case import get_visible
from jiaxing_titles.actions.doing import STALE, run, spread
from jiaxing_titles.reasons import Reason

LOCKED = "现在不能修改，只能查看。"


class EditView(RoleRequired, View):
    """Subclasses name model, step, template and what the form is; a locked case is only shown."""

    roles = (Role.ENT_HR,)
    model: Any
    related: tuple[str, ...] = ()
    step: Step
    template_name: str
    done = "已保存。"

    def get(self, request: Any, pk: int, **named: Any) -> HttpResponse:
        case = get_visible(self.model, request.actor, pk, self.related)
        if not self.may_edit(case):
            messages.info(request, LOCKED)
            return redirect(case.get_absolute_url())
        return self.page(request, case, self.make_form(case, **named), [], **named)

    def post(self, request: Any, pk: int, **named: Any) -> HttpResponse:
        case = get_visible(self.model, request.actor, pk, self.related)
        form = self.make_form(case, request.POST, request.FILES, **named)
        if not form.is_valid():
            return self.page(request, case, form, [], status=422, **named)
        saved, reasons = run(self.step, case, request, **self.facts(form, **named))
        if reasons:
            others = spread(reasons, form)
            return self.page(request, saved, form, others, status=409 if others else 422, **named)
        messages.success(request, self.done)
        return redirect(self.next_url(saved, **named))

    def may_edit(self, case: Any) -> bool:
        return bool(case.is_editable)

    def make_form(self, case: Any, data: Any = None, files: Any = None, **named: Any) -> Any:
        raise NotImplementedError

    def facts(self, form: Any, **named: Any) -> dict[str, Any]:
        """What the step takes; by default the form's cleaned data."""
        return dict(form.cleaned_data)

    def next_url(self, case: Any, **named: Any) -> str:
        return str(case.get_absolute_url())

    def context(self, request: Any, case: Any, form: Any, **named: Any) -> dict[str, Any]:
        """More for the template."""
        return {}

    def page(
        self, request: Any, case: Any, form: Any, reasons: list[Reason], status: int = 200, **named: Any
    ) -> HttpResponse:
        context = {
            "case": case,
            "parts": form,
            "has_errors": form.is_bound and not form.is_valid(),
            "reasons": reasons,
            "version": case.version if STALE in reasons or not request.POST.get("version") else request.POST["version"],
            **self.context(request, case, form, **named),
        }
        return render(request, self.template_name, context, status=status)


class RemoveView(RoleRequired, View):
    """A POST that takes one row away and returns to where it stood."""

    roles = (Role.ENT_HR,)
    model: Any
    step: Step
    fact = ""
    back = ""

    def post(self, request: Any, pk: int, row: int) -> HttpResponse:
        case = get_visible(self.model, request.actor, pk)
        saved, reasons = run(self.step, case, request, **{self.fact: row})
        for reason in reasons:
            messages.warning(request, str(reason))
        if not reasons:
            messages.success(request, "已移除。")
        return redirect(reverse(self.back, args=[saved.pk]))
