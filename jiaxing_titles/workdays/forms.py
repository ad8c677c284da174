"""The State Council's notice, pasted or uploaded; saved only after its changes have been shown."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.workdays.changes import Changes
from jiaxing_titles.workdays.loading import preview
from jiaxing_titles.workdays.models import CalendarYear
from jiaxing_titles.workdays.notice import Read, as_lines, example_of, read

MOST_BYTES = 100_000


def next_year() -> int:
    """The first year after those whose notice is known."""
    last = CalendarYear.objects.order_by("-year").values_list("year", flat=True).first()
    return last + 1 if last else clock.today().year


class NoticeForm(forms.Form):
    """Sent twice: first the changes are shown (`changes`), and with them `seen`; then they are saved."""

    year = forms.IntegerField(label="年份", min_value=2019, max_value=2100, initial=next_year)
    number = forms.CharField(label="通知文号", max_length=60, help_text="例如：国办发明电〔2026〕7号")
    lines = forms.CharField(
        label="通知正文",
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="粘贴国务院办公厅通知的正文（“一、元旦：……”），或每行写一条：起止日期、放假或上班、名称。",
    )
    file = forms.FileField(
        label="或上传通知（文本文件）", required=False, help_text="扩展名 .txt，从网页复制后另存即可。"
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    changes: Changes | None = None
    to_confirm = False
    """Whether nothing is wrong but that the changes have not been looked at."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    @property
    def example(self) -> str:
        """A whole notice that this form would take: statutory days alone, so every line wants comparing."""
        return example_of(next_year())

    def clean_file(self) -> str:
        file = self.cleaned_data["file"]
        if file is None:
            return ""
        if file.size > MOST_BYTES:
            raise ValidationError("文件太大，通知正文不会超过100KB，请另存为文本文件。")
        raw = file.read()
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                text = raw.decode(encoding)
            except UnicodeDecodeError:
                continue
            if "\x00" not in text:
                return str(text)
        raise ValidationError("文件不是文本，请把通知正文复制出来另存为文本文件（.txt）。")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        seen, uploaded = found.pop("seen", ""), found.pop("file", "")
        if self.errors:
            return found
        text = uploaded or found["lines"]
        if not text.strip():
            self.add_error("lines", "请粘贴通知正文，或上传文件。")
            return found
        try:
            days = read(text, found["year"])
        except ValueError as sentence:
            self.add_error("file" if uploaded else "lines", str(sentence))
            return found
        found["lines"] = {day.isoformat(): [working, name] for day, (working, name) in days.items()}
        self._ask(found["year"], days, seen)
        return found

    def _ask(self, year: int, days: Read, seen: str) -> None:
        """Not saved before these very changes have been on the page; what was read is then in the box."""
        self.changes = preview(year, days, self.actor)
        if seen != self.changes.digest:
            self.data = self.data.copy()
            self.data["seen"], self.data["lines"] = self.changes.digest, as_lines(days)
            self.to_confirm = not self.errors
            self.add_error(None, "还没有保存。请核对下面列出的变化，无误后再点一次。")


def as_days(lines: dict[str, list[Any]]) -> list[tuple[dt.date, bool, str]]:
    return [(dt.date.fromisoformat(day), working, name) for day, (working, name) in sorted(lines.items())]
