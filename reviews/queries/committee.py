"""What stands against inviting a committee's members, and whose seats an official has still to see (F-66)."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.reasons import Reason
from reviews.gates.committee import body_of
from reviews.models import CommitteeAttendance, CommitteeMeeting
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


def awaiting_check(meeting: CommitteeMeeting, actor: Actor) -> QuerySet[CommitteeAttendance]:
    """The seats that still want this official's eyes: no first one yet, or a first one who is somebody else."""
    return meeting.attendances.filter(confirmed_by=None).exclude(checked_by=actor.user)
