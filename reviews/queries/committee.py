"""What stands against inviting a committee's members (F-66)."""

from __future__ import annotations

from django.db.models import Count

from jiaxing_titles.reasons import Reason
from reviews.gates.committee import body_of
from reviews.models import CommitteeMeeting
from reviews.queries.agenda import undecided
from reviews.rules import committee


def wanted_specialities(meeting: CommitteeMeeting) -> dict[str, int]:
    """Reported people by speciality, in the order of the names."""
    rows = undecided(meeting.cycle).values_list("speciality__name").annotate(Count("pk"))
    return dict(rows.order_by("speciality__name"))


def uncovered_specialities(meeting: CommitteeMeeting) -> dict[str, int]:
    return committee.uncovered(body_of(meeting), wanted_specialities(meeting))


def uninvitable_reasons(meeting: CommitteeMeeting) -> list[Reason]:
    """Red before the invitations go out: too few, no chair, an even number, a speciality without a member."""
    wanted = wanted_specialities(meeting)
    return committee.uninvitable(body_of(meeting), meeting.cycle.committee_min, wanted, meeting.uncovered_reason)
