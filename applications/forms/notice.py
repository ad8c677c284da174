"""Facts of the in-house notice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms

from applications.models import AnnualRound, TitleApplication
from jiaxing_titles.identity import names, phones
from jiaxing_titles.identity.errors import Unacceptable


class NoticeForm(forms.Form):
    contact = forms.CharField(label="异议受理方式", max_length=200, help_text="受理人、电话和地点，印在公示上。")

    def __init__(self, *args: Any, case: AnnualRound, **kwargs: Any) -> None:
        kwargs["initial"] = {"contact": f"{case.contact}，{case.phone}", **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)


class CorrectForm(forms.Form):
    name = forms.CharField(label="姓名", max_length=50)
    department = forms.CharField(label="部门", max_length=50)
    position = forms.CharField(label="岗位", max_length=50)
    summary = forms.CharField(label="业绩摘要", max_length=300, widget=forms.Textarea(attrs={"rows": 4}))
    reason = forms.CharField(label="更正原因", max_length=300, help_text="显示在公示中。")

    def __init__(self, *args: Any, case: TitleApplication, **kwargs: Any) -> None:
        initial = {
            "name": case.person.name,
            "department": case.department,
            "position": case.position,
            "summary": case.summary,
        }
        kwargs["initial"] = {**initial, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)


class ObjectionForm(forms.Form):
    """By name: an objection that nobody can be asked about cannot be investigated."""

    number = forms.IntegerField(
        label="针对人员的序号", min_value=1, max_value=10_000, help_text="公示名单第一列的序号。"
    )
    complainant = forms.CharField(label="您的姓名", max_length=50)
    phone = forms.CharField(label="联系电话", max_length=20)
    text = forms.CharField(
        label="异议内容", max_length=2000, help_text="写明事实和线索。", widget=forms.Textarea(attrs={"rows": 6})
    )

    def clean_complainant(self) -> str:
        return _accepted(names.accept, self.cleaned_data["complainant"])

    def clean_phone(self) -> str:
        return _accepted(phones.accept, self.cleaned_data["phone"])


def _accepted(accept: Callable[[str], str], typed: str) -> str:
    try:
        return accept(typed)
    except Unacceptable as wrong:
        raise forms.ValidationError(str(wrong)) from wrong
