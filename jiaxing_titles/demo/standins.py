"""What people without a card would do now, done for them at one press by the same steps: sign in, be heard, score.

A panel of seven that reviews fifteen people is a hundred score sheets; a visitor wants to write two or three himself
and see the vote. Whatever needs a decision stays his.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.urls import reverse

from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import Membership, Organisation, User
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked
from jiaxing_titles.demo.city.people import acting
from jiaxing_titles.reasons import Reason
from reviews import actions
from reviews.choices import (
    AssessmentState,
    CommitteeState,
    InvitationState,
    ItemState,
    MeetingState,
    SeatState,
    SheetState,
    SlotState,
)
from reviews.models import (
    BallotSeat,
    CommitteeMeeting,
    MeetingInvitation,
    MeetingItem,
    MemberAssessment,
    Recusal,
    ReportSlot,
    ReviewMeeting,
    VoteSheet,
)
from reviews.rules.ballot.plaintext import SEED_BYTES

Doing = Callable[[], Any]


@dataclass(frozen=True)
class Turn:
    """One thing that `people` have to do now; what they do is made up only when it is done."""

    key: str
    label: str
    people: int
    doings: Callable[[], Iterable[Doing]] = field(repr=False)

    @property
    def path(self) -> str:
        return reverse("demo_turn", args=[self.key])


def turns() -> list[Turn]:
    """Of every meeting that is going on, what the people without a card have still to do."""
    found: list[Turn] = []
    panels = [MeetingState.PLANNED, MeetingState.SIGNING_IN, MeetingState.IN_SESSION, MeetingState.VOTING]
    for meeting in ReviewMeeting.objects.filter(state__in=panels):
        found += _of_panel(meeting, meeting.round.enterprise.organisation)
    running = [CommitteeState.PLANNED, CommitteeState.SIGNING_IN, CommitteeState.IN_SESSION]
    for session in CommitteeMeeting.objects.filter(state__in=running):
        found += _of_committee(session)
    for sheet in VoteSheet.objects.filter(state=SheetState.CASTING).order_by("pk"):
        seats = list(sheet.roll.filter(state=SeatState.WAITING, may_vote=True).select_related("user"))
        label = f"{sheet}：{len(seats)}名评委投票"
        found.append(Turn(f"votes-{sheet.pk}", label, len(seats), partial(_cast, sheet, seats)))
    return [turn for turn in found if turn.people]


def take(turn: Turn) -> tuple[int, list[Reason]]:
    """(steps done, why the next one was refused); what was done before a refusal stays done."""
    done = 0
    for doing in turn.doings():
        try:
            doing()
        except Blocked as refused:
            return done, refused.reasons
        done += 1
    return done, []


def _of_panel(meeting: ReviewMeeting, place: Organisation) -> Iterator[Turn]:
    name = f"{place.short_name}评审会"
    if meeting.state == MeetingState.PLANNED:
        asked = list(meeting.invitations.filter(state=InvitationState.WAITING).exclude(user=None))
        label = f"{name}：{len(asked)}名评审专家答复出席"
        yield Turn(f"calls-{meeting.pk}", label, len(asked), lambda: _accept(asked, Role.PANEL_EXPERT))
        return
    if meeting.state == MeetingState.SIGNING_IN:
        absent = meeting.panel.members.filter(user__isnull=False).exclude(attendances__meeting=meeting)
        people = [one.user for one in absent.select_related("user") if one.user is not None]
        label = f"{name}：{len(people)}名评审专家签到"
        yield Turn(f"signin-{meeting.pk}", label, len(people), lambda: _sign_in(meeting, people, place))
        return
    unseen = meeting.attendances.filter(confirmed_by=None, stepped_down_reason="").count()
    if hasattr(meeting, "key"):
        label = f"{name}：两名工作人员核对{unseen}名专家到会"
        yield Turn(f"panel-roll-{meeting.pk}", label, unseen, lambda: _check_panel_roll(meeting, place))
    if meeting.state == MeetingState.VOTING:
        return
    waiting = list(meeting.items.filter(state=ItemState.WAITING).order_by("number"))
    label = f"{name}：登记{len(waiting)}人的述职和综合考核"
    yield Turn(f"heard-{meeting.pk}", label, len(waiting), lambda: _present(waiting, place))
    pads = _open_pads(meeting)
    label = f"{name}：专家提交{len(pads)}份评价"
    yield Turn(f"scores-{meeting.pk}", label, len(pads), lambda: _score(pads, place))


def _sign_in(meeting: ReviewMeeting, people: Iterable[User], place: Organisation) -> Iterator[Doing]:
    for user in people:
        yield partial(actions.sign_in, meeting, actor=acting(user, Role.PANEL_EXPERT, place), promised=True)


def _check_panel_roll(meeting: ReviewMeeting, place: Organisation) -> Iterator[Doing]:
    """The secretary where nobody has yet, then the head of the company."""
    if meeting.attendances.filter(checked_by=None).exists():
        yield partial(actions.check_panel_roll, meeting, actor=_somebody(place, Role.PANEL_SEC), in_person=True)
    yield partial(actions.check_panel_roll, meeting, actor=_somebody(place, Role.ENT_LEAD), in_person=True)


def _present(items: Iterable[MeetingItem], place: Organisation) -> Iterator[Doing]:
    desk = _somebody(place, Role.PANEL_SEC, Role.ENT_HR)
    facts = {"report_mode": "in_person", "self_report": "介绍近三年承担的技术工作和成效。"}
    for item in items:
        yield partial(actions.present_item, item, actor=desk, **facts, check_note="考核合格。")


def _open_pads(meeting: ReviewMeeting) -> list[MemberAssessment]:
    """Not those on paper, and not those of members recused for the person."""
    asked = MemberAssessment.objects.filter(item__meeting=meeting, item__state=ItemState.PRESENTED, member__user__gt=0)
    still_open = asked.filter(state=AssessmentState.OPEN).select_related("member__user").order_by("pk")
    recused = set(Recusal.objects.filter(item__meeting=meeting).values_list("item_id", "member_id"))
    return [pad for pad in still_open if (pad.item_id, pad.member_id) not in recused]


def _score(pads: Iterable[MemberAssessment], place: Organisation) -> Iterator[Doing]:
    experts: dict[int, Actor] = {}
    for pad in pads:
        user = pad.member.user
        assert user is not None
        if user.pk not in experts:
            experts[user.pk] = acting(user, Role.PANEL_EXPERT, place)
        base = 74 + pad.pk * 7 % 19
        scores = {"ethics": base + 5, "innovation": base - 3, "performance": base, "contribution": base + 1}
        yield partial(actions.assess, pad, actor=experts[user.pk], **scores, comment="")


def _of_committee(session: CommitteeMeeting) -> Iterator[Turn]:
    unnamed = session.slots.filter(reporter="", state__in=[SlotState.WAITING, SlotState.DEFERRED])
    slots = list(unnamed.select_related("enterprise__organisation").order_by("place"))
    label = f"中评委会议：{len(slots)}家企业确定汇报人"
    yield Turn(f"reporters-{session.pk}", label, len(slots), lambda: _name_reporters(slots))
    if session.state == CommitteeState.PLANNED:
        asked = list(session.invitations.filter(state=InvitationState.WAITING))
        label = f"中评委会议：{len(asked)}名评委答复出席"
        yield Turn(f"answers-{session.pk}", label, len(asked), lambda: _accept(asked, Role.COMMITTEE))
    if session.state == CommitteeState.SIGNING_IN:
        people = [one.user for one in session.members.filter(attendance=None).select_related("user")]
        label = f"中评委会议：{len(people)}名评委签到"
        yield Turn(f"seats-{session.pk}", label, len(people), lambda: _take_seats(session, people))
        unseen = [] if people else list(session.attendances.filter(confirmed_by=None))
        label = f"中评委会议：两名工作人员核对{len(unseen)}名评委到会"
        yield Turn(f"roll-{session.pk}", label, len(unseen), lambda: _check_roll(session))


def _name_reporters(slots: Iterable[ReportSlot]) -> Iterator[Doing]:
    for slot in slots:
        hr = _somebody(slot.enterprise.organisation, Role.ENT_HR)
        facts = {"reporter": hr.person.name, "reporter_duty": "人力资源部经理"}
        yield partial(actions.name_reporter, slot, actor=hr, **facts, brief="汇报评审组织过程和结果。")


def _accept(asked: Iterable[MeetingInvitation], role: Role) -> Iterator[Doing]:
    for one in asked:
        assert one.user is not None
        yield partial(actions.accept_invitation, one, actor=acting(one.user, role, one.organisation))


def _check_roll(session: CommitteeMeeting) -> Iterator[Doing]:
    """The secretary where she has not yet, then the first of the tellers."""
    place, teller = session.organisation, session.tellers.order_by("pk").first()
    if session.attendances.filter(checked_by=None).exists():
        yield partial(actions.check_roll, session, actor=_somebody(place, Role.COMMITTEE_SEC), in_person=True)
    if teller is not None:
        yield partial(actions.check_roll, session, actor=acting(teller, Role.TELLER, place), in_person=True)


def _take_seats(session: CommitteeMeeting, people: Iterable[User]) -> Iterator[Doing]:
    for user in people:
        judge = acting(user, Role.COMMITTEE, session.organisation)
        yield partial(actions.committee_sign_in, session, actor=judge, promised=True)


def _cast(sheet: VoteSheet, seats: Iterable[BallotSeat]) -> Iterator[Doing]:
    """Nine of ten marks are yes; nobody can tell afterwards whose was not."""
    role = Role.COMMITTEE if sheet.session_id is not None else Role.PANEL_EXPERT
    numbers = list(sheet.lines.values_list("number", flat=True))
    for seat in seats:
        marks = {number: secrets.choice(["yes"] * 9 + ["no"]) for number in numbers if number not in seat.recused}
        facts = {"marks": marks, "seed": secrets.token_bytes(SEED_BYTES)}
        yield partial(actions.cast_ballot, seat, actor=acting(seat.user, role, sheet.organisation), **facts)


def _somebody(place: Organisation, *roles: Role) -> Actor:
    """Whoever holds the first of these roles that anybody holds there."""
    held = Membership.objects.current().filter(organisation=place, role__in=roles).select_related("user")
    first = min(held, key=lambda one: (roles.index(Role(one.role)), one.pk))
    return acting(first.user, Role(first.role), place)
