"""What a 试算 may change."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from applications.forms.round import DateInput


class WhatIfForm(forms.Form):
    """All three may be left as they are; `hours` comes out as digits, as the contract takes them."""

    applied_on = forms.DateField(label="如果在这一天提交", widget=DateInput(), required=False)
    hours = forms.DecimalField(
        label="如果当年学时有", min_value=Decimal(0), max_digits=6, decimal_places=2, required=False
    )
    as_of = forms.DateField(
        label="如果计算到这一天",
        widget=DateInput(),
        required=False,
        help_text="不填的按本年度计算截止日；提交日期在下一年的，按下一年12月31日。",
    )

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or {}
        day, until = facts.get("applied_on"), facts.get("as_of")
        if day and until and until < day:
            self.add_error("as_of", "计算截止日早于提交日期，核对这两个日期。")
        for name in ("applied_on", "as_of"):
            if facts.get(name) and not 1990 <= facts[name].year <= 2100:
                self.add_error(name, f"{self.fields[name].label}：年份填1990至2100之间的。")
        hours = facts.get("hours")
        facts["hours"] = "" if hours is None else f"{hours:f}"
        return facts
