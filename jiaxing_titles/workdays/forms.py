from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from jiaxing_titles.workdays.notice import read


class NoticeForm(forms.Form):
    """A year's notice, pasted line by line."""

    year = forms.IntegerField(label="年份", min_value=2019, max_value=2100)
    number = forms.CharField(label="通知文号", max_length=60, help_text="例如：国办发明电〔2026〕7号")
    lines = forms.CharField(
        label="放假和调休上班的日子",
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="每行一条，例如：2027-01-01 至 2027-01-03 放假 元旦；2027-02-20 上班 春节。",
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                found["lines"] = {
                    day.isoformat(): [working, name]
                    for day, (working, name) in read(found["lines"], found["year"]).items()
                }
            except ValueError as sentence:
                self.add_error("lines", str(sentence))
        return found


def as_days(lines: dict[str, list[Any]]) -> list[tuple[dt.date, bool, str]]:
    return [(dt.date.fromisoformat(day), working, name) for day, (working, name) in sorted(lines.items())]
