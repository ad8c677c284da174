from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from jiaxing_titles import clock
from jiaxing_titles.workdays.models import CalendarYear
from jiaxing_titles.workdays.notice import example_of, read


def next_year() -> int:
    """The first year after those whose notice is known."""
    last = CalendarYear.objects.order_by("-year").values_list("year", flat=True).first()
    return last + 1 if last else clock.today().year


class NoticeForm(forms.Form):
    """A year's notice, pasted line by line."""

    year = forms.IntegerField(label="年份", min_value=2019, max_value=2100, initial=next_year)
    number = forms.CharField(label="通知文号", max_length=60, help_text="例如：国办发明电〔2026〕7号")
    lines = forms.CharField(
        label="放假和调休上班的日子",
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="按通知逐条录入，每行一条：起止日期、放假或上班、名称。写法见下面的示例。",
    )

    @property
    def example(self) -> str:
        """A whole notice that this form would take: statutory days alone, so every line wants comparing."""
        return example_of(next_year())

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
