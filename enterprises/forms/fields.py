"""Fields that several forms of the stage share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from jiaxing_titles.attachments.fields import AttachmentField
from jiaxing_titles.identity.errors import Unacceptable
from jiaxing_titles.policy.models import Cycle


def text(label: str, *, limit: int, rows: int = 0, required: bool = True, hint: str = "") -> forms.CharField:
    """A line, or with `rows` a box of so many lines."""
    widget: forms.Widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, max_length=limit, required=required, widget=widget, help_text=hint)


def day(label: str, *, required: bool = True, hint: str = "") -> forms.DateField:
    """A calendar day; the browser's own picker where there is one."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=hint,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def cycles(label: str = "年度") -> forms.ModelChoiceField:
    return forms.ModelChoiceField(Cycle.objects.order_by("-year"), label=label, empty_label=None)


def pick(label: str, choices: Any, *, required: bool = True, hint: str = "") -> forms.ChoiceField:
    """One of a short closed list, as radio buttons."""
    return forms.ChoiceField(label=label, choices=choices, required=required, help_text=hint, widget=forms.RadioSelect)


def ticks(label: str, choices: Any, *, required: bool = True, hint: str = "") -> forms.MultipleChoiceField:
    """Several of a closed list."""
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=required, help_text=hint, widget=forms.CheckboxSelectMultiple
    )


def promise(sentence: str) -> forms.BooleanField:
    """A statement that must be ticked, in full."""
    return forms.BooleanField(label=sentence, error_messages={"required": "请阅读并勾选这一条。"})


class AcceptedField(forms.CharField):
    """A line that a rule of identity (name, telephone, credit code) accepts and puts into its stored form."""

    def __init__(self, *, accept: Callable[[str], str], **options: Any) -> None:
        self.accept = accept
        super().__init__(**options)

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        try:
            return self.accept(typed)
        except Unacceptable as problem:
            raise ValidationError(str(problem), code="unacceptable") from problem


def accepted(label: str, accept: Callable[[str], str], *, limit: int, hint: str = "") -> AcceptedField:
    return AcceptedField(accept=accept, label=label, max_length=limit, help_text=hint)


def upload(label: str, *, required: bool = True) -> AttachmentField:
    """A file to hand in; what it cleans to goes straight into the step."""
    return AttachmentField(label=label, required=required)
