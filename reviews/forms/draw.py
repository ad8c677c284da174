"""Facts of the random draw. The supervisor's secret is offered and taken on a page that keeps nothing of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from jiaxing_titles import clock
from jiaxing_titles.policy.models import Cycle
from reviews.forms.ballot import OwnPageForm
from reviews.forms.panel import day_field
from reviews.models import RandomDraw, ReviewFiling
from reviews.rules.draw import commitment


class PoolForm(forms.Form):
    same_speciality = forms.BooleanField(label="只在申报专业范围内抽取", required=False)
    blind_until = forms.DateTimeField(
        label="姓名公开时间（盲抽，选填）",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text="填写后，到这一时间之前除被抽中的专家本人外都只看到编号。须早于开会时间。",
    )

    def __init__(self, *args: Any, case: ReviewFiling | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._filing = case

    def clean_blind_until(self) -> dt.datetime | None:
        until: dt.datetime | None = self.cleaned_data["blind_until"]
        if until is not None and self._filing and not clock.now() < until <= self._filing.meeting.planned_at:
            raise ValidationError("公开时间须晚于现在、不晚于开会时间。")
        return until


class InspectionPoolForm(forms.Form):
    cycle = forms.ModelChoiceField(label="年度", queryset=Cycle.objects.order_by("-year"), empty_label=None)
    choose = forms.IntegerField(label="抽取家数", min_value=1, max_value=50, initial=2)


class SecretField(forms.CharField):
    """Cleans to bytes; errors never repeat what was typed."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}
        super().__init__(label="监督员密数", max_length=90, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> bytes:
        try:
            return commitment.read_secret(super().clean(value))
        except ValueError as error:
            raise ValidationError("密数为 32 至 64 位十六进制数字（0–9、a–f），不能过于简单。") from error


class ContributeForm(OwnPageForm):
    supervisor_secret = SecretField(
        help_text="可以换成自己掷出的数字。请抄下并保管好，抽取时再输入；系统只保存其校验值。"
    )
    noted = forms.BooleanField(
        label="已抄下并保管好密数", error_messages={"required": "请先抄下密数，丢失后不能抽取。"}
    )

    def __init__(self, *args: Any, case: RandomDraw | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["supervisor_secret"].initial = commitment.new_secret().hex()

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        return {name: value for name, value in facts.items() if name != "noted"}


class InspectionDrawForm(OwnPageForm):
    supervisor_secret = SecretField(help_text="由监督员输入。")
    due_on = day_field("检查期限")

    def __init__(self, *args: Any, case: RandomDraw | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class DrawForm(OwnPageForm):
    """The secret for the first run, the reason and what proves it for a later one."""

    supervisor_secret = SecretField(help_text="由监督员输入。")
    redraw_reason = forms.CharField(label="重新抽取原因", max_length=200)
    evidence = forms.CharField(label="依据", max_length=200, required=False, help_text="如请假条、通话记录。")

    def __init__(self, *args: Any, case: RandomDraw | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if case is not None and case.runs.exists():
            del self.fields["supervisor_secret"]
        elif case is not None:
            del self.fields["redraw_reason"], self.fields["evidence"]
