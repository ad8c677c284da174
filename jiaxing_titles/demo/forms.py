from __future__ import annotations

import datetime as dt

from django import forms

from jiaxing_titles import clock


class ClockForm(forms.Form):
    """Forward only: what has happened has happened."""

    day = forms.DateField(label="拨到哪一天", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        if day <= clock.today():
            raise forms.ValidationError(f"演示时间只能往后拨，请选{clock.today():%Y年%-m月%-d日}以后的日子。")
        if day.year > 2028:
            raise forms.ValidationError("最远只能拨到2028年12月31日。")
        return day
