"""Facts of an inspection: the checklist of the 办法, one result and note an item."""

from __future__ import annotations

from typing import Any

from django import forms

from enterprises.choices import CheckItem, CheckResult
from enterprises.forms import fields


class InspectionForm(forms.Form):
    cycle = fields.cycles()
    origin = fields.text("检查事由", limit=200)
    due_on = fields.day("检查期限")


class ChecklistForm(forms.Form):
    """`item_<code>` and `note_<code>` for every item; gives `answers`."""

    inspected_on = fields.day("检查日期")
    inspectors = fields.text("检查人员", limit=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in CheckItem:
            self.fields[f"item_{item}"] = fields.pick(item.label, CheckResult.choices)
            self.fields[f"note_{item}"] = fields.text("情况说明", limit=300, required=False)
        self.fields["conclusion"] = fields.text("检查结论", limit=2000, rows=4)
        self.fields["rectify_due_on"] = fields.day("整改期限（有不符合事项时）", required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        answers = {}
        for item in CheckItem:
            result, note = given.pop(f"item_{item}", ""), given.pop(f"note_{item}", "")
            if result == CheckResult.FAULT and not note:
                self.add_error(f"note_{item}", "不符合的事项请写明情况。")
            answers[item.value] = {"result": result, "note": note}
        return {**given, "answers": answers}
