"""What a teller keys in: totals of one sheet and totals per name, never one member's sheet."""

from __future__ import annotations

from typing import Any

from django import forms

from jiaxing_titles.accounts.actor import Actor
from reviews.models import VoteSheet

SHEETS = {"issued": "发票", "returned": "收回", "missing": "未收回", "valid": "有效", "invalid": "无效"}
MARKS = {"yes": "同意", "no": "反对", "abstain": "弃权", "invalid": "无效", "recused": "回避"}


class CountForm(forms.Form):
    """Gives `issued` … `invalid` and `marks` (`{"1": {"yes": 9, …}}`); a field per name and mark is `line_1_yes`."""

    def __init__(self, *args: Any, case: VoteSheet | None = None, actor: Actor | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = list(case.lines.select_related("application__person")) if case is not None else []
        earlier = case.counts.filter(teller=actor.user).first() if case is not None and actor is not None else None
        for name, label in SHEETS.items():
            self.fields[name] = self._number(label, getattr(earlier, name, None))
        for line in self.lines:
            known = earlier.marks.get(str(line.number), {}) if earlier else {}
            for mark, label in MARKS.items():
                full = f"{line.number}. {line.application.person.name}：{label}"
                self.fields[f"line_{line.number}_{mark}"] = self._number(full, known.get(mark))

    @staticmethod
    def _number(label: str, initial: int | None) -> forms.IntegerField:
        attrs = {"inputmode": "numeric", "autocomplete": "off"}
        return forms.IntegerField(
            label=label,
            min_value=0,
            max_value=999,
            initial=initial,
            widget=forms.NumberInput(attrs=attrs),
            error_messages={"required": f"请填写“{label}”，没有的填 0。"},
        )

    def sheet_fields(self) -> list[forms.BoundField]:
        """The five totals of the sheet, for the template."""
        return [self[name] for name in SHEETS]

    def rows(self) -> list[tuple[Any, list[tuple[str, forms.BoundField]]]]:
        """(line, its five (mark, bound field)) in the order of the sheet, for the template."""

        def bound(number: int) -> list[tuple[str, forms.BoundField]]:
            return [(label, self[f"line_{number}_{mark}"]) for mark, label in MARKS.items()]

        return [(line, bound(line.number)) for line in self.lines]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        totals: dict[str, Any] = {name: facts.get(name) for name in SHEETS}
        totals["marks"] = {
            str(line.number): {mark: facts.get(f"line_{line.number}_{mark}") for mark in MARKS} for line in self.lines
        }
        return totals
