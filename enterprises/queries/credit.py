"""What is proposed for the credit file: neither recorded nor dismissed yet."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from enterprises.choices import CheckItem, CheckResult
from enterprises.models import CreditDismissal, CreditRecord, Inspection, ReviewAuthority


def unrecorded(authorities: QuerySet[ReviewAuthority], kind: str) -> QuerySet[ReviewAuthority]:
    """Those without a record of that kind about their year; one that was annulled is not proposed again."""
    of_the_year = {"enterprise": OuterRef("enterprise"), "cycle": OuterRef("cycle"), "kind": kind}
    said = CreditRecord.objects.filter(**of_the_year)
    dismissed = CreditDismissal.objects.filter(**of_the_year, inspection=None)
    found: QuerySet[ReviewAuthority] = authorities.filter(~Exists(said), ~Exists(dismissed))
    return found.select_related("enterprise__organisation", "cycle").order_by("pk")


def inspections_to_record() -> QuerySet[Inspection]:
    """Those that found faults, whether put right since or not (F-85, F-87); oldest first."""
    faulty = Q()
    for item in CheckItem:
        faulty |= Q(**{f"answers__{item.value}__result": CheckResult.FAULT})
    found: QuerySet[Inspection] = Inspection.objects.filter(faulty, credit_records=None, credit_dismissal=None)
    return found.select_related("enterprise__organisation", "cycle").order_by("inspected_on", "pk")
