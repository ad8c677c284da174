"""The day by which a company has to report what its panel decided (D-6, D-7)."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from applications.models import AnnualRound
from enterprises.choices import CreditKind
from enterprises.models import ReviewAuthority
from enterprises.queries.credit import unrecorded
from jiaxing_titles import clock
from jiaxing_titles.policy.models import Cycle, NamedException
from jiaxing_titles.ui.formats import local_day
from jiaxing_titles.workdays.calendar import Deadline, deadline
from reviews.choices import ConsolidationState, MeetingState
from reviews.gates.report import standings
from reviews.models import ResultReport


def report_due(round_: AnnualRound) -> Deadline:
    """Some working days after the last meeting, never later than the year's last day, which holds before it."""
    last = Deadline(round_.cycle.report_due_on)
    meetings = list(round_.meetings.all())
    if not meetings or any(one.state != MeetingState.CONCLUDED for one in meetings):
        return last
    ended = max(local_day(one.concluded_at) for one in meetings)
    return min(deadline(ended, round_.cycle.report_days), last, key=lambda one: one.on)


def sending_due(report: ResultReport) -> Deadline | None:
    """None for one that was sent in time and came back: the city's return names no day."""
    return report_due(report.round) if report.submitted_at is None else None


def late_cycles() -> QuerySet[Cycle]:
    """Years whose last day has passed while the city still waits for results."""
    past: QuerySet[Cycle] = Cycle.objects.filter(report_due_on__lt=clock.today())
    return past.exclude(consolidation__state=ConsolidationState.COMPLETE).order_by("year")


def late_reporters() -> QuerySet[ReviewAuthority]:
    """Companies past the last day without a report, an exception or a record of it (D-6)."""
    late = [one["authority"].pk for cycle in late_cycles() for one in standings(cycle) if one["status"] == "missing"]
    allowed = NamedException.objects.filter(kind=NamedException.Kind.LATE_REPORT).filter(
        Q(until=None) | Q(until__gte=clock.today())
    )
    named = Q(pk__in=[])
    for one in allowed:
        named |= Q(cycle=one.cycle_id, enterprise__organisation=one.organisation_id)
    return unrecorded(ReviewAuthority.objects.filter(pk__in=late).exclude(named), CreditKind.OVERDUE)
