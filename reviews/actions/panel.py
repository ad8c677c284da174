"""组建评审机构 (办法五（一）、五（二）) and keeping the city's expert library."""

from __future__ import annotations

import datetime as dt
from typing import Any

from applications.models import AnnualRound
from enterprises.models import Bureau, ReserveExpert, Speciality
from enterprises.queries import standing
from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import Organisation, User
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, step
from jiaxing_titles.reasons import Reason
from reviews import forms
from reviews.actions.invitations import hand_over, invite, leave_seat, withdraw_invitation
from reviews.choices import ExpertState, InvitationState, PanelPost, PanelState, TitleRank
from reviews.gates.ballot import keepers_among
from reviews.models import LibraryExpert, MeetingInvitation, Panel, PanelMember
from reviews.queries import meeting_of
from reviews.queries.invitations import declined_seats

DESK = (Role.ENT_HR, Role.PANEL_SEC)
COMPANY = "round.enterprise.organisation"


def _may_compose(round_: AnnualRound, actor: Actor) -> list[Reason]:
    found = list(standing(round_.enterprise, round_.cycle).reasons)
    if hasattr(round_, "panel"):
        found.append(Reason("本年度评审机构已经组建。", "办法五（一）", "R-5.2.7", "G10"))
    return found


@step(
    AnnualRound,
    label="组建评审机构",
    by=DESK,
    on="enterprise.organisation",
    form=forms.PanelForm,
    blockers=_may_compose,
    creates=True,
    effects=["建立本年度评审机构，随后登记评审专家"],
)
def create_panel(round_: AnnualRound, *, actor: Actor, name: str, from_reserve: bool = False) -> Panel:
    """办法五（一）：组建评审机构. The reserve named with the pilot application may come in at once."""
    panel = Panel.objects.create(round=round_, name=name)
    if from_reserve:
        reserve = ReserveExpert.objects.filter(
            application__enterprise=round_.enterprise, application__cycle=round_.cycle
        ).select_related("speciality")
        PanelMember.objects.bulk_create([_from_reserve(panel, expert) for expert in reserve])
    return panel


def _from_reserve(panel: Panel, expert: ReserveExpert) -> PanelMember:
    senior = expert.title_level == ReserveExpert.TitleLevel.SENIOR
    return PanelMember(
        panel=panel,
        name=expert.name,
        external=expert.is_external,
        employer=expert.employer or str(panel.round.enterprise),
        rank=TitleRank.SENIOR if senior else TitleRank.MIDDLE,
        title=expert.title_name,
        speciality=expert.speciality,
    )


def _check_seat(panel: Panel, facts: dict[str, Any], member: PanelMember | None) -> None:
    """F-42, ux 2.2: a member is qualified, in his term, and not himself an applicant of this year."""
    found = []
    others = panel.members.exclude(pk=member.pk) if member else panel.members.all()
    user = facts.get("user")
    if user is not None:
        if others.filter(user=user).exists():
            found.append(Reason("这一账号已在评审机构中。", field="user"))
        live = panel.round.applications.exclude(state__in=["draft", "withdrawn", "disqualified", "not_endorsed"])
        if live.filter(person=user).exists():
            text = f"{user.name}是本年度申报人，不能同时担任评审专家。"
            found.append(Reason(text, "办法五（二）", "R-5.2.7", "G10", field="user"))
        if keepers_among(meeting_of(panel.round), [user]):
            text = f"{user.name}保管本次会议的开票钥匙，不能同时担任评审专家。"
            remedy = "请先作废钥匙，另行指定保管人。"
            found.append(Reason(text, "办法五（二）", "R-5.2.7", "G10", field="user", remedy=remedy))
    if facts["post"] == PanelPost.CHAIR and (chair := others.filter(post=PanelPost.CHAIR).first()):
        found.append(Reason(f"{chair.name}已是主任委员，主任委员只有一人。", field="post"))
    if facts["rank"] == TitleRank.JUNIOR:
        found.append(Reason("评审专家的职称层级不得低于中级。", "办法五（二）", "R-5.2.7", "G10", field="rank"))
    term = facts.get("term_until")
    if isinstance(term, dt.date) and term < clock.today():
        found.append(Reason("聘期已过，不能列入评审机构。", "办法五（二）", "R-5.2.7", "G10", field="term_until"))
    if found:
        raise Blocked(found)


@step(
    Panel,
    label="添加评审专家",
    by=DESK,
    on=COMPANY,
    when=[PanelState.COMPOSING],
    form=forms.MemberForm,
)
def add_member(panel: Panel, *, actor: Actor, **facts: Any) -> None:
    """One expert more; the ratio of externals is shown at once and enforced when the meeting is filed."""
    _check_seat(panel, facts, None)
    PanelMember.objects.create(panel=panel, **facts)


