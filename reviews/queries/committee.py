"""What stands against inviting a committee's members, and how the invited have answered (F-66)."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.reasons import Reason
from reviews.choices import InvitationState
from reviews.gates.committee import body_of
from reviews.models import CommitteeAttendance, CommitteeInvitation, CommitteeMeeting, CommitteeMember
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


def uninvited(meeting: CommitteeMeeting) -> list[CommitteeMember]:
    """Members without a standing invitation."""
    asked = meeting.invitations.exclude(state=InvitationState.WITHDRAWN).values("user")
    return list(meeting.members.exclude(user__in=asked).select_related("user", "meeting__cycle"))


def answers_of(meeting: CommitteeMeeting) -> dict[int, CommitteeInvitation]:
    """User id → his standing invitation."""
    rows = meeting.invitations.exclude(state=InvitationState.WITHDRAWN).select_related("user", "replaced_by")
    return {one.user_id: one for one in rows}


def awaiting_check(meeting: CommitteeMeeting, actor: Actor) -> QuerySet[CommitteeAttendance]:
    """The seats that still want this official's eyes: no first one yet, or a first one who is somebody else."""
    return meeting.attendances.filter(confirmed_by=None).exclude(checked_by=actor.user)
