"""会议通知: members are invited, answer, and are replaced when they cannot come (F-66, N-20)."""

from __future__ import annotations

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
from reviews.choices import CommitteeState, InvitationState
from reviews.models import CommitteeInvitation, CommitteeMeeting, CommitteeMember, LibraryExpert
from reviews.queries.committee import uncovered_specialities, uninvitable_reasons, uninvited

SECRETARY = (Role.COMMITTEE_SEC,)
CLAUSE = "办法五（三）"
CITY = "meeting.organisation"


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
    waiting = uninvited(meeting)
    if not waiting:
        raise Blocked([Reason("评委都已通知。", CLAUSE, "R-5.3.4", "G15")])
    for member in waiting:
        _invite(member)


def _invite(member: CommitteeMember) -> None:
    meeting = member.meeting
    made = CommitteeInvitation.objects.create(meeting=meeting, user=member.user, sent_at=clock.now())
    _tell(made)


def _tell(invitation: CommitteeInvitation) -> None:
    meeting = invitation.meeting
    text = f"{meeting}定于{cn_datetime(meeting.planned_at)}在{meeting.place}召开，请答复能否出席。"
    key = f"reviews.invite:{invitation.pk}:{invitation.version}"
    notify([(invitation.user, text, True)], title="中评委会议通知", key=key, about=invitation)


def invite_again(meeting: CommitteeMeeting, *, actor: Actor) -> None:
    """Inside the step that sets another day."""
    because = "reviews.replan_committee"
    standing = meeting.invitations.exclude(state=InvitationState.WITHDRAWN).filter(replaced_by=None)
    answered = standing.exclude(state=InvitationState.WAITING)
    carry(answered, "ask_again", actor=actor, because=because, set={"answered_at": None, "absence_reason": ""})
    for one in standing.select_related("user"):
        one.meeting = meeting  # the new day is not saved yet
        one.version += 1
        one.sent_at = clock.now()
        one.save()
        _tell(one)


def withdraw_invitation(member: CommitteeMember, *, actor: Actor, because: str) -> None:
    """Inside the step that takes the seat away."""
    rows = member.meeting.invitations.filter(user=member.user_id).exclude(state=InvitationState.WITHDRAWN)
    for pk in carry(rows, "withdraw", actor=actor, because=because)[0]:
        text = f"您不再列入{member.meeting}，不必到会。"
        notify([(member.user, text, True)], title="会议通知已取消", key=f"reviews.uninvite:{pk}", url="/committee/")


def leave_seat(member: CommitteeMember) -> None:
    """The seat goes with what was entered about it."""
    member.recusals.all().delete()
    member.delete()


@step(CommitteeInvitation, label="出席", by=[Role.COMMITTEE], on=CITY, own="user", move="accept", form=StepForm)
def accept_invitation(invitation: CommitteeInvitation, *, actor: Actor) -> None:
    """He may change his mind until sign-in begins."""
    invitation.answered_at, invitation.absence_reason = clock.now(), ""


@step(
    CommitteeInvitation,
    label="不能出席",
    by=[Role.COMMITTEE],
    on=CITY,
    own="user",
    move="decline",
    form=forms.AbsenceForm,
    tells=[Tell(Role.COMMITTEE_SEC, CITY, "{case}：不能出席，请递补评委。", sms=True)],
    effects=["秘书收到通知，可以递补其他评委", "评委不得委托他人代为出席或表决"],
    kind="danger",
)
def decline_invitation(invitation: CommitteeInvitation, *, actor: Actor, absence_reason: str) -> None:
    """With the reason, which the secretary reads."""
    invitation.answered_at, invitation.absence_reason = clock.now(), absence_reason


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
    if expert.term_until < clock.today():
        raise Blocked([Reason(f"{expert.user.name}的聘期已过。", CLAUSE, "S-3", "G15", field="expert")])
    asked.replaced_by = expert.user
    asked.version += 1
    asked.save()
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
    _invite(seat)
