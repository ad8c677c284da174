"""A model's value as one readable text."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import models

from jiaxing_titles.identity.fields import EncryptedField
from jiaxing_titles.ui import formats


def shown(row: models.Model, field: Any, value: Any) -> str:
    """Choices by label, dates and truth in Chinese, nothing as an empty text; refuses a bare personal number."""
    if isinstance(field, EncryptedField):
        raise ValueError(f"{field.name} is personal: show it by a method that masks it")
    if value is None or value == "":
        return ""
    if field is not None and getattr(field, "flatchoices", None):
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return formats.cn_datetime(value)
    if isinstance(value, date):
        return formats.cn_date(value)
    if isinstance(value, list | tuple):
        return "、".join(str(one) for one in value)
    return str(value)
