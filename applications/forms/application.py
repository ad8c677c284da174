"""Facts of the applicant's own steps."""

from __future__ import annotations

from typing import Any

from django import forms

from applications.choices import Level, Route
from applications.models import AnnualRound, TitleApplication
from applications.rules import commitment
from enterprises.models import Speciality
from enterprises.queries import authority_of


class StartForm(forms.Form):
    """级别、专业、途径, limited to what the company may review (R-6.2.3)."""

    level = forms.ChoiceField(label="申报级别", choices=Level.choices, widget=forms.RadioSelect)
    speciality = forms.ModelChoiceField(label="申报专业", queryset=Speciality.objects.none(), empty_label="选择专业")
    route = forms.ChoiceField(
        label="申报途径",
        choices=Route.choices,
        widget=forms.RadioSelect,
        initial=Route.REVIEW,
        help_text="初定：全日制或成人教育毕业生工作满规定年限、经考核合格（附件四）。破格：有突出贡献、由两人推荐（办法五（一））。",
    )
    department = forms.CharField(label="部门", max_length=50, required=False)
    position = forms.CharField(label="岗位", max_length=50, required=False)

    def __init__(self, *args: Any, case: AnnualRound | TitleApplication, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        authority = authority_of(case.enterprise, case.cycle)
        if authority is not None:
            fields: dict[str, Any] = self.fields
            fields["speciality"].queryset = authority.specialities.order_by("name")
            fields["level"].choices = [one for one in Level.choices if one[0] in authority.levels]


class CommitmentForm(forms.Form):
    """诚信承诺 with the typed name (F-27)."""

    agreed = forms.BooleanField(
        label=commitment.TEXTS[commitment.CURRENT],
        error_messages={"required": "提交前须作出承诺，在承诺前打勾。"},
    )
    typed_name = forms.CharField(label="签署姓名", max_length=50, help_text="输入您本人的姓名。")


class WithdrawForm(forms.Form):
    reason = forms.CharField(label="撤回原因", max_length=300)
