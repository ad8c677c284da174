"""What strangers fill in. Labels, limits and sentences; no lookups here."""

from __future__ import annotations

from typing import Any

from django import forms

from jiaxing_titles.identity import names, phones
from jiaxing_titles.identity.errors import Unacceptable

ONE_LINE = {"autocomplete": "off", "spellcheck": "false"}


class QueryForm(forms.Form):
    code = forms.CharField(
        label="查询码",
        max_length=20,
        help_text="提交申报时给出的8位查询码，印在回执上。",
        widget=forms.TextInput(attrs=ONE_LINE),
    )
    name = forms.CharField(label="姓名", max_length=50, widget=forms.TextInput(attrs=ONE_LINE))


class VerifyForm(forms.Form):
    code = forms.CharField(
        label="验证码",
        max_length=40,
        help_text="结果通知上二维码下方的16位字母和数字。",
        widget=forms.TextInput(attrs=ONE_LINE),
    )


class ObjectionCodeForm(forms.Form):
    code = forms.RegexField(
        r"^\s*[A-Za-z0-9]{8,16}\s*$",
        label="异议编号",
        max_length=20,
        help_text="提出异议后给出的编号。",
        widget=forms.TextInput(attrs=ONE_LINE),
        error_messages={"invalid": "编号由8位字母和数字组成，请核对。"},
    )


class ObjectionForm(forms.Form):
    """By name (实名): an objection that cannot be asked about cannot be investigated."""

    number = forms.IntegerField(
        label="针对人员的序号", min_value=1, max_value=100_000, help_text="公示名单第一列的序号。"
    )
    complainant = forms.CharField(
        label="您的姓名", max_length=50, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = forms.CharField(label="联系电话", max_length=20, widget=forms.TextInput(attrs={"autocomplete": "tel"}))
    text = forms.CharField(
        label="异议内容",
        max_length=2000,
        help_text="写明事实和线索。涉及材料的，核查时会与您联系索取。",
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean_complainant(self) -> str:
        return _accepted(names.accept, self.cleaned_data["complainant"])

    def clean_phone(self) -> str:
        return _accepted(phones.accept, self.cleaned_data["phone"])


def _accepted(accept: Any, typed: str) -> str:
    try:
        return str(accept(typed))
    except Unacceptable as problem:
        raise forms.ValidationError(str(problem)) from problem
