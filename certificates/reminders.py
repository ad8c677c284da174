"""What is near or past its day in this stage (D-10 to D-12); each person is told once for each day that matters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, QuerySet

from certificates.choices import AppointmentState, RosterState
from certificates.models import Appointment, ResultRoster
from certificates.queries.deadlines import announcing_due, documents_to_export, exporting_due
from certificates.queries.fulfilment import UNSETTLED
from jiaxing_titles.accounts.models import Membership, User
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.notifications.reminders import Due, reached, reminder, until
from jiaxing_titles.ui.formats import cn_date

holders = Membership.objects.holders

AHEAD = dt.timedelta(days=7)
ONE = dt.timedelta(days=1)


@reminder("certificates.announcing")
def names_to_announce(today: dt.date) -> Iterator[Due]:
    """People whose notice is over and who stand on no issued document (D-10); once late, the leadership as well."""
    for roster in ResultRoster.objects.filter(state=RosterState.SIGNED).select_related("cycle").order_by("pk"):
        due = announcing_due(roster)
        mark = reached(today, due.on) if due else None
        if due is None or mark is None:
            continue
        text = f"{roster}已公示期满，请行文公布，{until(due.on, today)}。"
        key = f"certificates.announcing:{roster.pk}:{due.on}:{mark}"
        yield Due(key, _city(roster.organisation_id, today > due.on), "请行文公布", text, roster.console_url())


@reminder("certificates.exporting")
def documents_to_send(today: dt.date) -> Iterator[Due]:
    """Issued documents whose people's data have not gone to the province (D-11); once late, the leadership as well."""
    for document in documents_to_export():
        due = exporting_due(document).on
        mark = reached(today, due)
        if mark is not None:
            text = f"{document}的人员还没有全部报送省人社数据归集系统，{until(due, today)}。"
            key = f"certificates.exporting:{document.pk}:{mark}"
            yield Due(key, _city(document.organisation_id, today > due), "请报送制证数据", text, document.console_url())


def _city(bureau: int, late: bool) -> tuple[User, ...]:
    return holders(bureau, Role.CITY_CLERK, *((Role.CITY_LEAD,) if late else ()))


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
        staff = holders(row["enterprise__organisation"], Role.ENT_HR)
        yield Due(key, staff, "聘任兑现登记", text, url="/ent/appointments/", sms=not late)
    overdue = Appointment.objects.filter(state__in=UNSETTLED, due_on=today - ONE)
    for row in _by_company(overdue):
        company = row["enterprise__organisation__short_name"]
        text = f"{company}有{row['count']}人的聘任兑现逾期未办结，请督促核查。"
        key = f"certificates.overdue:{row['enterprise']}:{row['due_on']:%Y%m%d}"
        county = holders(row["enterprise__organisation__supervisor"], Role.COUNTY)
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
