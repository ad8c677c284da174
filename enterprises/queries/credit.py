"""Whose breach is not in the credit file yet."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from enterprises.models import CreditRecord, ReviewAuthority


def unrecorded(authorities: QuerySet[ReviewAuthority], kind: str) -> QuerySet[ReviewAuthority]:
    """Those without a record of that kind about their year; one that was annulled is not proposed again."""
    said = CreditRecord.objects.filter(enterprise=OuterRef("enterprise"), cycle=OuterRef("cycle"), kind=kind)
    found: QuerySet[ReviewAuthority] = authorities.filter(~Exists(said))
    return found.select_related("enterprise__organisation", "cycle").order_by("pk")
