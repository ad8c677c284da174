"""兑现率 and the ledger (F-83): who has been appointed and paid, by company."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from certificates.choices import AppointmentState as S
from certificates.models import Appointment
from enterprises.choices import CreditKind
from enterprises.models import ReviewAuthority
from enterprises.queries.credit import unrecorded
from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.policy.models import Cycle

FULFILLED = (S.CONFIRMED, S.VERIFIED)
UNSETTLED = (S.PENDING, S.RECORDED, S.DISPUTED)


def unhonoured() -> QuerySet[ReviewAuthority]:
    """Companies with somebody not registered by his day, without a record of it in the credit file (D-12).

    What is registered and awaits the person or the county is no failure of the company yet.
    """
    late = _late().filter(enterprise=OuterRef("enterprise"), grant__cycle=OuterRef("cycle"))
    return unrecorded(ReviewAuthority.objects.filter(Exists(late)), CreditKind.NOT_HONOURED)


def late_appointments(authority: ReviewAuthority) -> QuerySet[Appointment]:
    """The company's appointments of that year that nobody registered by their day."""
    return _late().filter(enterprise=authority.enterprise_id, grant__cycle=authority.cycle_id).order_by("due_on", "pk")


def _late() -> QuerySet[Appointment]:
    found: QuerySet[Appointment] = Appointment.objects.filter(state=S.PENDING, due_on__lt=clock.today())
    return found


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
