"""Until when a name is to be announced and sent to the province (D-10, D-11)."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, Min, OuterRef, QuerySet

from certificates.choices import AnnulmentState, BatchKind, BatchState, DocumentState, LineFate
from certificates.models import AnnouncementDocument, Annulment, BatchLine, ResultRoster, TitleGrant
from jiaxing_titles.ui.formats import local_day
from jiaxing_titles.workdays.calendar import Deadline, deadline

ONE_DAY = dt.timedelta(days=1)


def announcing_due(roster: ResultRoster) -> Deadline | None:
    """Some working days after the last day of the first who is free and on no issued document; None without one.

    Whoever was held by an objection is free on the day on which it was settled.
    """
    free = roster.lines.filter(fate=LineFate.WAITING).aggregate(first=Min("entry__passed_at"))["first"]
    return deadline(local_day(free) - ONE_DAY, roster.cycle.announce_days) if free else None


def issuing_due(document: AnnouncementDocument) -> Deadline | None:
    """The same day, at the desk of whoever has the document."""
    return announcing_due(document.roster)


def exporting_due(document: AnnouncementDocument) -> Deadline:
    """Some working days after the date of an issued document."""
    assert document.dated_on is not None
    return deadline(document.dated_on, document.cycle.export_days)


def documents_to_export() -> QuerySet[AnnouncementDocument]:
    """Issued documents with somebody whose data have not gone to the province, or came back refused."""
    sent = BatchLine.objects.filter(
        grant=OuterRef("pk"),
        kind=BatchKind.GRANT,
        released=False,
        batch__state__in=[BatchState.DELIVERED, BatchState.ACKNOWLEDGED],
    )
    annulled = Annulment.objects.filter(grant=OuterRef("pk"), state=AnnulmentState.DECIDED)
    waiting = TitleGrant.objects.filter(~Exists(sent), ~Exists(annulled), document=OuterRef("pk"))
    issued = AnnouncementDocument.objects.filter(Exists(waiting), state=DocumentState.ISSUED)
    found: QuerySet[AnnouncementDocument] = issued.select_related("cycle").order_by("dated_on", "pk")
    return found
