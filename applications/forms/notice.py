"""Facts of the in-house notice."""

from __future__ import annotations

from typing import Any

from django import forms

from applications.models import AnnualRound, TitleApplication


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
