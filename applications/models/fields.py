"""A model field for dates that may lack the day or the month."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from applications.rules.partial_dates import read_partial_date


class PartialDateFormField(forms.CharField):
    """Takes `2021.7`, `2021年7月1日`, … and gives `2021-07`, `2021-07-01`."""

    def to_python(self, value: Any) -> str:
        return _read(str(super().to_python(value) or ""))


class PartialDateField(models.CharField):  # type: ignore[type-arg] # Django's fields take no parameters at run time
    """`2021-07-01`, `2021-07` or `2021` as text: what is not known is not invented."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("help_text", "例如 2021-07-01；只记得月份可填 2021-07。")
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        return _read(value) if isinstance(value, str) else value

    def formfield(self, **kwargs: Any) -> Any:
        # The typed text may be longer than the stored form: 2021年7月1日.
        return super().formfield(**{"form_class": PartialDateFormField, "max_length": 20, **kwargs})


def _read(value: str) -> str:
    if not value:
        return ""
    try:
        return read_partial_date(value)
    except ValueError as wrong:
        raise ValidationError(str(wrong), code="partial_date") from None
