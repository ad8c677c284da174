"""How forms look: labels that mark what is optional, hints and errors bound to their field, one summary of errors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm, BaseFormSet, BoundField, Widget, widgets
from django.forms.renderers import TemplatesSetting

UNSTYLED = (widgets.CheckboxInput, widgets.RadioSelect, widgets.CheckboxSelectMultiple, widgets.HiddenInput)


class UiBoundField(BoundField):
    """Gives widgets their classes; a form need not know how it looks."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Widget | None = None) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        shown = widget or self.field.widget
        if isinstance(shown, UNSTYLED):
            return built
        look = "form-select" if isinstance(shown, widgets.Select) else "form-control"
        own = shown.attrs.get("class", "") or built.get("class", "")
        invalid = "is-invalid" if self.errors and self.form.is_bound else ""
        built["class"] = " ".join(word for word in (own, look, invalid) if word)
        return built

    @property
    def target(self) -> str:
        """The id that a link in the error summary leads to: the first choice where there are many."""
        return self.id_for_label or (f"{self.auto_id}_0" if self.auto_id else "")

    @property
    def marks_optional(self) -> bool:
        """Optional fields say so; required ones carry no mark."""
        return not self.field.required and "选填" not in str(self.label)

    @property
    def is_single_check(self) -> bool:
        return isinstance(self.field.widget, widgets.CheckboxInput)


class Renderer(TemplatesSetting):
    """FORM_RENDERER: templates/django/forms/ and the bound field above for every form of the product."""

    bound_field_class = UiBoundField


@dataclass(frozen=True)
class SummaryError:
    text: str
    target: str = ""


def summary_of(form: BaseForm | BaseFormSet[Any]) -> Iterator[SummaryError]:
    """The messages of a form or formset in the order of the page, each with the id of its field."""
    if isinstance(form, BaseFormSet):
        yield from (SummaryError(str(text)) for text in form.non_form_errors())
        for one in form.forms:
            yield from summary_of(one)
        return
    yield from (SummaryError(str(text)) for text in form.non_field_errors())
    for field in form:
        for text in field.errors:
            yield SummaryError(str(text), "" if field.is_hidden else getattr(field, "target", field.id_for_label))
