"""How forms look: labels that mark what is optional, hints and errors bound to their field, one summary of errors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseForm, BaseFormSet, BoundField, Form, Widget, formset_factory, widgets
from django.forms.renderers import TemplatesSetting

UNSTYLED = (widgets.CheckboxInput, widgets.RadioSelect, widgets.CheckboxSelectMultiple, widgets.HiddenInput)

# Django's own sentences about limits speak of “该变量”.
LIMITS = {
    "max_length": "{label}最多 {limit_value} 个字，现在是 {show_value} 个字",
    "min_length": "{label}至少 {limit_value} 个字，现在是 {show_value} 个字",
    "max_value": "{label}不能大于 {limit_value}",
    "min_value": "{label}不能小于 {limit_value}",
    "max_digits": "{label}最多 {max} 位数字",
    "max_decimal_places": "{label}最多 {max} 位小数",
}


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
    def messages(self) -> list[str]:
        """The errors in words that stand alone, so that summary and field can say the same.

        The framework's own sentences name no field (“这个字段是必填项。”); ours do and stay as they are.
        """
        return [self._worded(error) for error in self.errors.as_data()]

    def _worded(self, error: ValidationError) -> str:
        text = str(next(iter(error.messages)))
        standard = {str(sentence) for kind in type(self.field).__mro__ for sentence in _standard(kind)}
        if error.code == "required" and text in standard:
            return f"{self._verb}{self.label}"
        if error.code in LIMITS and error.code not in self.field.error_messages and error.params:
            return LIMITS[error.code].format(label=self.label, **error.params)
        return f"{self.label}：{text}" if str(error.message) in standard else text

    @property
    def _verb(self) -> str:
        if isinstance(self.field.widget, widgets.FileInput):
            return "上传"
        if self.is_single_check:
            return "请勾选："
        return "选择" if isinstance(self.field.widget, widgets.ChoiceWidget) else "填写"

    @property
    def marks_optional(self) -> bool:
        """Optional fields say so. A single tick does not: leaving it empty is an answer."""
        return not self.field.required and not self.is_single_check and "选填" not in str(self.label)

    @property
    def is_single_check(self) -> bool:
        return isinstance(self.field.widget, widgets.CheckboxInput)


class Renderer(TemplatesSetting):
    """FORM_RENDERER: templates/django/forms/ and the bound field above for every form of the product."""

    bound_field_class = UiBoundField


def _standard(kind: type) -> Iterable[Any]:
    """The default sentences that a field class brings along, validators' not included."""
    return vars(kind).get("default_error_messages", {}).values()


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
        # A form that brings its own bound field class says its errors as they are.
        for text in getattr(field, "messages", field.errors):
            yield SummaryError(str(text), "" if field.is_hidden else getattr(field, "target", field.id_for_label))


def rows_of(form: type[Form], *, most: int, **options: Any) -> Any:
    """A formset class of at most that many rows, whatever number the request claims.

    Django would build a thousand rows more than that, and draw them, for a number bent by hand.
    """
    return formset_factory(form, max_num=most, absolute_max=most + 1, **options)
