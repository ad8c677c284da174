"""Clean and held names of a notice (R-5.4.2)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field

from applications.gates import agenda
from certificates import gates
from certificates.choices import DocumentState, LineFate
from certificates.models import AnnouncementDocument, IssuedNumber, ResultRoster, RosterLine
from certificates.rules.numbers import DocumentNumber, next_number
from jiaxing_titles import clock
from jiaxing_titles.reading import one_reading
from jiaxing_titles.reasons import Reason
from reviews.models import CommitteeMeeting

PREFIX = "嘉人社"


@dataclass
class Sorted:
    """`held` keeps the reason beside the name: pages show it to officials, the document does not.

    `noticing` is held by nothing but its own notice, which is not over yet.
    """

    clean: list[RosterLine] = field(default_factory=list)
    held: list[tuple[RosterLine, list[Reason]]] = field(default_factory=list)
    noticing: list[tuple[RosterLine, list[Reason]]] = field(default_factory=list)


@one_reading()
def sorted_lines(roster: ResultRoster) -> Sorted:
    """The names still waiting, parted into those that may be announced today and those that may not."""
    found = Sorted()
    if roster.period is None:
        return found
    today, against = clock.today(), gates.objections_against(roster.period)
    waiting = roster.lines.filter(fate=LineFate.WAITING).select_related(
        "entry",
        "application__person",
        "application__cycle",
        "application__speciality",
        "application__enterprise__organisation",
    )
    for line in waiting.prefetch_related("application__person__employments").order_by("number"):
        reasons = gates.hindrances(line, today, against) or agenda.still_held(line.application)
        if not reasons:
            found.clean.append(line)
        elif [reason.rule for reason in reasons] == ["PR-5"]:
            found.noticing.append((line, reasons))
        else:
            found.held.append((line, reasons))
    return found


def first_issued(roster: ResultRoster) -> AnnouncementDocument | None:
    """The document that a later one of the same notice supplements."""
    return roster.announcements.filter(state=DocumentState.ISSUED).order_by("pk").first()


def suggested_number() -> DocumentNumber:
    year = clock.today().year
    taken = IssuedNumber.objects.filter(prefix=PREFIX, year=year).values_list("serial", flat=True)
    return next_number(PREFIX, year, list(taken))


def meeting_day(roster: ResultRoster) -> object:
    """Local day of the last committee meeting of the year that was held; None when there was none."""
    meeting = CommitteeMeeting.objects.filter(cycle=roster.cycle, opened_at__isnull=False).order_by("-number").first()
    return meeting.opened_at.astimezone(clock.SHANGHAI).date() if meeting and meeting.opened_at else None


def content_hash(document: AnnouncementDocument) -> str:
    """Over everything that the document says."""
    rows = document.lines.order_by("number").values_list(
        "number", "line__company", "line__name", "line__note", "line__speciality", "line__title", "line__route"
    )
    said = [
        document.number,
        document.title,
        document.addressee,
        str(document.dated_on),
        str(document.met_on),
        str(document.qualified_on),
        list(rows),
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
