"""The one page that serves every step: what will happen, what stands against it, the facts, who will be told."""

from __future__ import annotations

import inspect
import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views import View

from jiaxing_titles.accounts.access import RoleRequired
from jiaxing_titles.actions.case import Case, get_visible
from jiaxing_titles.actions.doing import STALE, run, spread
from jiaxing_titles.actions.errors import NotPermitted
from jiaxing_titles.actions.step import Step, steps
from jiaxing_titles.audit.queries import events_of
from jiaxing_titles.reasons import Reason


class StepForm(forms.Form):
    """The facts of a step that declares no form of its own: none."""


class ReasonForm(forms.Form):
    """A step that needs an opinion: 退回, 不同意, 处置 and the like."""

    reason = forms.CharField(label="意见", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class CauseForm(ReasonForm):
    """A step that changes what was to happen: 延期, 变更, 作废 and the like. It has a cause, not an opinion."""

    reason = forms.CharField(label="原因", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class OptionalReasonForm(forms.Form):
    reason = forms.CharField(
        label="意见（选填）", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ActionView(RoleRequired, View):
    """GET shows the step before it is done, POST does it once.

    Stages may subclass it for a step with its own page: set `template_name`, add to `context`.
    """

    template_name = "actions/step.html"
    step_name = ""
    console = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        name = self.step_name or kwargs.get("step", "")
        if name not in steps:
            raise Http404
        self.step: Step = steps[name]
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: Any, pk: int, step: str = "") -> HttpResponse:
        case = get_visible(self.step.model, request.actor, pk)
        self._refuse_strangers(case, request)
        form = self.make_form(case, request)
        return self.page(request, case, form, self.step.reasons(case, request.actor))

    def post(self, request: Any, pk: int, step: str = "") -> HttpResponse:
        case = get_visible(self.step.model, request.actor, pk)
        self._refuse_strangers(case, request)
        form = self.make_form(case, request, bound=True)
        if not form.is_valid():
            return self.page(request, case, form, self.step.reasons(case, request.actor), status=422)
        return self._do(request, case, form)

    def _do(self, request: Any, case: Case, form: forms.Form) -> HttpResponse:
        done, reasons = run(self.step, case, request, versioned=not self.step.crowded, **form.cleaned_data)
        if reasons:
            stale = STALE in reasons
            others = [] if stale else spread(reasons, form)
            return self.page(request, done, form, others, status=409 if stale or others else 422, stale=stale)
        return self.finished(request, done)

    def finished(self, request: Any, case: Any) -> HttpResponse:
        """Where the person lands: the case's own page, which states the new state as read back."""
        case = type(case)._base_manager.get(pk=case.pk)
        state = f"现在是“{case.get_state_display()}”。" if hasattr(case, "get_state_display") else ""
        messages.success(request, f"已办理：{self.step.label}。{state}")
        return redirect(self.landing(request, case))

    def landing(self, request: Any, case: Any) -> str:
        official = self.console or request.actor.is_official
        own = getattr(case, "console_url" if official else "get_absolute_url", None)  # an organisation has neither
        return str(own() if own else "") or ("/console/" if official else "/home/")

    def make_form(self, case: Case, request: Any, bound: bool = False) -> forms.Form:
        kind = self.step.form or StepForm
        wanted = inspect.signature(kind.__init__).parameters
        extra = {name: value for name, value in {"case": case, "actor": request.actor}.items() if name in wanted}
        if bound:
            return kind(request.POST, request.FILES, **extra)
        chosen = {name: request.GET[name] for name in kind.base_fields if name in request.GET}  # a link may fill in
        return kind(**extra, **({"initial": chosen} if chosen else {}))

    def _refuse_strangers(self, case: Case, request: Any) -> None:
        if sentence := self.step.refusal(case, request.actor):
            raise NotPermitted(sentence)

    def context(self, request: Any, case: Case) -> dict[str, Any]:
        """More for a stage's own template."""
        return {}

    def page(
        self, request: Any, case: Case, form: forms.Form, reasons: list[Reason], status: int = 200, stale: bool = False
    ) -> HttpResponse:
        told = list(dict.fromkeys(tell.audience(case) for tell in self.step.tells)) if not self.step.creates else []
        context = {
            "step": self.step,
            "case": case,
            "form": form,
            "reasons": reasons,
            "instead": steps.get(self.step.instead),
            "stale": stale,
            "last_event": events_of(case).last() if stale else None,
            "told": [one for one in told if one],
            "key": request.POST.get("key") or uuid.uuid4(),
            "version": request.POST.get("version") if not stale and request.POST.get("version") else version_of(case),
            "back": self.landing(request, case) if not self.step.creates else request.META.get("HTTP_REFERER", "/"),
            "base": "base_console.html" if self.console or request.actor.is_official else "base_portal.html",
            **self.context(request, case),
        }
        return render(request, self.template_name, context, status=status)


def version_of(case: Any) -> int | str:
    """What the page carries against changes meanwhile; nothing for parents that are no cases (an organisation)."""
    version: int | str = getattr(case, "version", "")
    return version
