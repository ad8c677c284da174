"""A notice on its last day and after it (D-4, D-9); an objection near or past its reply day (decision 40)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from jiaxing_titles.accounts.models import Membership, User
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.notifications.reminders import Due, reminder
from jiaxing_titles.publicity.choices import OPEN_OBJECTIONS, PeriodKind, PeriodState
from jiaxing_titles.publicity.models import Objection, PublicityPeriod
from jiaxing_titles.ui.formats import cn_day

AHEAD = dt.timedelta(days=3)
TOLD_AFTER = dt.timedelta(days=7)
_PAGE = {PeriodKind.IN_HOUSE: "/ent/", PeriodKind.CITY: "/console/"}


@reminder("notices")
def notices_ending(today: dt.date) -> Iterable[Due]:
    """Whoever published it, on the last day and once it is over, with the objections that came in."""
    shown = PublicityPeriod.objects.filter(
        state__in=[PeriodState.RUNNING, PeriodState.CLOSED], ends_on__range=[today - TOLD_AFTER, today]
    )
    for period in shown.order_by("pk"):
        objections = period.objections.filter(state__in=OPEN_OBJECTIONS).count()
        over = period.state == PeriodState.CLOSED
        if over == (today == period.ends_on) or (over and period.kind == PeriodKind.CITY):
            continue  # still to be settled, or closed early; of the end of a city notice its stage tells
        word = "已结束，可以办理下一环节" if over else f"今天（{cn_day(today)}）24:00结束"
        yield Due(
            key=f"notice:{period.pk}:{period.ends_on}:{'over' if over else 'last'}",
            users=_desk(period),
            title="公示结束" if over else "公示最后一天",
            text=f"{period.title}{word}，未办结的异议{objections}条。",
            url=_PAGE[period.kind],
        )


@reminder("objections")
def due_objections(today: dt.date) -> Iterable[Due]:
    """Once three days before, once on the day after the deadline."""
    rows = Objection.objects.filter(state__in=OPEN_OBJECTIONS, reply_due_on__lte=today + AHEAD)
    for objection in rows.select_related("period"):
        in_house = objection.period.kind == PeriodKind.IN_HOUSE
        overdue = today > objection.reply_due_on
        word = "已逾期，请立即办结或说明原因" if overdue else f"须在{objection.reply_due_on:%-m月%-d日}前办结"
        yield Due(
            key=f"objection:{objection.pk}:{'overdue' if overdue else 'near'}",
            users=_desk(objection.period),
            title="异议答复期限",
            text=f"{objection}{word}。",
            url=objection.get_absolute_url() if in_house else objection.console_url(),
        )


def _desk(period: PublicityPeriod) -> tuple[User, ...]:
    """Who publishes and who investigates: the company's or the city's desk."""
    role = Role.ENT_HR if period.kind == PeriodKind.IN_HOUSE else Role.CITY_CLERK
    return Membership.objects.holders(period.organisation_id, role)
