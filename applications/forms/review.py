"""Facts of HR's steps."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from applications.choices import DisqualifyGround, Topic
from applications.forms.round import DateInput
from applications.models import InitialCheck, TitleApplication
from jiaxing_titles import clock
from jiaxing_titles.attachments.fields import AttachmentField

DEFAULT_RETURN_DAYS = 7
CLAUSES = [
    ("附件一", "附件一：近3年年度考核"),
    ("附件二", "附件二：继续教育学时"),
    ("附件三", "附件三：评审条件"),
    ("附件四", "附件四：初定条件"),
    ("办法五（一）", "办法五（一）：方案的资格条件或破格条件"),
    ("办法六2", "办法六2：评审权限范围"),
    ("办法六3", "办法六3：本单位人员、弄虚作假"),
]


class ReturnForm(forms.Form):
    """一次性告知: up to eight items, one line each for problem and remedy."""

    ITEMS = 8

    due_on = forms.DateField(label="补正期限", widget=DateInput())
    why_not_earlier = forms.CharField(label="上次未一并告知的原因", max_length=300, required=False)

    def __init__(self, *args: Any, case: TitleApplication, **kwargs: Any) -> None:
        suggested = clock.today() + dt.timedelta(days=DEFAULT_RETURN_DAYS)
        kwargs["initial"] = {"due_on": suggested, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.second = case.returns.exists()
        self.fields["why_not_earlier"].required = self.second
        if not self.second:
            del self.fields["why_not_earlier"]
        for number in range(1, self.ITEMS + 1):
            self.fields[f"topic_{number}"] = forms.ChoiceField(
                label=f"第{number}处：部分", choices=[("", "不填"), *Topic.choices], required=number == 1
            )
            self.fields[f"problem_{number}"] = forms.CharField(
                label=f"第{number}处：问题", max_length=300, required=number == 1
            )
            self.fields[f"remedy_{number}"] = forms.CharField(
                label=f"第{number}处：改法", max_length=300, required=False
            )

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or {}
        items = []
        for number in range(1, self.ITEMS + 1):
            topic, problem = facts.pop(f"topic_{number}", ""), facts.pop(f"problem_{number}", "")
            remedy = facts.pop(f"remedy_{number}", "")
            if problem and not topic:
                self.add_error(f"topic_{number}", "选择问题所在的部分。")
            if topic and not problem and f"problem_{number}" not in self.errors:
                self.add_error(f"problem_{number}", "写明问题是什么。")
            if topic and problem:
                items.append({"topic": topic, "problem": problem, "remedy": remedy})
        facts["items"] = items
        return facts


class RefuseForm(forms.Form):
    clause = forms.ChoiceField(label="依据条款", choices=[("", "选择条款"), *CLAUSES])
    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 4}))


class DisqualifyForm(forms.Form):
    ground = forms.ChoiceField(label="终止原因", choices=[("", "选择原因"), *DisqualifyGround.choices])
    clause = forms.ChoiceField(label="依据条款", choices=[("", "选择条款"), *CLAUSES])
    reason = forms.CharField(label="说明", max_length=500, widget=forms.Textarea(attrs={"rows": 4}))


class InitialCheckForm(forms.ModelForm):  # type: ignore[type-arg] # Django's forms take no parameters at run time
    """初定考核 (附件四)."""

    file = AttachmentField(label="考核表扫描件", required=False)

    class Meta:
        model = InitialCheck
        fields = ["result", "checked_on", "assessors", "opinion"]
        widgets = {"checked_on": DateInput(), "opinion": forms.Textarea(attrs={"rows": 4})}
