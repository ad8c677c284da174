"""An objection near or past its reply day (decision 40)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from jiaxing_titles.accounts.models import Membership, User
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.notifications.reminders import Due, reminder
from jiaxing_titles.publicity.choices import OPEN_OBJECTIONS, PeriodKind
from jiaxing_titles.publicity.models import Objection

AHEAD = dt.timedelta(days=3)


@reminder("objections")
def due_objections(today: dt.date) -> Iterable[Due]:
    """Once three days before, once on the day after the deadline."""
    rows = Objection.objects.filter(state__in=OPEN_OBJECTIONS, reply_due_on__lte=today + AHEAD)
    for objection in rows.select_related("period__organisation"):
        in_house = objection.period.kind == PeriodKind.IN_HOUSE
        overdue = today > objection.reply_due_on
        word = "已逾期，请立即办结或说明原因" if overdue else f"须在{objection.reply_due_on:%-m月%-d日}前办结"
        yield Due(
            key=f"objection:{objection.pk}:{'overdue' if overdue else 'near'}",
            users=tuple(_investigators(objection)),
            title="异议答复期限",
            text=f"{objection}{word}。",
            url=objection.get_absolute_url() if in_house else objection.console_url(),
        )


def _investigators(objection: Objection) -> list[User]:
    role = Role.ENT_HR if objection.period.kind == PeriodKind.IN_HOUSE else Role.CITY_CLERK
    held = Membership.objects.current().filter(organisation=objection.period.organisation, role=role)
    return [one.user for one in held.select_related("user")]
