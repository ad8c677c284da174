"""查询条件: the GET form above a register, made from `list_filter` and `search_fields`."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.db.models import Q
from django.http import HttpRequest


class FilterForm(forms.Form):
    """Conditions of one register; a value that means nothing narrows nothing and says so."""

    search_fields: tuple[str, ...] = ()

    def narrow(self, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """The rows that fit every valid condition."""
        self.is_valid()
        for name, value in getattr(self, "cleaned_data", {}).items():
            if value in (None, ""):
                continue
            rows = rows.filter(self._search(value)) if name == "q" else rows.filter(**{name: value})
        return rows

    def _search(self, words: str) -> Q:
        found = Q()
        for lookup in self.search_fields:
            found |= Q(**{lookup: words})
        return found


def filter_form(model_admin: Any, request: HttpRequest) -> FilterForm:
    """The bound form for this request."""
    fields: dict[str, forms.Field] = {}
    if model_admin.search_fields:
        fields["q"] = forms.CharField(label="名称或编号", max_length=60, required=False)
    for name in model_admin.list_filter:
        fields[name] = _condition(model_admin.model, name)
    form = type("Conditions", (FilterForm,), {**fields, "search_fields": tuple(model_admin.search_fields)})
    return form(request.GET)


def _condition(model: type[models.Model], path: str) -> forms.Field:
    column: Any = None
    owner: Any = model
    for part in path.split("__"):
        column = owner._meta.get_field(part)
        owner = column.related_model
    label = str(column.verbose_name)
    if column.is_relation:
        rows = column.related_model._default_manager.all()
        return forms.ModelChoiceField(rows, label=label, required=False, empty_label="全部")
    if isinstance(column, models.BooleanField):
        choices = [("", "全部"), ("True", "是"), ("False", "否")]
        return forms.TypedChoiceField(
            choices=choices, label=label, required=False, coerce=lambda text: text == "True", empty_value=None
        )
    if column.flatchoices:
        return forms.ChoiceField(choices=[("", "全部"), *column.flatchoices], label=label, required=False)
    raise ValueError(f"list_filter {path}: a condition needs choices, a relation or a truth value")
