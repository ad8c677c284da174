"""The scope granted to one company of a drafted list, or the words of its refusal."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from enterprises import actions, forms
from enterprises.models import ApprovedList, ApprovedListEntry
from jiaxing_titles.accounts.access import RoleRequired
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions.case import get_visible
from jiaxing_titles.actions.doing import run


class ListEntryView(RoleRequired, View):
    roles = (Role.CITY_CLERK,)

    def get(self, request: Any, pk: int, row: int) -> HttpResponse:
        case, entry = found(request, pk, row)
        return self._page(request, case, entry, forms.ListEntryForm(entry=entry), [])

    def post(self, request: Any, pk: int, row: int) -> HttpResponse:
        case, entry = found(request, pk, row)
        form = forms.ListEntryForm(request.POST, entry=entry)
        if not form.is_valid():
            return self._page(request, case, entry, form, [], status=422)
        saved, reasons = run(actions.change_list_entry, case, request, entry=entry.pk, **form.cleaned_data)
        if reasons:
            return self._page(request, saved, entry, form, reasons, status=409)
        messages.success(request, "已保存。")
        return redirect(saved.console_url())

    @staticmethod
    def _page(request: Any, case: Any, entry: Any, form: Any, reasons: Any, status: int = 200) -> HttpResponse:
        context = {"title": "授权范围", "case": case, "entry": entry, "form": form, "reasons": reasons}
        return render(request, "admin/enterprises/list_entry.html", context, status=status)


class RemoveEntryView(RoleRequired, View):
    roles = (Role.CITY_CLERK,)

    def post(self, request: Any, pk: int, row: int) -> HttpResponse:
        case, entry = found(request, pk, row)
        saved, reasons = run(actions.remove_list_entry, case, request, entry=entry.pk)
        for reason in reasons:
            messages.warning(request, str(reason))
        if not reasons:
            messages.success(request, "已移出名单，企业回到已复核。")
        return redirect(saved.console_url())


def found(request: Any, pk: int, row: int) -> tuple[ApprovedList, ApprovedListEntry]:
    """The list and its line; 404 for a line of another list."""
    case = get_visible(ApprovedList, request.actor, pk, ("cycle", "organisation"))
    entries = case.entries.select_related("application__enterprise__organisation")
    return case, get_object_or_404(entries, pk=row)
