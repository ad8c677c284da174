"""Who comes before the panel, and who before the committee."""

from __future__ import annotations

from django.db.models import QuerySet

from applications.choices import ApplicationState, Route
from applications.models import AnnualRound, TitleApplication
from applications.queries import eligible_for_agenda
from jiaxing_titles.policy.models import Cycle
from reviews.choices import MeetingState, SheetState
from reviews.models import ReviewMeeting, VoteLine


def agenda_of(round_: AnnualRound) -> QuerySet[TitleApplication]:
    """Everybody whose notice is over without an open objection and who needs a panel (G9); nobody is picked by hand.

    初定 people are assessed by the company instead (附件四).
    """
    people: QuerySet[TitleApplication] = eligible_for_agenda(round_)
    return people.exclude(route=Route.INITIAL).select_related("person", "speciality").order_by("level", "pk")


def meeting_of(round_: AnnualRound) -> ReviewMeeting | None:
    """The round's meeting that is not over yet, if any."""
    return round_.meetings.exclude(state=MeetingState.CONCLUDED).order_by("-pk").first()


def undecided(cycle: Cycle) -> QuerySet[TitleApplication]:
    """Reported people whom no committee has voted on; 初定 only where the year asks for it (Q-27)."""
    people = TitleApplication.objects.filter(cycle=cycle, state=ApplicationState.REPORTED)
    if not cycle.initial_needs_committee:
        people = people.exclude(route=Route.INITIAL)
    decided = VoteLine.objects.filter(sheet__session__isnull=False, sheet__state=SheetState.SIGNED)
    return people.exclude(pk__in=decided.values("application")).select_related("enterprise__organisation")
