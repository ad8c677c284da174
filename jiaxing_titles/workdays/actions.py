"""When the State Council's notice of a year arrives (decision 19)."""

from __future__ import annotations

from typing import Any

from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import Organisation
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import step
from jiaxing_titles.workdays.forms import NoticeForm, as_days
from jiaxing_titles.workdays.hooks import recount_all
from jiaxing_titles.workdays.loading import store
from jiaxing_titles.workdays.models import CalendarYear


@step(
    Organisation,
    label="导入放假通知",
    by=[Role.SYSADMIN, Role.CITY_CLERK],
    on="",
    form=NoticeForm,
    creates=True,
    effects=[
        "该年度的工作日历生效，跨入该年度的公示可以发布",
        "正在进行的公示和异议答复期限重新计算，逐项记录；已公布的截止日只会推后，不会提前",
    ],
)
def load_year(
    bureau: Organisation, *, actor: Actor, year: int, number: str, lines: dict[str, list[Any]]
) -> CalendarYear:
    """The year becomes confirmed; loading it again replaces its days. What was counted by it is counted again."""
    row = store(year, number, as_days(lines))
    recount_all(year, actor)
    return row
