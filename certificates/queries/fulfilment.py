"""兑现率 and the ledger (F-83): who has been appointed and paid, by company."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from certificates.choices import AppointmentState as S
from certificates.models import Appointment
from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.policy.models import Cycle

FULFILLED = (S.CONFIRMED, S.VERIFIED)
UNSETTLED = (S.PENDING, S.RECORDED, S.DISPUTED)


@dataclass(frozen=True)
class Fulfilment:
    """Counts, not percentages: 3 of 7 says more than 42.9 %."""

    company: str
    total: int
    fulfilled: int
    absent: int
    disputed: int
    overdue: int


def fulfilment(actor: Actor, cycle: Cycle) -> list[Fulfilment]:
    """One row a company that the actor may see, in one query; ended ones (revoked, void) are not counted."""
    rows = Appointment.objects.visible_to(actor).filter(grant__cycle=cycle).exclude(state=S.ENDED)
    late = Q(state__in=UNSETTLED, due_on__lt=clock.today())
    counted = (
        rows.values("enterprise__organisation__name")
        .annotate(
            total=Count("pk"),
            fulfilled=Count("pk", filter=Q(state__in=FULFILLED)),
            absent=Count("pk", filter=Q(state=S.NOT_APPOINTED)),
            disputed=Count("pk", filter=Q(state=S.DISPUTED)),
            overdue=Count("pk", filter=late),
        )
        .order_by("enterprise__organisation__name")
    )
    return [
        Fulfilment(
            row["enterprise__organisation__name"],
            row["total"],
            row["fulfilled"],
            row["absent"],
            row["disputed"],
            row["overdue"],
        )
        for row in counted
    ]