@step(
    Panel,
    label="修改评审专家",
    by=DESK,
    on=COMPANY,
    when=[PanelState.COMPOSING],
    form=forms.MemberForm,
    hidden=True,
)
def edit_member(panel: Panel, *, actor: Actor, member: PanelMember, **facts: Any) -> None:
    """Change one listed expert; `member` must belong to this panel."""
    seat = panel.members.filter(pk=member.pk).first()
    if seat is None:
        raise Blocked([Reason("这名专家不在本评审机构中。")])
    _check_seat(panel, facts, seat)
    if facts.get("user") != seat.user:  # the notice went to somebody else, or to nobody's page
        _uninvite(panel, seat, actor=actor, because="reviews.edit_member")
    for name, value in facts.items():
        setattr(seat, name, value)
    seat.save()


@step(
    Panel,
    label="说明外聘超比例原因",
    by=DESK,
    on=COMPANY,
    when=[PanelState.COMPOSING],
    form=forms.RatioReasonForm,
)
def explain_ratio(panel: Panel, *, actor: Actor, over_ratio_reason: str) -> None:
    """办法五（二）：外聘专家一般不超过三分之一; above it a reason now and the city's consent with the filing."""
    panel.over_ratio_reason = over_ratio_reason


@step(
    Panel,
    label="移出评审专家",
    by=DESK,
    on=COMPANY,
    when=[PanelState.COMPOSING],
    form=forms.RemoveMemberForm,
    kind="danger",
)
def remove_member(panel: Panel, *, actor: Actor, member: PanelMember) -> None:
    """Take an expert off the list; one who sat in an earlier meeting stays in its record and cannot be removed."""
    _check_leaving(panel, member)
    _uninvite(panel, member, actor=actor, because="reviews.remove_member")
    leave_seat(member)


def _check_leaving(panel: Panel, member: PanelMember) -> None:
    if member.panel_id != panel.pk:
        raise Blocked([Reason("这名专家不在本评审机构中。", field="member")])
    if member.attendances.exists() or member.assessments.exists():
        raise Blocked([Reason(f"{member.name}已参加过本年度评审会，不能移出。", field="member")])


def _uninvite(panel: Panel, member: PanelMember, *, actor: Actor, because: str) -> None:
    meeting = meeting_of(panel.round)
    if meeting is not None:
        withdraw_invitation(meeting, member, actor=actor, because=because)


@step(
    Panel,
    label="递补评审专家",
    by=DESK,
    on=COMPANY,
    when=[PanelState.COMPOSING],
    form=forms.SubstituteForm,
    over=lambda panel, actor: not declined_seats(panel).exists(),
    effects=["递补的专家收到会议通知", "不能出席的专家和原因保留在会议通知中"],
)
def replace_expert(panel: Panel, *, actor: Actor, member: PanelMember, **facts: Any) -> None:
    """Before the list is filed another expert takes the seat of one who answered that he cannot come (F-47)."""
    _check_leaving(panel, member)
    if not declined_seats(panel).filter(pk=member.pk).exists():
        raise Blocked([Reason("只能递补已答复不能出席的评审专家。", "办法五（二）", "R-5.2.7", "G10", field="member")])
    _check_seat(panel, facts, member)
    left = MeetingInvitation.objects.get(member=member, state=InvitationState.NOT_COMING, replaced_by=None)
    meeting = left.sitting
    leave_seat(member)
    left.refresh_from_db()
    hand_over(left, invite(meeting, PanelMember.objects.create(panel=panel, **facts)))


@step(
    Bureau,
    label="专家入库",
    by=[Role.CITY_CLERK],
    on="organisation",
    form=forms.LibraryExpertForm,
    creates=True,
)
def enrol_expert(
    bureau: Bureau,
    *,
    actor: Actor,
    user: User,
    employer: str,
    rank: str,
    title: str,
    speciality: Speciality,
    term_until: dt.date,
    works_at: Organisation | None = None,
) -> LibraryExpert:
    """市工程技术中评委专家库: one entry a person, with his term (S-3)."""
    if bureau.organisation.kind != Organisation.Kind.CITY_BUREAU:
        raise Blocked([Reason("中评委专家库由市局管理。")])
    if LibraryExpert.objects.filter(user=user).exists():
        raise Blocked([Reason(f"{user.name}已在专家库中。", field="user")])
    if term_until < clock.today():
        raise Blocked([Reason("聘期至须不早于今天。", field="term_until")])
    return LibraryExpert.objects.create(
        organisation=bureau.organisation,
        user=user,
        employer=employer,
        works_at=works_at,
        rank=rank,
        title=title,
        speciality=speciality,
        term_until=term_until,
    )


@step(LibraryExpert, label="专家出库", by=[Role.CITY_CLERK], on="organisation", move="remove", kind="danger")
def remove_expert(expert: LibraryExpert, *, actor: Actor) -> None:
    """He is drawn and seated no more; earlier records stay."""


@step(
    LibraryExpert,
    label="暂停参加评审",
    by=[Role.CITY_CLERK],
    on="organisation",
    when=[ExpertState.IN_LIBRARY],
    form=forms.SuspendExpertForm,
    kind="danger",
    effects=["到期前不参加抽取，已有的指派不变"],
)
def suspend_expert(expert: LibraryExpert, *, actor: Actor, suspended_until: dt.date, suspended_reason: str) -> None:
    """For a time, with the reason; a day in the past ends it."""
    expert.suspended_until, expert.suspended_reason = suspended_until, suspended_reason
