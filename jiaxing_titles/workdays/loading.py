"""Putting a notice into the table, and trying beforehand what would follow."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.workdays.changes import Changes, against_table
from jiaxing_titles.workdays.hooks import recount_all
from jiaxing_titles.workdays.models import CalendarDay, CalendarYear
from jiaxing_titles.workdays.notice import Read
from jiaxing_titles.workdays.prose import Day


def store(year: int, number: str, days: Iterable[Day]) -> CalendarYear:
    """The year's table as the notice says; what stood there before is replaced."""
    notice = f"国务院办公厅关于{year}年部分节假日安排的通知"
    row, _ = CalendarYear.objects.update_or_create(
        year=year, defaults={"notice": notice, "number": number, "confirmed_at": clock.now()}
    )
    CalendarDay.objects.filter(year=row).delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(day=day, year=row, is_workday=working, name=name) for day, working, name in days
    )
    return row


def preview(year: int, found: Read, actor: Actor) -> Changes:
    """Which days would change, and which open periods: the very loading, undone again."""
    against, lines = against_table(year, found)
    with transaction.atomic():
        store(year, "", [(day, working, name) for day, (working, name) in found.items()])
        effects = recount_all(year, actor)
        transaction.set_rollback(True)
    return Changes(against, lines, effects)
