from __future__ import annotations

from typing import Any

from django import forms

from jiaxing_titles.publicity.models import PublicityPeriod
from jiaxing_titles.ui.formats import cn_date

LONGEST_EXTENSION = 30


class ExtensionForm(forms.Form):
    """延长: working days more for everybody on the notice."""

    days = forms.IntegerField(label="延长几个工作日", min_value=1, max_value=LONGEST_EXTENSION)
    reason = forms.CharField(label="延长原因", max_length=200, help_text="对外显示，不写个人信息。")


class OutageForm(forms.Form):
    """The site was down on one of the days that count; `hours` as the operators measured it."""

    day = forms.ChoiceField(label="中断的日子", help_text="计入公示期的工作日。")
    hours = forms.IntegerField(label="中断小时数", min_value=1, max_value=24)
    reason = forms.CharField(label="说明", max_length=200, help_text="对外显示。")

    def __init__(self, *args: Any, case: PublicityPeriod, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days: Any = self.fields["day"]
        days.choices = [(day, cn_date(day)) for day in case.counted_days]


class SettleForm(forms.Form):
    """核查结论: what was found, and the words of the reply to a named objector."""

    findings = forms.CharField(label="核查情况", max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
    reply = forms.CharField(label="答复", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
