"""When the State Council's notice of a year arrives (decision 19)."""

from __future__ import annotations

from typing import Any

from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import Organisation
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import step
from jiaxing_titles.workdays.forms import NoticeForm, as_days
from jiaxing_titles.workdays.models import CalendarDay, CalendarYear


@step(
    Organisation,
    label="导入放假通知",
    by=[Role.SYSADMIN, Role.CITY_CLERK],
    on="",
    form=NoticeForm,
    creates=True,
    effects=["该年度的工作日历生效，跨入该年度的公示可以发布"],
)
def load_year(
    bureau: Organisation, *, actor: Actor, year: int, number: str, lines: dict[str, list[Any]]
) -> CalendarYear:
    """The year becomes confirmed; loading it again replaces its days."""
    notice = f"国务院办公厅关于{year}年部分节假日安排的通知"
    row, _ = CalendarYear.objects.update_or_create(
        year=year, defaults={"notice": notice, "number": number, "confirmed_at": clock.now()}
    )
    CalendarDay.objects.filter(year=row).delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(day=day, year=row, is_workday=working, name=name) for day, working, name in as_days(lines)
    )
    return row
