"""A suspension and the company's running 公示: days inside it do not count, the end is shown anew (decision 36)."""

from __future__ import annotations

from datetime import date

from enterprises.models import ReviewAuthority
from jiaxing_titles.publicity.choices import PeriodKind, PeriodState
from jiaxing_titles.publicity.hooks import frozen_days
from jiaxing_titles.publicity.models import PeriodChange, PublicityPeriod
from jiaxing_titles.publicity.service import recount

Range = tuple[date, date | None]


@frozen_days(PeriodKind.IN_HOUSE)
def days_of_standstill(period: PublicityPeriod) -> list[Range]:
    """Suspensions of the year's authority; after a withdrawal or an exit no day counts any more."""
    held = ReviewAuthority.objects.filter(enterprise__organisation=period.organisation_id, cycle=period.cycle_id)
    authority = held.prefetch_related("suspensions").first()
    if authority is None:
        return []
    ranges: list[Range] = [(one.from_on, one.to_on) for one in authority.suspensions.all()]
    ranges += [(day, None) for day in (authority.withdrawn_on, authority.exited_on) if day]
    return ranges


def recount_notices(authority: ReviewAuthority, reason: str) -> None:
    """Compute the ends of the company's running notices again, after its standing changed."""
    running = PublicityPeriod.objects.filter(
        kind=PeriodKind.IN_HOUSE,
        state=PeriodState.RUNNING,
        organisation=authority.enterprise.organisation_id,
        cycle=authority.cycle_id,
    )
    for period in running.select_related("cycle").select_for_update(of=("self",)).order_by("pk"):
        recount(period, PeriodChange.Kind.SUSPENDED, reason, patient=True)
