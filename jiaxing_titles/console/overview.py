"""The numbers above the to-dos: what is running and what presses, for the acting role's part of the city."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.inbox.registry import Waiting
from jiaxing_titles.policy.actions import open_year
from jiaxing_titles.policy.models import Cycle
from jiaxing_titles.publicity.choices import OPEN_OBJECTIONS, PeriodState
from jiaxing_titles.publicity.models import Objection, PublicityPeriod
from jiaxing_titles.workdays.actions import load_year
from jiaxing_titles.workdays.models import CalendarYear


@dataclass(frozen=True)
class Figure:
    """`late` makes the number red; an empty url makes it a plain number."""

    label: str
    number: str
    url: str = ""
    late: bool = False


def figures(actor: Actor, waiting: Sequence[Waiting]) -> list[Figure]:
    """Counts over tables that stay small (the running notices, the open objections), never over the year's people."""
    todo = sum(len(group.lines) for group in waiting)
    more = "+" if any(group.more for group in waiting) else ""
    running = PublicityPeriod.objects.visible_to(actor).filter(state=PeriodState.RUNNING).count()
    objections = Objection.objects.visible_to(actor).filter(state__in=OPEN_OBJECTIONS)
    overdue = objections.filter(reply_due_on__lt=clock.today()).count()
    return [
        *_missing_year(actor),
        *_missing_calendar(actor),
        Figure("我的待办", f"{todo}{more}", "#todo"),
        Figure("公示中", str(running), _list("publicityperiod", "state=running")),
        Figure("异议待核", str(objections.count()), _list("objection", "")),
        Figure("异议答复逾期", str(overdue), _list("objection", ""), late=overdue > 0),
    ]


def _missing_year(actor: Actor) -> list[Figure]:
    """From December, and as long as it is missing: no company can apply in a year without its settings."""
    today = clock.today()
    wanted = today.year + (today.month == 12)
    if actor.role not in open_year.by or Cycle.objects.filter(year=wanted).exists():
        return []
    return [Figure(f"{wanted}年度日程", "未建立", open_year.url(actor.organisation, actor), late=True)]


def _missing_calendar(actor: Actor) -> list[Figure]:
    """From November, when the notice usually comes: no 公示 can run into a year without it (decision 19)."""
    today = clock.today()
    if actor.role not in load_year.by or today.month < 11:
        return []
    if CalendarYear.objects.filter(year=today.year + 1).exists():
        return []
    url = load_year.url(actor.organisation, actor)
    return [Figure(f"{today.year + 1}年放假通知", "未导入", url, late=True)]


def _list(model: str, query: str) -> str:
    try:
        url = reverse(f"admin:publicity_{model}_changelist")
    except NoReverseMatch:
        return ""
    return f"{url}?{query}" if query else url
