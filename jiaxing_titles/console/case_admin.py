"""Registers and cases in the console: everything can be read, nothing can be edited; steps do the changing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import label_for_field, lookup_field
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_safe

from jiaxing_titles.actions import Case
from jiaxing_titles.console.beginnings import beginnings
from jiaxing_titles.console.filters import filter_form
from jiaxing_titles.console.values import shown
from jiaxing_titles.identity.fields import EncryptedField
from jiaxing_titles.ui.components import Cell, Column, FileRow, Row, Table, buttons_of
from jiaxing_titles.ui.history import state_of
from jiaxing_titles.ui.paging import page_of

UNSHOWN = frozenset({"id", "version", "created_at", "updated_at"})


class RegisterAdmin(admin.ModelAdmin):
    """A register (台账): list with query conditions above, one page an entry.

    Standard attributes count: `list_display`, `list_filter` (names of fields), `search_fields` (with lookups, e.g.
    `organisation__name__startswith`), `list_select_related`, `fields`. Ours: `sorts` {name: keyset order}, first =
    default; `tables(case)` and `files(case)` for what belongs to an entry; `begun_by` names the steps that make a
    new entry.
    """

    begun_by: Sequence[str] = ()
    sorts: dict[str, Sequence[str]] = {"newest": ("-id",)}
    empty = "当前条件下没有记录。清除条件后再看。"
    change_list_template = "admin/case_list.html"
    change_form_template = "admin/case_change_form.html"
    actions = None
    list_per_page = 50

    # -- who may see -----------------------------------------------------------------------------------------

    def has_view_permission(self, request: Any, obj: models.Model | None = None) -> bool:
        return bool(request.actor) and request.actor.is_official

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def get_queryset(self, request: Any) -> models.QuerySet[Any]:
        """The rows that concern the acting role; a register without such a scope is for the city's roles."""
        rows = self.model._default_manager.all()
        if hasattr(rows, "visible_to"):
            rows = rows.visible_to(request.actor)
        elif request.actor.organisation.kind != "city_bureau":
            rows = rows.none()
        related = self.list_select_related
        return rows.select_related(*related) if isinstance(related, list | tuple) and related else rows

    # -- pages -----------------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """The list and the entry. There is no address for adding, changing or deleting."""
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        entry, rows = self.admin_site.admin_view(self.entry_view), self.admin_site.admin_view(self.list_view)
        return [
            path("", rows, name=f"{name}_changelist"),
            path("<int:pk>/change/", entry, name=f"{name}_change"),
        ]

    def list_view(self, request: HttpRequest) -> HttpResponse:
        return require_safe(self._list)(request)

    def entry_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return require_safe(self._entry)(request, pk)

    def _list(self, request: Any) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = filter_form(self, request)
        rows = form.narrow(self.get_queryset(request))
        page = page_of(request, rows, self.sorts, size=self.list_per_page)
        columns = [Column(str(label_for_field(name, self.model, self))) for name in self.list_display]
        context = {
            **self.admin_site.each_context(request),
            "title": self.opts.verbose_name_plural,
            "opts": self.opts,
            "filter": form,
            "page": page,
            "begin": buttons_of(beginnings(self.begun_by, request.actor)),
            "table": Table(columns, [self._cells(row) for row in page], empty=self.empty),
        }
        return TemplateResponse(request, self.change_list_template, context)

    def _cells(self, row: models.Model) -> list[Cell]:
        cells = [self._cell(name, row) for name in self.list_display]
        return [Cell(cells[0].text, url=self.entry_url(row)), *cells[1:]]

    def _cell(self, name: str, row: Any) -> Cell:
        if name == "state" and isinstance(row, Case):
            word, tone = state_of(row)
            return Cell(word, tone=tone)
        field, _, value = lookup_field(name, row, self)
        return Cell(shown(row, field, value))

    def entry_url(self, row: Any) -> str:
        """Where a line of the list leads: the entry here, or a page that shows the case whole."""
        return f"{row.pk}/change/"

    def _entry(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        entry = get_object_or_404(self.get_queryset(request), pk=pk)
        context = {
            **self.admin_site.each_context(request),
            "title": str(entry),
            "list_url": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"),
            "opts": self.opts,
            "case": entry,
            "is_case": isinstance(entry, Case),
            "rows": self.rows(entry),
            "tables": self.tables(entry),
            "files": self.files(entry),
            **self.more(request, entry),
        }
        return TemplateResponse(request, self.change_form_template, context)

    # -- what an entry shows -----------------------------------------------------------------------------------

    def rows(self, entry: Any) -> list[Row]:
        """Label and value of `fields`, or of all columns; personal numbers only through their own masked method."""
        names = self.fields or [field.name for field in self._columns()]
        found = []
        for name in names:
            field, _, value = lookup_field(str(name), entry, self)
            found.append(Row(str(label_for_field(str(name), self.model, self)), shown(entry, field, value)))
        return found

    def _columns(self) -> list[Any]:
        skipped = (EncryptedField, models.JSONField)
        return [
            field
            for field in self.opts.concrete_fields
            if field.name not in UNSHOWN and not isinstance(field, skipped) and not field.name.endswith("_hash")
        ]

    def tables(self, entry: Any) -> Sequence[Table]:
        """Further tables of the entry: what hangs on it."""
        return ()

    def files(self, entry: Any) -> Sequence[FileRow]:
        """Its attachments."""
        return ()

    def more(self, request: HttpRequest, entry: Any) -> dict[str, Any]:
        """More for a template that extends admin/case_change_form.html."""
        return {}


class CaseAdmin(RegisterAdmin):
    """A register of cases: the entry adds state, steps offered to the acting person, and the timeline.

    `save_model` is not overridden here or below: there is no form that saves (a test looks).
    """

    def __init__(self, model: type[models.Model], admin_site: admin.AdminSite) -> None:
        if not issubclass(model, Case):
            raise TypeError(f"{model.__name__} is no case; register it with RegisterAdmin")
        super().__init__(model, admin_site)
