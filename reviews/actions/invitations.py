"""会议通知: experts and committee members are invited, answer, are replaced when they cannot come (F-47, F-66)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, Tell, carry, step
from jiaxing_titles.actions.views import StepForm
from jiaxing_titles.notifications.outbox import notify
from jiaxing_titles.reasons import Reason
from jiaxing_titles.ui.formats import cn_datetime
from reviews import forms
from reviews.actions.recusals import enter_conflicts
from reviews.choices import CommitteeState, GuidanceState, InvitationState, MeetingState, PanelState
from reviews.gates.ballot import keepers_among
from reviews.gates.panel import panel_composition
from reviews.models import CommitteeMeeting, CommitteeMember, LibraryExpert, MeetingInvitation, ReviewMeeting
from reviews.queries.committee import uncovered_specialities, uninvitable_reasons
from reviews.queries.invitations import Seat, Sitting, organiser, standing, uninvited

SECRETARY = (Role.COMMITTEE_SEC,)
DESK = (Role.ENT_HR, Role.PANEL_SEC)
INVITED = (Role.COMMITTEE, Role.PANEL_EXPERT)
CLAUSE = "办法五（三）"


@step(
    CommitteeMeeting,
    label="说明专业未覆盖",
    by=SECRETARY,
    on="organisation",
    when=[CommitteeState.PLANNED],
    form=forms.UncoveredForm,
    kind="aside",
    over=lambda meeting, actor: not uncovered_specialities(meeting),
    effects=["说明写入会议纪要"],
)
def explain_uncovered(meeting: CommitteeMeeting, *, actor: Actor, uncovered_reason: str) -> None:
    """A speciality without a member stands only with the reason (F-66)."""
    meeting.uncovered_reason = uncovered_reason


@step(
    CommitteeMeeting,
    label="发会议通知",
    by=SECRETARY,
    on="organisation",
    when=[CommitteeState.PLANNED],
    form=StepForm,
    blockers=lambda meeting, actor: uninvitable_reasons(meeting),
    over=lambda meeting, actor: not uninvited(meeting),
    effects=["还没有通知的评委收到站内信、邮件和短信", "评委在自己的页面上答复“出席”或“不能出席”"],
)
def invite_members(meeting: CommitteeMeeting, *, actor: Actor) -> None:
    """F-66: nobody is asked to come to a committee that could not vote."""
    _invite_all(meeting, Reason("评委都已通知。", CLAUSE, "R-5.3.4", "G15"))


def _unfilable(meeting: ReviewMeeting, actor: Actor) -> list[Reason]:
    return panel_composition(meeting.panel) if meeting.panel.state == PanelState.COMPOSING else []


@step(
    ReviewMeeting,
    label="发会议通知",
    by=DESK,
    on="round.enterprise.organisation",
    when=[MeetingState.PLANNED],
    form=StepForm,
    blockers=_unfilable,
    over=lambda meeting, actor: not uninvited(meeting),
    kind="aside",
    effects=[
        "还没有通知的评审专家收到站内信、邮件和短信，在自己的页面上答复",
        "没有账号的专家请会务电话通知，并代录答复",
        "没有答复不影响开会，到会以签到为准",
    ],
)
def invite_experts(meeting: ReviewMeeting, *, actor: Actor) -> None:
    """F-47: nobody is asked to come to a panel that could not be filed; the filing itself may still be on its way."""
    _invite_all(meeting, Reason("评审专家都已通知。", "办法五（二）", "R-5.2.7", "G10"))


def _invite_all(sitting: Sitting, none_left: Reason) -> None:
    waiting = uninvited(sitting)
    if not waiting:
        raise Blocked([none_left])
    for seat in waiting:
        invite(sitting, seat)


def invite(sitting: Sitting, seat: Seat) -> MeetingInvitation:
    """Inside the step that gives the seat."""
    kind: dict[str, Any] = {"session": sitting}
    if isinstance(sitting, ReviewMeeting):
        kind = {"meeting": sitting, "member": seat}
    made = MeetingInvitation.objects.create(
        **kind, organisation=organiser(sitting), user=seat.user, name=seat.name, sent_at=clock.now()
    )
    _tell(made, sitting)
    return made


def _tell(invitation: MeetingInvitation, sitting: Sitting) -> None:
    if invitation.user is None:
        return
    text = f"{sitting}定于{cn_datetime(sitting.planned_at)}在{sitting.place}召开，请答复能否出席。"
    text += "到会签到时须作出保密与回避承诺。"
    key = f"reviews.invite:{invitation.pk}:{invitation.version}"
    notify([(invitation.user, text, True)], title=invitation.heading, key=key, about=invitation)


def invite_again(sitting: Sitting, *, actor: Actor, because: str) -> None:
    """Inside the step that sets another day."""
    asked = standing(sitting).filter(replaced_by=None)
    answered = asked.exclude(state=InvitationState.WAITING)
    carry(answered, "ask_again", actor=actor, because=because, set={"answered_at": None, "absence_reason": ""})
    for one in asked.select_related("user"):
        one.version += 1
        one.sent_at = clock.now()
        one.save()
        _tell(one, sitting)  # as it is in memory: the new day is not saved yet
    if isinstance(sitting, ReviewMeeting):
        _tell_guide(sitting)


def _tell_guide(meeting: ReviewMeeting) -> None:
    """Whom the city sends comes to the new day, or says that he cannot, and another is drawn."""
    for one in meeting.filing.assignments.exclude(state__in=GuidanceState.gone()).select_related("expert"):
        text = f"{meeting}改于{cn_datetime(meeting.planned_at)}在{meeting.place}召开，请按新的时间到会指导；"
        text += "不能到会的请在本页答复。"
        key = f"reviews.guide:{one.pk}:{meeting.version}"
        notify([(one.expert, text, True)], title="到会指导：会议改期", key=key, about=one)


def withdraw_invitation(sitting: Sitting, seat: Seat, *, actor: Actor, because: str) -> None:
    """Inside the step that takes the seat away."""
    whose = {"member": seat} if isinstance(sitting, ReviewMeeting) else {"user": seat.user_id}
    rows = standing(sitting).filter(replaced_by=None, **whose)
    for pk in carry(rows, "withdraw", actor=actor, because=because)[0]:
        if seat.user is not None:
            text = f"您不再列入{sitting}，不必到会。"
            url = reverse("reviews:invitation", args=[pk])
            notify([(seat.user, text, True)], title="会议通知已取消", key=f"reviews.uninvite:{pk}", url=url)


def leave_seat(member: Seat) -> None:
    """The seat goes with what was entered about it."""
    member.recusals.all().delete()
    member.delete()


@step(
    MeetingInvitation,
    label="出席",
    by=INVITED,
    on="organisation",
    own="user",
    move="accept",
    form=StepForm,
)
def accept_invitation(invitation: MeetingInvitation, *, actor: Actor) -> None:
    """He may change his mind until sign-in begins."""
    _keep(invitation)


def _keep(invitation: MeetingInvitation, absence_reason: str = "") -> None:
    invitation.answered_at, invitation.absence_reason = clock.now(), absence_reason


@step(
    MeetingInvitation,
    label="不能出席",
    by=INVITED,
    on="organisation",
    own="user",
    move="decline",
    form=forms.AbsenceForm,
    tells=[
        Tell(Role.COMMITTEE_SEC, "organisation", "{case}：不能出席，请递补评委。", sms=True),
        Tell(Role.ENT_HR, "organisation", "{case}：不能出席，请看会议还缺什么。", sms=True),
        Tell(Role.PANEL_SEC, "organisation", "{case}：不能出席，请看会议还缺什么。"),
    ],
    effects=["会议的经办人员收到通知，以便递补", "不得委托他人代为出席或表决"],
    kind="danger",
)
def decline_invitation(invitation: MeetingInvitation, *, actor: Actor, absence_reason: str) -> None:
    """With the reason, which the desk reads."""
    _keep(invitation, absence_reason)


def _answers_himself(invitation: MeetingInvitation, actor: Actor) -> list[Reason]:
    if invitation.user_id is None:
        return []
    return [Reason(f"{invitation.name}有账号，由本人答复。", "办法五（二）", "R-5.2.7", "G10")]


def _has_account(invitation: MeetingInvitation, actor: Actor) -> bool:
    return invitation.user_id is not None


@step(
    MeetingInvitation,
    label="代录：出席",
    by=DESK,
    on="organisation",
    move="accept",
    form=StepForm,
    blockers=_answers_himself,
    over=_has_account,
)
def record_acceptance(invitation: MeetingInvitation, *, actor: Actor) -> None:
    """What an expert without an account said on the telephone."""
    _keep(invitation)


@step(
    MeetingInvitation,
    label="代录：不能出席",
    by=DESK,
    on="organisation",
    move="decline",
    form=forms.AbsenceForm,
    blockers=_answers_himself,
    over=_has_account,
    kind="danger",
)
def record_absence(invitation: MeetingInvitation, *, actor: Actor, absence_reason: str) -> None:
    """The same for who cannot come."""
    _keep(invitation, absence_reason)


@step(
    CommitteeMeeting,
    label="递补评委",
    by=SECRETARY,
    on="organisation",
    when=[CommitteeState.PLANNED],
    form=forms.ReplaceForm,
    over=lambda meeting, actor: (
        not meeting.invitations.filter(state=InvitationState.NOT_COMING, replaced_by=None).exists()
    ),
    effects=["递补的评委收到会议通知", "不能出席的评委和原因保留在会议记录中"],
)
def replace_member(meeting: CommitteeMeeting, *, actor: Actor, member: CommitteeMember, expert: LibraryExpert) -> None:
    """Another of the library takes the seat and the post of one who cannot come; conflicts are looked up anew."""
    asked = meeting.invitations.filter(user=member.user_id, state=InvitationState.NOT_COMING).first()
    if member.meeting_id != meeting.pk or asked is None:
        raise Blocked([Reason("只能递补已答复不能出席的评委。", CLAUSE, "S-1", "G15", field="member")])
    check_experts(meeting, [expert], "expert")
    post = member.post
    leave_seat(member)
    seat = CommitteeMember.objects.create(
        meeting=meeting,
        user=expert.user,
        employer=expert.employer,
        title=expert.title,
        speciality=expert.speciality,
        post=post,
    )
    enter_conflicts(meeting)
    hand_over(asked, invite(meeting, seat))


def check_experts(meeting: CommitteeMeeting, experts: Sequence[LibraryExpert], field: str) -> None:
    """Inside a step that seats them: each in his term, none with a share of the key to his own ballot (S-3)."""
    today = clock.today()
    found = [
        Reason(f"{one.user.name}的聘期已过。", CLAUSE, "S-3", "G15", field=field)
        for one in experts
        if one.term_until < today
    ]
    found += [
        Reason(
            f"{name}保管本次会议的开票钥匙，不能担任评委。",
            CLAUSE,
            "R-5.3.6",
            "G15",
            field=field,
            remedy="请先作废钥匙，另行指定保管人。",
        )
        for name in keepers_among(meeting, [one.user_id for one in experts])
    ]
    if found:
        raise Blocked(found)


def hand_over(left: MeetingInvitation, taken: MeetingInvitation) -> None:
    """Inside the step that gives the seat to another: the first invitation names who came after it."""
    left.replaced_by = taken
    left.version += 1
    left.save()
