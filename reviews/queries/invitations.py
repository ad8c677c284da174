"""会议通知 of a panel's meeting and of the committee's: who was asked, what he answered, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet

from jiaxing_titles.accounts.models import Organisation
from reviews.choices import InvitationState, ItemState, MeetingState, PanelPost
from reviews.gates.meeting import cycle_of
from reviews.models import CommitteeMeeting, CommitteeMember, MeetingInvitation, Panel, PanelMember, ReviewMeeting
from reviews.rules import expectation

Sitting = ReviewMeeting | CommitteeMeeting
Seat = PanelMember | CommitteeMember


def seats_in(sitting: Any) -> list[Any]:
    """The listed members, present or not."""
    listed = sitting.panel.members if isinstance(sitting, ReviewMeeting) else sitting.members
    return list(listed.select_related("user"))


def organiser(sitting: Any) -> Organisation:
    found: Organisation = (
        sitting.round.enterprise.organisation if isinstance(sitting, ReviewMeeting) else sitting.organisation
    )
    return found


def standing(sitting: Sitting) -> QuerySet[MeetingInvitation]:
    return sitting.invitations.exclude(state=InvitationState.WITHDRAWN)


def answers_of(sitting: Sitting, seats: Iterable[Seat]) -> dict[int, MeetingInvitation]:
    """Seat → its standing invitation. A panel's belongs to the seat, for an expert may have no account."""
    rows = list(standing(sitting).select_related("user", "replaced_by"))
    if isinstance(sitting, ReviewMeeting):
        return {one.member_id: one for one in rows if one.member_id is not None}
    asked = {one.user_id: one for one in rows}
    return {seat.pk: asked[seat.user_id] for seat in seats if seat.user_id in asked}


def uninvited(sitting: Sitting) -> list[Any]:
    """Members without a standing invitation."""
    seats = seats_in(sitting)
    asked = answers_of(sitting, seats)
    return [seat for seat in seats if seat.pk not in asked]


def gaps_of(sitting: Any, seats: Sequence[Seat], answers: dict[int, MeetingInvitation]) -> list[str]:
    """What the meeting lacks by the answers so far (F-47)."""
    heads = (PanelPost.CHAIR, PanelPost.VICE_CHAIR)
    members = [
        expectation.Expected(
            seat.pk,
            seat.name,
            answers[seat.pk].state if seat.pk in answers else expectation.UNASKED,
            getattr(seat, "external", False),
            seat.post in heads,
        )
        for seat in seats
    ]
    cycle = cycle_of(sitting)
    quorum = (cycle.quorum_num, cycle.quorum_den)
    if isinstance(sitting, CommitteeMeeting):
        return expectation.gaps(members, expectation.Limits(quorum))
    policy = cycle.policy
    limits = expectation.Limits(quorum, (policy.ext_num, policy.ext_den), sitting.filing.consented_externals)
    items = sitting.items.filter(state=ItemState.WAITING).select_related("application__person")
    recused = [
        (item.application.person.name, {one.member_id for one in item.recusals.all()})
        for item in items.prefetch_related("recusals")
    ]
    return expectation.gaps(members, limits, recused)


def declined_seats(panel: Panel) -> QuerySet[PanelMember]:
    """Members who answered that they cannot come to the meeting that is being prepared."""
    answers = {"state": InvitationState.NOT_COMING, "meeting__state": MeetingState.PLANNED, "replaced_by": None}
    return panel.members.filter(pk__in=MeetingInvitation.objects.filter(**answers).values("member"))
