"""What the component tags show, as plain values; nothing here writes HTML."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse

from jiaxing_titles.actions import Offer
from jiaxing_titles.attachments.models import Attachment
from jiaxing_titles.reasons import Reason
from jiaxing_titles.ui import formats
from jiaxing_titles.ui.paging import Page

Status = Literal["已填好", "填写中", "未开始", "暂不能开始", "有问题"]
TONES = frozenset({"grey", "blue", "amber", "purple", "green", "red"})
TONE_OF_WORD = {
    "草稿": "grey",
    "待办理": "blue",
    "审核中": "blue",
    "需要补正": "amber",
    "公示中": "amber",
    "表决中": "purple",
    "已通过": "green",
    "有效": "green",
    "未通过": "grey",
    "逾期": "red",
    "暂停": "red",
    "已撤销": "red",
}


@dataclass(frozen=True)
class Task:
    """One part of a long form. A part that cannot start yet has no url."""

    name: str
    status: Status
    url: str = ""
    hint: str = ""

    @property
    def status_id(self) -> str:
        return f"task-{zlib.crc32(self.name.encode()):x}"


@dataclass(frozen=True)
class Row:
    """A label and its answer on a check-answers page; `url` leads to where it is changed."""

    label: str
    value: Any
    url: str = ""

    @property
    def shown(self) -> Any:
        """The answer as it reads: filters that break lines would write a date as a program does."""
        if isinstance(self.value, datetime):
            return formats.cn_datetime(self.value)
        return formats.cn_date(self.value) if isinstance(self.value, date) else self.value


@dataclass(frozen=True)
class Column:
    label: str
    number: bool = False


@dataclass(frozen=True)
class Cell:
    """A table cell: plain text, a link, or (with a tone) a tag."""

    text: Any
    url: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Table:
    """`rows` hold one value or Cell a column; `empty` says why there is nothing and what to do."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    caption: str = ""
    empty: str = "还没有记录。"


@dataclass(frozen=True)
class FileRow:
    """A stored file as listed: `meta` e.g. `PDF，1.2 MB`; `remove_url` takes a POST."""

    name: str
    meta: str
    url: str = ""
    remove_url: str = ""

    @classmethod
    def of(cls, attachment: Attachment, remove_url: str = "", what: str = "") -> FileRow:
        """A stored attachment, said to be `what`; its link is checked again when it is followed."""
        pages = f"，{attachment.pages} 页" if attachment.pages else ""
        meta = f"{attachment.kind.upper()}，{formats.file_size(attachment.size)}{pages}"
        name = f"{what}：{attachment.original_name}" if what else attachment.original_name
        return cls(name, meta, reverse("attachments:view", args=[attachment.pk]), remove_url)


@dataclass(frozen=True)
class Button:
    label: str
    url: str
    kind: str = "normal"
    reasons: Sequence[Reason] = ()
    reasons_id: str = ""
    first: bool = False

    @property
    def button(self) -> str:
        """One filled button a page, the rest outlined, the dangerous ones red."""
        if self.kind == "danger":
            return "btn-danger"
        return "btn-primary" if self.first else "btn-outline-primary"


@dataclass(frozen=True)
class Event:
    """One line of a timeline."""

    label: str
    at: datetime
    who: str = ""
    change: str = ""
    comment: str = ""


@dataclass(frozen=True)
class BarStep:
    name: str
    state: Literal["done", "current", "todo"]
    note: str = ""


@dataclass(frozen=True)
class BoundCell:
    text: Any
    label: str
    number: bool
    url: str = ""
    tone: str = ""


def cells(columns: Sequence[Column], row: Sequence[Any]) -> Iterator[BoundCell]:
    """The row's cells with the labels that cards on a phone need."""
    for column, value in zip(columns, row, strict=True):
        cell = value if isinstance(value, Cell) else Cell(value)
        yield BoundCell(cell.text, column.label, column.number, cell.url, cell.tone)


def steps_of(names: Sequence[str], current: int) -> list[BarStep]:
    return [
        BarStep(name, "done" if place < current else "current" if place == current else "todo")
        for place, name in enumerate(names)
    ]


def buttons_of(offers: Sequence[Offer]) -> list[Button]:
    """Offered steps as buttons. The filled one can be done, lies on the way, and rather moves the case than not."""
    able = [offer for offer in offers if not offer.blocked and offer.step.kind not in ("danger", "aside")]
    first = next((offer for offer in able if offer.step.move), able[0] if able else None)
    return [
        Button(
            offer.step.label,
            offer.url,
            offer.step.kind,
            offer.reasons,
            f"why-not-{offer.step.name.replace('.', '-')}",
            offer is first,
        )
        for offer in offers
    ]


def countdown_of(counted_days: Sequence[date | str], today: date) -> dict[str, Any]:
    """Working days left, today included until it is over; the days may come as stored (ISO texts)."""
    days = [formats.local_day(day) for day in counted_days]
    return {"counted": days, "ends_on": days[-1], "left": sum(day >= today for day in days), "over": today > days[-1]}


def chips_of(form: BaseForm) -> list[str]:
    """The conditions in use, as `级别：工程师`."""
    if not form.is_bound or not form.is_valid():
        return []
    return [
        f"{form.fields[name].label}：{_shown(form, name, value)}"
        for name, value in form.cleaned_data.items()
        if value not in (None, "", [])
    ]


def _shown(form: BaseForm, name: str, value: Any) -> str:
    choices = dict(getattr(form.fields[name], "choices", ()))
    if isinstance(value, date):
        return formats.cn_date(value)
    return str(choices.get(value, value))


def pager_links(request: HttpRequest, page: Page) -> dict[str, str]:
    def link(**changes: str) -> str:
        query = request.GET.copy()
        query.pop("after", None)
        query.pop("before", None)
        query.update(changes)
        return f"{request.path}?{query.urlencode()}" if query else request.path

    return {
        "next_url": link(after=page.next) if page.next else "",
        "previous_url": link(before=page.previous) if page.previous else "",
        "first_url": link() if page.previous else "",
    }
