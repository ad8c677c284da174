"""签到 of a committee meeting: in person, seen by two officials, fixed when it starts (PR-11; G8 of the ballot).

A panel's seats are seen by two people as well before they vote electronically.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import User
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, step
from jiaxing_titles.reasons import Reason
from reviews import forms
from reviews.choices import CommitteeState, MeetingState, SignInMethod
from reviews.models import CommitteeAttendance, CommitteeMeeting, CommitteeMember, PanelMember, ReviewMeeting
from reviews.queries.roll import awaiting_check, heads_here

CLAUSE = "办法五（三）"
VOTE_CLAUSE = "人社部令第40号（年度设置）"
SECRETARY = (Role.COMMITTEE_SEC,)
CHECKERS = (Role.COMMITTEE_SEC, Role.TELLER, Role.SUPERVISOR)
PANEL_CHECKERS = (Role.PANEL_SEC, Role.ENT_HR, Role.ENT_LEAD, Role.PANEL_EXPERT)
OPEN_DOORS = [CommitteeState.SIGNING_IN, CommitteeState.IN_SESSION]


def _doors_open(meeting: CommitteeMeeting, actor: Actor) -> list[Reason]:
    if meeting.state == CommitteeState.SIGNING_IN:
        return []
    text = "会议已经开始，签到已截止；迟到的评委不得参加本次表决，也不得委托他人或事后补投。"
    return [Reason(text, VOTE_CLAUSE, "PR-11", "G15")]


def _seat(meeting: CommitteeMeeting, member: CommitteeMember, method: str, checked_by: User | None = None) -> None:
    facts = {"signed_at": clock.now(), "method": method, "promised": True, "checked_by": checked_by}
    _, made = CommitteeAttendance.objects.get_or_create(meeting=meeting, member=member, defaults=facts)
    if not made:
        raise Blocked([Reason(f"{member.name}已经签到。")])


def _signed_in(meeting: CommitteeMeeting, actor: Actor) -> bool:
    return meeting.attendances.filter(member__user=actor.user).exists()


@step(
    CommitteeMeeting,
    label="签到",
    by=[Role.COMMITTEE],
    on="organisation",
    when=OPEN_DOORS,
    form=forms.PromiseForm,
    blockers=_doors_open,
    over=_signed_in,
    crowded=True,
)
def committee_sign_in(meeting: CommitteeMeeting, *, actor: Actor, promised: bool) -> None:
    """In person, with the promise of secrecy and 回避 (PR-11)."""
    member = meeting.members.filter(user=actor.user).first()
    if member is None:
        text = "您不是本次会议评委；评委不得委托他人代为出席或表决。"
        raise Blocked([Reason(text, VOTE_CLAUSE, "PR-11", "G15")])
    if not promised:
        raise Blocked([Reason("请先作出保密与回避承诺，再签到。", field="promised")])
    _seat(meeting, member, SignInMethod.SELF)


@step(
    CommitteeMeeting,
    label="代录签到表",
    by=SECRETARY,
    on="organisation",
    when=OPEN_DOORS,
    form=forms.CommitteeSignInForm,
    blockers=_doors_open,
    crowded=True,
)
def committee_sign_in_at_desk(
    meeting: CommitteeMeeting, *, actor: Actor, members: Collection[CommitteeMember], in_person: bool
) -> None:
    """The signed paper list copied: all of them or, when one is wrong, nobody. Who copies has seen them (G8)."""
    if any(member.meeting_id != meeting.pk for member in members):
        raise Blocked([Reason("勾选的评委不都在本次会议中，请刷新页面后重新勾选。", field="members")])
    if not in_person:
        text = "评委不得委托他人代为出席或表决，本人到会签字后才能登记。"
        raise Blocked([Reason(text, VOTE_CLAUSE, "PR-11", "G15", field="in_person")])
    for member in members:
        _seat(meeting, member, SignInMethod.DESK, checked_by=actor.person)


def _may_check(meeting: CommitteeMeeting, actor: Actor) -> list[Reason]:
    if actor.role == Role.TELLER and not meeting.tellers.filter(pk=actor.person.pk).exists():
        return [Reason("您不是本次会议指定的监票计票人。", CLAUSE, "R-5.3.6", "G15")]
    return _nothing_to_see(meeting, actor, CLAUSE, "G15")


def _nothing_to_see(sitting: Any, actor: Actor, clause: str, gate: str) -> list[Reason]:
    if awaiting_check(sitting, actor).exists():
        return []
    remedy = "已由您核对过的，请另一名工作人员复核。"
    return [Reason("现在没有须由您核对的签到。", clause, "PR-11", gate, remedy=remedy)]


def _see(sitting: Any, actor: Actor, members: Collection[Any] | None, gate: str, *, in_person: bool) -> None:
    """The first pair of eyes on these seats, or the second; None: on all that wait for this person."""
    if not in_person:
        raise Blocked([Reason("请逐一核对本人到会后再确认。", VOTE_CLAUSE, "PR-11", gate, field="in_person")])
    for one in awaiting_check(sitting, actor).select_related("member"):
        if members is not None and one.member not in members:
            continue
        if one.checked_by_id is None:
            one.checked_by = actor.person
        else:
            one.confirmed_by = actor.person
        one.save()


@step(
    CommitteeMeeting,
    label="核对到会名单",
    by=CHECKERS,
    on="organisation",
    when=[CommitteeState.SIGNING_IN],
    form=forms.RollForm,
    blockers=_may_check,
    over=lambda meeting, actor: not awaiting_check(meeting, actor).exists(),
    effects=["每名到会评委须由两名工作人员先后核对，同一人不能核对两次", "不在场的不要勾选，由秘书“撤销签到”"],
    crowded=True,
)
def check_roll(
    meeting: CommitteeMeeting, *, actor: Actor, in_person: bool, members: Collection[CommitteeMember] | None = None
) -> None:
    """These members are in the room (None: all who wait for this official): the first pair of eyes, or the second.

    Named one by one, because others may have signed in since the official looked.
    """
    _see(meeting, actor, members, "G15", in_person=in_person)


def _may_check_panel(meeting: ReviewMeeting, actor: Actor) -> list[Reason]:
    if actor.role == Role.PANEL_EXPERT and not heads_here(meeting, actor).exists():
        return [Reason("由到会的主任委员或副主任委员办理。", "办法五（二）", "R-5.2.7", "G11")]
    return _nothing_to_see(meeting, actor, "办法五（二）", "G11")


@step(
    ReviewMeeting,
    label="核对到会名单",
    by=PANEL_CHECKERS,
    on="round.enterprise.organisation",
    when=[MeetingState.SIGNING_IN, MeetingState.IN_SESSION, MeetingState.VOTING],
    form=forms.RollForm,
    blockers=_may_check_panel,
    over=lambda meeting, actor: bool(_may_check_panel(meeting, actor)),
    kind="aside",
    effects=[
        "投电子票之前，每名到会专家须由两人先后核对，同一人不能核对两次，也不能核对自己；投纸票的不必核对",
        "不在场的不要勾选：会前办理“评审专家当日退出”，会上改用纸票",
    ],
    crowded=True,
)
def check_panel_roll(
    meeting: ReviewMeeting, *, actor: Actor, in_person: bool, members: Collection[PanelMember] | None = None
) -> None:
    """As `check_roll`. Only an electronic box asks for it: a paper sheet is handed to whoever is there."""
    _see(meeting, actor, members, "G11", in_person=in_person)


@step(
    CommitteeMeeting,
    label="撤销签到",
    by=SECRETARY,
    on="organisation",
    when=[CommitteeState.SIGNING_IN],
    form=forms.StrikeForm,
    over=lambda meeting, actor: not meeting.attendances.exists(),
    kind="danger",
)
def strike_from_roll(meeting: CommitteeMeeting, *, actor: Actor, member: CommitteeMember, reason: str) -> None:
    """Signed in and not in the room, or gone again before the start; the reason stays in the record."""
    found = meeting.attendances.filter(member=member)
    if not found.exists():
        raise Blocked([Reason(f"{member.name}没有签到。", field="member")])
    found.delete()
