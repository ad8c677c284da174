"""What everybody may read: notices, documents, the standing of a listing. Never an identity number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from certificates.choices import AnnulmentState, DocumentState, GrantStanding
from certificates.models import AnnouncementDocument, Annulment, TitleGrant
from certificates.rules.codes import canonical
from jiaxing_titles import clock
from jiaxing_titles.publicity.choices import PeriodKind, PeriodState
from jiaxing_titles.publicity.models import PublicityEntry, PublicityPeriod

SHOWN_STATES = (PeriodState.RUNNING, PeriodState.CLOSED)
WHITELIST = ("工作单位", "专业", "资格", "途径")


def public_periods() -> QuerySet[PublicityPeriod]:
    """Every notice that was opened, also those whose list has been taken down since."""
    return PublicityPeriod.objects.filter(state__in=SHOWN_STATES).select_related("organisation", "cycle")


def issued_documents() -> QuerySet[AnnouncementDocument]:
    return AnnouncementDocument.objects.filter(state=DocumentState.ISSUED).select_related("cycle", "organisation")


def list_is_up(period: PublicityPeriod, today: dt.date) -> bool:
    """Names of the city's notice stay for the set days after its end (decision 40); in-house names never show here."""
    if period.kind != PeriodKind.CITY or period.ends_on is None:
        return False
    return today <= period.ends_on + dt.timedelta(days=period.cycle.notice_page_days)


@dataclass(frozen=True)
class Shown:
    """One row of a public notice, built from the whitelist alone."""

    pk: int
    number: int
    name: str
    note: str
    cells: Sequence[str]
    ends_on: dt.date | None
    corrected: str
    removed: bool


def shown_entries(period: PublicityPeriod) -> list[Shown]:
    """The list of a city notice; columns that are not on the whitelist do not pass, whatever the row holds."""
    return [_shown(entry) for entry in period.entries.order_by("number")]


def _shown(entry: PublicityEntry) -> Shown:
    removed = entry.removed_at is not None
    return Shown(
        pk=entry.pk,
        number=entry.number,
        name="" if removed else entry.name,
        note="" if removed else entry.columns.get("同名区分", ""),
        cells=[entry.columns.get(heading, "") for heading in WHITELIST],
        ends_on=entry.ends_on,
        corrected=entry.correction,
        removed=removed,
    )


@dataclass(frozen=True)
class Verified:
    """What a code tells: `standing` None for an unknown code; `annulment` where the title was taken away."""

    standing: GrantStanding | None
    grant: TitleGrant | None = None
    annulment: Annulment | None = None
    at: dt.datetime | None = None


def verify(code: str) -> Verified:
    """The same two queries for any well-formed code; a malformed one is told apart by nothing on the page."""
    bare = canonical(code) or "-" * 16
    related = ("person", "document", "line", "enterprise__organisation")
    grant = TitleGrant.objects.with_standing().select_related(*related).filter(verify_code=bare).first()
    decided = Annulment.objects.filter(grant__verify_code=bare, state=AnnulmentState.DECIDED).first()
    if grant is None:
        return Verified(None, at=clock.now())
    return Verified(grant.standing, grant, decided, clock.now())


def corrections_of(document: AnnouncementDocument) -> QuerySet[Annulment]:
    """Decisions taken since about names on the document: the notice above the old text (F-79)."""
    rows = Annulment.objects.filter(grant__document=document, state=AnnulmentState.DECIDED)
    return rows.select_related("grant__line").order_by("decided_on", "pk")


def notices_about(periods: Sequence[PublicityPeriod], today: dt.date) -> list[dict[str, Any]]:
    """Rows of the public list: company, kind, dates, how many people; never a name (decision 38)."""
    counts = _counts([period.pk for period in periods])
    return [
        {
            "period": period,
            "count": counts.get(period.pk, 0),
            "days_left": sum(day >= today.isoformat() for day in period.counted_days),
            "running": period.state == PeriodState.RUNNING,
        }
        for period in periods
    ]


def _counts(pks: Sequence[int]) -> dict[int, int]:
    rows = PublicityEntry.objects.filter(period_id__in=pks).filter(Q(removed_at=None))
    return dict(rows.values_list("period_id").annotate(Count("pk")).order_by())
