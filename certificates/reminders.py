"""聘任兑现 that is near or past its day (decision 40); each person is told once for each day that matters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, QuerySet

from certificates.choices import AppointmentState
from certificates.models import Appointment
from certificates.queries.fulfilment import UNSETTLED
from jiaxing_titles.accounts.models import Membership, User
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.notifications.reminders import Due, reminder
from jiaxing_titles.ui.formats import cn_date

AHEAD = dt.timedelta(days=7)
ONE = dt.timedelta(days=1)


@reminder("certificates.appointments")
def appointments_due(today: dt.date) -> Iterator[Due]:
    """A week before and on the day after: the company; past the day: its county as well."""
    near = Appointment.objects.filter(
        state__in=[AppointmentState.PENDING, AppointmentState.DISPUTED], due_on__in=[today + AHEAD, today - ONE]
    )
    for row in _by_company(near):
        late = row["due_on"] < today
        end = cn_date(row["due_on"])
        text = f"还有{row['count']}人没有登记聘任兑现，期限{end}{'已过' if late else '将到'}。"
        key = f"certificates.due:{row['enterprise']}:{row['due_on']:%Y%m%d}:{'late' if late else 'near'}"
        staff = _holders(Role.ENT_HR, row["enterprise__organisation"])
        yield Due(key, staff, "聘任兑现登记", text, url="/ent/appointments/", sms=not late)
    overdue = Appointment.objects.filter(state__in=UNSETTLED, due_on=today - ONE)
    for row in _by_company(overdue):
        company = row["enterprise__organisation__short_name"]
        text = f"{company}有{row['count']}人的聘任兑现逾期未办结，请督促核查。"
        key = f"certificates.overdue:{row['enterprise']}:{row['due_on']:%Y%m%d}"
        county = _holders(Role.COUNTY, row["enterprise__organisation__supervisor"])
        yield Due(key, county, "聘任兑现逾期", text, url="/console/certificates/appointment/")


def _by_company(rows: QuerySet[Appointment]) -> Any:
    return (
        rows.values(
            "enterprise",
            "due_on",
            "enterprise__organisation",
            "enterprise__organisation__short_name",
            "enterprise__organisation__supervisor",
        )
        .annotate(count=Count("pk"))
        .order_by("enterprise", "due_on")
    )


def _holders(role: Role, organisation: int) -> tuple[User, ...]:
    found = Membership.objects.current().filter(role=role, organisation_id=organisation).select_related("user")
    return tuple(one.user for one in found.order_by("user_id"))
