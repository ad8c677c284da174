"""中评委会议: seats, agenda, start, end, and what may go wrong (办法五（三）)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from applications.models import TitleApplication
from enterprises.models import Bureau
from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import Organisation, User
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, Tell, carry, step
from jiaxing_titles.actions.views import CauseForm
from jiaxing_titles.policy.models import Cycle
from jiaxing_titles.reasons import Reason
from reviews import forms
from reviews.actions.invitations import check_experts, invite_again, leave_seat, withdraw_invitation
from reviews.actions.recusals import enter_conflicts
from reviews.actions.tally import prepare_sheets
from reviews.choices import CommitteeState, PanelPost, SheetState, SlotState
from reviews.models import CommitteeMeeting, CommitteeMember, LibraryExpert, ReportSlot, VoteLine
from reviews.queries import undecided

CLAUSE = "办法五（三）"
SECRETARY = (Role.COMMITTEE_SEC,)


@step(
    Bureau,
    label="筹备中评委会议",
    by=SECRETARY,
    on="organisation",
    form=forms.CommitteeForm,
    creates=True,
)
def convene_committee(
    bureau: Bureau, *, actor: Actor, cycle: Cycle, planned_at: dt.datetime, place: str
) -> CommitteeMeeting:
    """R-5.3.4: 于12月底前召开; further meetings of the year take what the first one carried over."""
    if bureau.organisation.kind != Organisation.Kind.CITY_BUREAU:
        raise Blocked([Reason("中评委会议由市局召开。")])
    number = cycle.committee_meetings.count() + 1
    return CommitteeMeeting.objects.create(
        cycle=cycle, organisation=bureau.organisation, number=number, planned_at=planned_at, place=place
    )


@step(
    CommitteeMeeting,
    label="列入评委",
    by=SECRETARY,
    on="organisation",
    when=[CommitteeState.PLANNED],
    form=forms.SeatForm,
)
def seat_members(
    meeting: CommitteeMeeting, *, actor: Actor, experts: Iterable[LibraryExpert], post: str = PanelPost.MEMBER
) -> None:
    """Members come from the library, in their term (S-3)."""
    chosen = list(experts)
    if post == PanelPost.CHAIR and (len(chosen) != 1 or meeting.members.filter(post=PanelPost.CHAIR).exists()):
        raise Blocked([Reason("主任委员只有一人。", CLAUSE, "S-1", "G15", field="post")])
    check_experts(meeting, chosen, "experts")
    CommitteeMember.objects.bulk_create(
        [
            CommitteeMember(
                meeting=meeting,
                user=expert.user,
                employer=expert.employer,
                title=expert.title,
                speciality=expert.speciality,
                post=post,
            )
            for expert in chosen
        ]
    )


@step(
    CommitteeMeeting,
    label="移出评委",
    by=SECRETARY,
    on="organisation",
    when=[CommitteeState.PLANNED],
    form=forms.UnseatForm,
    kind="danger",
)
def unseat_member(meeting: CommitteeMeeting, *, actor: Actor, member: CommitteeMember) -> None:
    """Before the doors open only; his invitation is taken back."""
    if member.meeting_id != meeting.pk:
        raise Blocked([Reason("这名评委不在本次会议中。", field="member")])
    withdraw_invitation(meeting, member, actor=actor, because="reviews.unseat_member")
    leave_seat(member)


@step(
    CommitteeMeeting,
    label="指定监票计票人",
    by=SECRETARY,
    on="organisation",
    when=[CommitteeState.PLANNED, CommitteeState.SIGNING_IN, CommitteeState.IN_SESSION],
    form=forms.TellersForm,
    kind="aside",
)
def name_committee_tellers(meeting: CommitteeMeeting, *, actor: Actor, first: User, second: User) -> None:
    """Two people count independently of each other; neither sits on the committee."""
    if first == second:
        raise Blocked([Reason("两名计票人不能是同一人。", field="second")])
    seated = set(meeting.members.values_list("user_id", flat=True))
    found = [
        Reason(f"{user.name}是本次会议评委，不能担任计票人。", CLAUSE, "R-5.3.6", "G15", field=field)
        for field, user in (("first", first), ("second", second))
        if user.pk in seated
    ]
    if found:
        raise Blocked(found)
    meeting.tellers.set([first, second])


@step(
    CommitteeMeeting,
    label="编排议程",
    by=SECRETARY,
    on="organisation",
    when=[CommitteeState.PLANNED],
    effects=[
        "每家有上报人员的企业一个汇报席",
        "按企业、申报资格分票，每张不超过 30 人",
        "任职企业和本年度评审专家自动回避",
    ],
)
def build_agenda(meeting: CommitteeMeeting, *, actor: Actor) -> None:
    """R-5.3.5, Q-19: built anew from what was reported; conflicts known to the system are entered at once (S-11)."""
    people = list(undecided(meeting.cycle))
    if not people:
        raise Blocked([Reason("没有待审议的上报人员。", CLAUSE, "R-5.3.3", "G14", remedy="请先完成全市汇总。")])
    meeting.sheets.all().delete()
    meeting.slots.all().delete()
    enterprises = sorted({one.enterprise_id for one in people})
    ReportSlot.objects.bulk_create(
        [ReportSlot(meeting=meeting, enterprise_id=pk, place=place) for place, pk in enumerate(enterprises, start=1)]
    )
    prepare_sheets(people, session=meeting)
    enter_conflicts(meeting)


@step(CommitteeMeeting, label="开始签到", by=SECRETARY, on="organisation", move="open_sign_in")
def open_committee_sign_in(meeting: CommitteeMeeting, *, actor: Actor) -> None:
    """G14 and the composition of G15. Conflicts are looked up again, in case seats changed since the agenda."""
    enter_conflicts(meeting)


@step(
    CommitteeMeeting,
    label="宣布开会",
    by=SECRETARY,
    on="organisation",
    move="start",
    effects=["签到截止，经两人核对的到会评委即为表决人员"],
)
def start_committee(meeting: CommitteeMeeting, *, actor: Actor) -> None:
    """G15: quorum by integers, every seat checked by two; from here nobody signs in."""
    meeting.opened_at = clock.now()


@step(
    CommitteeMeeting,
    label="闭会并确认结果",
    by=SECRETARY,
    on="organisation",
    move="close",
    form=forms.MinutesForm,
    tells=[Tell(Role.CITY_CLERK, "organisation", "{case}已闭会，可以办理市级公示。")],
    effects=["表决结果写入每名申报人", "转下次会议的企业保持已上报"],
)
def close_committee(meeting: CommitteeMeeting, *, actor: Actor, minutes: str) -> None:
    """G18: the result is what the signed tallies say; nobody may adjust it."""
    meeting.minutes, meeting.closed_at = minutes, clock.now()
    carried = meeting.slots.filter(state=SlotState.CARRIED_OVER).values("enterprise")
    sheets = meeting.sheets.filter(state=SheetState.SIGNED).exclude(enterprise__in=carried)
    lines = VoteLine.objects.filter(sheet__in=sheets)
    because = "reviews.close_committee"
    for passed, move in ((True, "pass_committee"), (False, "fail_committee")):
        people = TitleApplication.objects.filter(pk__in=lines.filter(passed=passed).values("application"))
        carry(people, move, actor=actor, because=because)


# -- what may go wrong -------------------------------------------------------------------------------------


@step(
    CommitteeMeeting,
    label="延期",
    by=SECRETARY,
    on="organisation",
    move="postpone",
    form=CauseForm,
    tells=[Tell(Role.CITY_LEAD, "organisation", "{case}延期：{reason}")],
    kind="danger",
)
def postpone_committee(meeting: CommitteeMeeting, *, actor: Actor, reason: str) -> None:
    """Named accident: another day."""
    meeting.postponed_reason = reason


@step(
    CommitteeMeeting,
    label="人数不足，会议未开成",
    by=SECRETARY,
    on="organisation",
    move="declare_no_quorum",
    tells=[Tell(Role.CITY_LEAD, "organisation", "{case}因到会人数不足未开成。")],
    kind="danger",
)
def declare_committee_no_quorum(meeting: CommitteeMeeting, *, actor: Actor) -> None:
    """Named accident: fewer than two thirds; refused while enough are there."""


@step(
    CommitteeMeeting,
    label="重新安排会议",
    by=SECRETARY,
    on="organisation",
    move="replan",
    form=forms.CommitteeForm,
    effects=["签到重新开始", "已通知的评委收到新的时间，请重新答复"],
)
def replan_committee(meeting: CommitteeMeeting, *, actor: Actor, planned_at: dt.datetime, place: str) -> None:
    """A new day; those who had signed in sign in again, those who had answered are asked again."""
    meeting.attendances.all().delete()
    meeting.planned_at, meeting.place = planned_at, place
    invite_again(meeting, actor=actor, because="reviews.replan_committee")
