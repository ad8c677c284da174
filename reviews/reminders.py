"""Deadlines of this stage that people are reminded of; found in the database, told once (办法五（三） 11中旬前)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from jiaxing_titles.accounts.models import Membership, User
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.notifications.reminders import Due, reminder
from jiaxing_titles.policy.models import Cycle
from jiaxing_titles.ui.formats import cn_day
from reviews.gates.report import standings

AHEAD = (60, 30, 14, 7, 3, 1)


@reminder("reviews.report")
def reports_due(today: dt.date) -> Iterable[Due]:
    """Companies that have not reported: on fixed days before the reminder date, daily from there to the last day."""
    for cycle in Cycle.objects.filter(year=today.year):
        left = (cycle.report_reminder_on - today).days
        daily = cycle.report_reminder_on <= today <= cycle.report_due_on
        if left not in AHEAD and not daily:
            continue
        for one in standings(cycle):
            if one["status"] == "missing":
                users = holders(one["enterprise"].organisation_id, Role.ENT_HR)
                text = f"{cycle.year}年度评审结果请于{cn_day(cycle.report_due_on)} 24:00 前上报市局。"
                key = f"reviews.report:{one['enterprise'].pk}:{today.isoformat()}"
                yield Due(key, users, "评审结果尚未上报", text, "/ent/meetings/", sms=daily)


def holders(organisation: int, role: Role) -> tuple[User, ...]:
    """Users who hold the role there now."""
    rows = Membership.objects.current().filter(organisation=organisation, role=role).select_related("user")
    return tuple(row.user for row in rows.order_by("user_id"))
