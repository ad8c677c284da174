"""企业评审会: tellers, sign-in, 回避, start, close of scoring, conclusion, and what may go wrong (办法五（二）)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from applications.models import TitleApplication
from applications.queries.agenda import holds_of
from enterprises.actions.files import attach
from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import User
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, Tell, carry, step
from jiaxing_titles.actions.views import CauseForm
from jiaxing_titles.reasons import Reason
from reviews import forms
from reviews.actions.filing import CITY, COUNTY
from reviews.actions.invitations import invite_again
from reviews.actions.panel import COMPANY, DESK
from reviews.actions.tally import chair_reasons, prepare_sheets
from reviews.choices import ItemState, MeetingState, SheetState, SignInMethod
from reviews.models import (
    MeetingAttendance,
    MeetingItem,
    MemberAssessment,
    PanelMember,
    Recusal,
    ReviewMeeting,
)
from reviews.queries.record import frozen_record

CHAIR_OR_DESK = (Role.PANEL_EXPERT, *DESK)
VOTE_CLAUSE = "人社部令第40号（年度设置）"
OPEN_DOORS = [MeetingState.SIGNING_IN, MeetingState.IN_SESSION, MeetingState.VOTING]


@step(
    ReviewMeeting,
    label="指定监票计票人",
    by=DESK,
    on=COMPANY,
    when=[MeetingState.PLANNED, MeetingState.SIGNING_IN, MeetingState.IN_SESSION],
    form=forms.TellersForm,
)
def name_tellers(meeting: ReviewMeeting, *, actor: Actor, first: User, second: User) -> None:
    """Two people count independently of each other (F-56)."""
    if first == second:
        raise Blocked([Reason("两名计票人不能是同一人。", field="second")])
    applicants = set(meeting.items.values_list("application__person_id", flat=True))
    found = [
        Reason(f"{user.name}是本次申报人，不能担任计票人。", "办法五（二）", field=field)
        for field, user in (("first", first), ("second", second))
        if user.pk in applicants
    ]
    if found:
        raise Blocked(found)
    meeting.tellers.set([first, second])


@step(ReviewMeeting, label="开始签到", by=DESK, on=COMPANY, move="open_sign_in")
def open_sign_in(meeting: ReviewMeeting, *, actor: Actor) -> None:
    """G10: only after the filing is acknowledged (PR-4)."""


def _doors_open(meeting: ReviewMeeting, actor: Actor) -> list[Reason]:
    if meeting.state == MeetingState.SIGNING_IN:
        return []
    text = "评审会已经开始，签到已截止；迟到的评审专家不得参加本次评价和表决，也不得委托他人或事后补投。"
    return [Reason(text, VOTE_CLAUSE, "PR-11", "G11")]


def _seat(meeting: ReviewMeeting, member: PanelMember, method: str, checked_by: User | None = None) -> None:
    facts = {"signed_at": clock.now(), "method": method, "promised": True, "checked_by": checked_by}
    _, made = MeetingAttendance.objects.get_or_create(meeting=meeting, member=member, defaults=facts)
    if not made:
        raise Blocked([Reason(f"{member.name}已经签到。")])


def _signed_in(meeting: ReviewMeeting, actor: Actor) -> bool:
    return meeting.attendances.filter(member__user=actor.user).exists()


@step(
    ReviewMeeting,
    label="签到",
    by=[Role.PANEL_EXPERT],
    on=COMPANY,
    when=OPEN_DOORS,
    form=forms.PromiseForm,
    blockers=_doors_open,
    over=_signed_in,
    crowded=True,
)
def sign_in(meeting: ReviewMeeting, *, actor: Actor, promised: bool) -> None:
    """In person, with the promise of secrecy and 回避; nobody signs in for somebody else (PR-11)."""
    member = meeting.panel.members.filter(user=actor.user).first()
    if member is None:
        text = "您不是本次评审会的评审专家；评审专家不得委托他人代为出席或表决。"
        raise Blocked([Reason(text, VOTE_CLAUSE, "PR-11", "G11")])
    if not promised:
        raise Blocked([Reason("请先作出保密与回避承诺，再签到。", field="promised")])
    _seat(meeting, member, SignInMethod.SELF)


@step(
    ReviewMeeting,
    label="代录签到表",
    by=DESK,
    on=COMPANY,
    when=OPEN_DOORS,
    form=forms.DeskSignInForm,
    blockers=_doors_open,
)
def sign_in_at_desk(meeting: ReviewMeeting, *, actor: Actor, members: Collection[PanelMember], in_person: bool) -> None:
    """The signed paper list copied, for members without a phone: all of them or, when one is wrong, nobody.

    Who copies has seen them, himself excepted (G8 of the ballot).
    """
    if any(member.panel_id != meeting.panel_id for member in members):
        raise Blocked([Reason("勾选的专家不都在本次评审机构中，请刷新页面后重新勾选。", field="members")])
    if not in_person:
        text = "评审专家不得委托他人代为出席或表决，本人到会签字后才能登记。"
        raise Blocked([Reason(text, VOTE_CLAUSE, "PR-11", "G11", field="in_person")])
    for member in members:
        himself = member.user_id == actor.person.pk
        _seat(meeting, member, SignInMethod.DESK, checked_by=None if himself else actor.person)


@step(
    ReviewMeeting,
    label="评审专家当日退出",
    by=DESK,
    on=COMPANY,
    when=[MeetingState.SIGNING_IN],
    form=forms.StepDownForm,
    kind="danger",
)
def step_down(meeting: ReviewMeeting, *, actor: Actor, member: PanelMember, reason: str) -> None:
    """Decision 43: an external one too many steps down for the day; he neither scores nor votes."""
    seat = meeting.attendances.filter(member=member, stepped_down_reason="").first()
    if seat is None:
        raise Blocked([Reason(f"{member.name}没有签到或已退出。", field="member")])
    seat.stepped_down_reason = reason
    seat.save()


def _recuse(
    meeting: ReviewMeeting, member: PanelMember, items: Iterable[MeetingItem], kind: str, note: str, actor: Actor
) -> None:
    found = [Reason("这名申报人不在本次会议名单上。", field="items") for item in items if item.meeting_id != meeting.pk]
    if member.panel_id != meeting.panel_id:
        found.append(Reason("这名专家不在本次评审机构中。", field="member"))
    if found:
        raise Blocked(found)
    assert actor.user is not None
    for item in items:
        Recusal.objects.get_or_create(
            item=item,
            member=member,
            defaults={"kind": kind, "note": note, "declared_by": actor.person, "declared_at": clock.now()},
        )


@step(
    ReviewMeeting,
    label="申请回避",
    by=[Role.PANEL_EXPERT],
    on=COMPANY,
    when=[MeetingState.SIGNING_IN, MeetingState.IN_SESSION],
    form=forms.RecuseSelfForm,
)
def recuse_self(
    meeting: ReviewMeeting, *, actor: Actor, items: Iterable[MeetingItem], kind: str, note: str = ""
) -> None:
    """S-11: declared by the member; for these people he neither reads, scores nor votes (Q-29)."""
    member = meeting.panel.members.filter(user=actor.user).first()
    if member is None:
        raise Blocked([Reason("您不是本次评审会的评审专家。")])
    _recuse(meeting, member, items, kind, note, actor)


@step(
    ReviewMeeting,
    label="登记回避",
    by=DESK,
    on=COMPANY,
    when=[MeetingState.PLANNED, MeetingState.SIGNING_IN, MeetingState.IN_SESSION],
    form=forms.RecuseMemberForm,
)
def recuse_member(
    meeting: ReviewMeeting,
    *,
    actor: Actor,
    member: PanelMember,
    items: Iterable[MeetingItem],
    kind: str,
    note: str = "",
) -> None:
    """S-11: on notice, or for a member who declares it on paper."""
    _recuse(meeting, member, items, kind, note, actor)


@step(
    ReviewMeeting,
    label="宣布开会",
    by=CHAIR_OR_DESK,
    on=COMPANY,
    move="start",
    blockers=chair_reasons,
    effects=["签到截止，到会人员即为参加评价和表决的人员", "名单上的申报人进入评审"],
)
def start_session(meeting: ReviewMeeting, *, actor: Actor) -> None:
    """G11. Who has an open objection or left meanwhile is postponed by name; all others enter the review."""
    meeting.opened_at = clock.now()
    items = list(meeting.items.filter(state=ItemState.WAITING))
    listed = TitleApplication.objects.filter(pk__in=[item.application_id for item in items])
    held = holds_of(listed)
    for item in items:
        if reasons := held[item.application_id]:
            told = "；".join(reason.text for reason in reasons)[:300]
            one = MeetingItem.objects.filter(pk=item.pk)
            carry(one, "postpone", actor=actor, because="reviews.start_session", set={"postponed_reason": told})
    clear = [item for item in items if not held[item.application_id]]
    people = TitleApplication.objects.filter(pk__in=[item.application_id for item in clear])
    carry(people, "enter_review", actor=actor, because="reviews.start_session")
    seated = [one.member_id for one in meeting.attendances.all() if one.seated]
    MemberAssessment.objects.bulk_create(
        [MemberAssessment(item=item, member_id=member) for item in clear for member in seated]
    )


@step(
    ReviewMeeting,
    label="关闭评分，进入表决",
    by=CHAIR_OR_DESK,
    on=COMPANY,
    move="close_scoring",
    blockers=chair_reasons,
    effects=["评价不能再修改，评审专家可以看到彼此的评价", "按申报资格分票，每张不超过 30 人"],
)
def close_scoring(meeting: ReviewMeeting, *, actor: Actor) -> None:
    """Decision 15: scores are shown to the others only from here. They inform; the vote decides (F-54)."""
    # Pads being written right now finish first, so that the gate below sees them.
    list(MemberAssessment.objects.filter(item__meeting=meeting).order_by("pk").select_for_update())
    meeting.scores_closed_at = clock.now()
    people = [
        item.application
        for item in meeting.items.filter(state=ItemState.PRESENTED).select_related("application").order_by("number")
    ]
    prepare_sheets(people, meeting=meeting)


@step(
    ReviewMeeting,
    label="宣布计票结果",
    by=CHAIR_OR_DESK,
    on=COMPANY,
    move="count",
    blockers=chair_reasons,
)
def announce_count(meeting: ReviewMeeting, *, actor: Actor) -> None:
    """G12: every tally is signed; the chair announces (S-8)."""


@step(
    ReviewMeeting,
    label="确认评审结论",
    by=CHAIR_OR_DESK,
    on=COMPANY,
    move="conclude",
    form=forms.MinutesForm,
    blockers=chair_reasons,
    effects=["表决结果写入每名申报人", "会议记录固定并计算校验值", "结果公布前申报人看不到票数和分数"],
    notes=["record_hash"],
)
def conclude_meeting(meeting: ReviewMeeting, *, actor: Actor, minutes: str) -> None:
    """宁缺勿滥: the result is what the signed tallies say; there is no quota and nothing to adjust (PR-10)."""
    meeting.minutes, meeting.concluded_at = minutes, clock.now()
    passed: list[int] = []
    failed: list[int] = []
    items = {item.application_id: item for item in meeting.items.filter(state=ItemState.PRESENTED)}
    for sheet in meeting.sheets.filter(state=SheetState.SIGNED).prefetch_related("lines"):
        for line in sheet.lines.all():
            item = items[line.application_id]
            item.result_sentence = line.sentence
            (passed if line.passed else failed).append(item.pk)
    MeetingItem.objects.bulk_update(items.values(), ["result_sentence"])
    because = "reviews.conclude_meeting"
    for pks, item_move, person_move in ((passed, "passed", "pass_panel"), (failed, "failed", "fail_panel")):
        rows = MeetingItem.objects.filter(pk__in=pks)
        people = TitleApplication.objects.filter(agenda_items__in=pks)
        carry(people, person_move, actor=actor, because=because)
        carry(rows, item_move, actor=actor, because=because)
    meeting.record, meeting.record_hash = frozen_record(meeting)


@step(
    ReviewMeeting,
    label="上传签字的会议纪要",
    by=DESK,
    on=COMPANY,
    when=[MeetingState.CONCLUDED],
    form=forms.SignedMinutesForm,
    over=lambda meeting, actor: meeting.signed_minutes_id is not None,
)
def file_signed_minutes(meeting: ReviewMeeting, *, actor: Actor, file: Any) -> None:
    """F-58: the printed minutes come back with the signatures; a better scan takes the place of the one before."""
    meeting.signed_minutes = attach(file, actor, slot="签字的会议纪要")


# -- what may go wrong -------------------------------------------------------------------------------------


@step(
    ReviewMeeting,
    label="延期",
    by=DESK,
    on=COMPANY,
    move="postpone",
    form=CauseForm,
    tells=[
        Tell(Role.CITY_CLERK, CITY, "{case}延期：{reason}"),
        Tell(Role.COUNTY, COUNTY, "{case}延期：{reason}"),
    ],
    kind="danger",
)
def postpone_meeting(meeting: ReviewMeeting, *, actor: Actor, reason: str) -> None:
    """Named accident. The filing stays; the city is told now and again when the new day is set."""
    meeting.postponed_reason = reason


@step(
    ReviewMeeting,
    label="人数不足，会议未开成",
    by=DESK,
    on=COMPANY,
    move="declare_no_quorum",
    tells=[Tell(Role.CITY_CLERK, CITY, "{case}因到会人数不足未开成。")],
    kind="danger",
)
def declare_no_quorum(meeting: ReviewMeeting, *, actor: Actor) -> None:
    """Named accident: fewer than two thirds; refused while enough are there."""


@step(
    ReviewMeeting,
    label="重新安排会议",
    by=DESK,
    on=COMPANY,
    move="replan",
    form=forms.PlanForm,
    tells=[Tell(Role.CITY_CLERK, CITY, "{case}已重新安排。"), Tell(Role.COUNTY, COUNTY, "{case}已重新安排。")],
    effects=[
        "签到重新开始",
        "市局和县局收到新的会议时间",
        "已通知的评审专家收到新的时间，请重新答复",
        "已指派的指导专家收到新的时间",
    ],
)
def replan_meeting(
    meeting: ReviewMeeting, *, actor: Actor, planned_at: dt.datetime, place: str, mode: str, contact: str
) -> None:
    """A new day under the same filing: who had signed in signs in again, who had answered is asked again."""
    meeting.attendances.all().delete()
    meeting.planned_at, meeting.place, meeting.mode = planned_at, place, mode
    invite_again(meeting, actor=actor, because="reviews.replan_meeting")
