"""Who comes before the panel."""

from __future__ import annotations

from django.db.models import QuerySet

from applications.choices import Route
from applications.models import AnnualRound, TitleApplication
from applications.queries import eligible_for_agenda
from reviews.choices import MeetingState
from reviews.models import ReviewMeeting


def agenda_of(round_: AnnualRound) -> QuerySet[TitleApplication]:
    """Everybody whose notice is over without an open objection and who needs a panel (G9); nobody is picked by hand.

    初定 people are assessed by the company instead (附件四).
    """
    people: QuerySet[TitleApplication] = eligible_for_agenda(round_)
    return people.exclude(route=Route.INITIAL).select_related("person", "speciality").order_by("level", "pk")


def meeting_of(round_: AnnualRound) -> ReviewMeeting | None:
    """The round's meeting that is not over yet, if any."""
    return round_.meetings.exclude(state=MeetingState.CONCLUDED).order_by("-pk").first()
