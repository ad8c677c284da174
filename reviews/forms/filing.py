"""Facts about filing and guidance."""

from __future__ import annotations

from typing import Any

from django import forms

from reviews.choices import DeclineKind
from reviews.gates.panel import seats_of
from reviews.models import ReviewFiling
from reviews.rules import composition


def text_field(label: str, *, required: bool = True, rows: int = 4, limit: int = 2000, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=limit, required=required, widget=forms.Textarea(attrs={"rows": rows}), **more
    )


class AcknowledgeForm(forms.Form):
    """`consented_externals` is asked only where the listed externals exceed a third (办法五（二）)."""

    consented_externals = forms.IntegerField(
        label="同意的外聘人数上限",
        min_value=0,
        max_value=99,
        required=False,
        help_text="外聘超过三分之一时必填；到会签到仍按这个人数核对。",
    )
    opinion = text_field("备案意见", required=False, rows=3)

    def __init__(self, *args: Any, case: ReviewFiling | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.over = case is not None and not composition.ratio_kept(seats_of(case.panel), case.round.cycle.policy)
        if case is not None and not self.over:
            del self.fields["consented_externals"]

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or {}
        if self.over and facts.get("consented_externals") is None and "consented_externals" not in self.errors:
            self.add_error("consented_externals", "外聘超过三分之一，请填写同意的人数上限，或退回备案。")
        return facts


class GuidanceForm(forms.Form):
    assign = forms.TypedChoiceField(
        label="是否随机指派中评委专家库成员到会指导",
        choices=[("yes", "指派"), ("no", "不指派")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = text_field("理由", rows=3, help_text="办法五（二）：市局视情况随机指派，指派或不指派都须说明。")


class DeclineForm(forms.Form):
    decline_kind = forms.ChoiceField(label="情形", choices=DeclineKind, widget=forms.RadioSelect)
    decline_reason = forms.CharField(label="原因", max_length=200)


class GuidanceNoteForm(forms.Form):
    procedure_followed = forms.TypedChoiceField(
        label="评审程序是否规范",
        choices=[("yes", "规范"), ("no", "不规范（请在意见中写明）")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    guidance_note = text_field("指导意见", rows=6)
