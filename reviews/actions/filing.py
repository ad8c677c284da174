"""会前备案 (办法五（二）：评审会开评前须向市人力社保局备案): HR prepares, the head confirms, the city acknowledges."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from applications.models import AnnualRound
from enterprises.queries import standing
from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, Tell, carry, step
from jiaxing_titles.actions.views import CauseForm, OptionalReasonForm, ReasonForm
from jiaxing_titles.reasons import Reason
from reviews import forms
from reviews.actions.invitations import invite_again
from reviews.actions.panel import COMPANY, DESK
from reviews.choices import FilingState, MeetingState, PanelState
from reviews.gates.panel import guide_not_listed, seats_of
from reviews.models import MeetingItem, Panel, Recusal, ReviewFiling, ReviewMeeting
from reviews.queries import digest, meeting_of, package_of
from reviews.rules import composition

CITY = "round.enterprise.organisation.city"
COUNTY = "round.enterprise.organisation.supervisor"


def _may_plan(round_: AnnualRound, actor: Actor) -> list[Reason]:
    found = list(standing(round_.enterprise, round_.cycle).reasons)
    if not hasattr(round_, "panel"):
        found.append(Reason("还没有组建评审机构。", "办法五（一）", "R-5.2.7", "G10", remedy="请先“组建评审机构”。"))
    if (running := meeting_of(round_)) is not None:
        found.append(Reason(f"{running}还没有结束。", "办法五（二）", "R-5.2.9", "G10", remedy="请先办完这一次会议。"))
    return found


@step(
    AnnualRound,
    label="安排评审会",
    by=DESK,
    on="enterprise.organisation",
    form=forms.PlanForm,
    blockers=_may_plan,
    creates=True,
    effects=["建立评审会和备案草稿"],
)
def plan_meeting(
    round_: AnnualRound, *, actor: Actor, planned_at: dt.datetime, place: str, mode: str, contact: str
) -> ReviewMeeting:
    """A day and a place; the filing that the meeting needs is begun with it (PR-4)."""
    meeting = ReviewMeeting.objects.create(
        round=round_, panel=round_.panel, planned_at=planned_at, place=place, mode=mode
    )
    ReviewFiling.objects.create(round=round_, panel=round_.panel, meeting=meeting, contact=contact)
    return meeting


def _filing_is_draft(meeting: ReviewMeeting, actor: Actor) -> list[Reason]:
    if meeting.filing.state == FilingState.DRAFT:
        return []
    told = meeting.filing.get_state_display()
    remedy = "已备案的会议改期，请办理“延期”。" if meeting.filing.state == FilingState.ACKNOWLEDGED else ""
    return [Reason(f"备案现为“{told}”，不能修改会议安排。", "办法五（二）", "R-5.2.9", "G10", remedy=remedy)]


@step(
    ReviewMeeting,
    label="修改会议安排",
    by=DESK,
    on=COMPANY,
    when=[MeetingState.PLANNED],
    form=forms.PlanForm,
    blockers=_filing_is_draft,
)
def edit_plan(
    meeting: ReviewMeeting, *, actor: Actor, planned_at: dt.datetime, place: str, mode: str, contact: str
) -> None:
    """Before the filing goes out. Who was invited to another day or place is asked again."""
    moved = (meeting.planned_at, meeting.place, meeting.mode) != (planned_at, place, mode)
    meeting.planned_at, meeting.place, meeting.mode = planned_at, place, mode
    if moved:
        invite_again(meeting, actor=actor, because="reviews.edit_plan")
    ReviewFiling.objects.filter(pk=meeting.filing.pk).update(contact=contact)


@step(
    ReviewFiling,
    label="提交负责人确认",
    by=DESK,
    on=COMPANY,
    move="present",
    tells=[Tell(Role.ENT_LEAD, COMPANY, "{case}已备齐，请确认后报送市人力社保局。")],
    effects=["按现有数据生成备案材料并冻结", "评审专家名单不能再改，除非取回"],
)
def present_filing(filing: ReviewFiling, *, actor: Actor) -> None:
    """R-5.2.10: agenda, people and experts come from the data; nobody types them again."""
    package = package_of(filing.meeting)
    _put_on_agenda(filing.meeting, {person["申报"]: person["序号"] for person in package["申报人员"]})
    filing.package, filing.package_hash = package, digest(package)
    if filing.panel.state == PanelState.COMPOSING:
        carry(Panel.objects.filter(pk=filing.panel_id), "settle", actor=actor, because="reviews.present_filing")


def _put_on_agenda(meeting: ReviewMeeting, numbers: Mapping[int, int]) -> None:
    """The items anew, by application; a 回避 entered before the filing was taken back stays with its person."""
    entered = list(Recusal.objects.filter(item__meeting=meeting).select_related("item"))
    meeting.items.all().delete()
    made = MeetingItem.objects.bulk_create(
        [MeetingItem(meeting=meeting, application_id=one, number=number) for one, number in numbers.items()]
    )
    items = {item.application_id: item for item in made}
    stays = [one for one in entered if one.item.application_id in items]
    for recusal in stays:
        recusal.pk, recusal.item = None, items[recusal.item.application_id]
    Recusal.objects.bulk_create(stays)


def _reopen_panel(filing: ReviewFiling, actor: Actor, because: str) -> None:
    """Members may change again, unless an earlier meeting of the year still stands on them."""
    if filing.panel.state == PanelState.SETTLED and not filing.panel.has_sat:
        carry(Panel.objects.filter(pk=filing.panel_id), "reopen", actor=actor, because=because)


@step(ReviewFiling, label="取回修改", by=DESK, on=COMPANY, move="take_back", form=OptionalReasonForm)
def recall_filing(filing: ReviewFiling, *, actor: Actor, reason: str = "") -> None:
    """Decision 44: not yet opened by the next hand."""
    _reopen_panel(filing, actor, "reviews.recall_filing")


@step(
    ReviewFiling,
    label="退回经办人",
    by=[Role.ENT_LEAD],
    on=COMPANY,
    move="take_back",
    form=ReasonForm,
    tells=[Tell(Role.ENT_HR, COMPANY, "{case}被负责人退回：{reason}")],
    kind="danger",
)
def send_back_filing(filing: ReviewFiling, *, actor: Actor, reason: str) -> None:
    """The head wants it otherwise."""
    _reopen_panel(filing, actor, "reviews.send_back_filing")


def _still_as_frozen(filing: ReviewFiling, actor: Actor) -> list[Reason]:
    """What the head signs is what was frozen: a person who withdrew or an objection since then shows here."""
    if filing.state != FilingState.AWAITING_LEAD:
        return []
    found = []
    if digest(package_of(filing.meeting)) != filing.package_hash:
        text = "备案材料生成之后，申报人员、公示或评审专家有变化。"
        found.append(Reason(text, "办法五（二）", "R-5.2.10", "G10", remedy="请退回经办人重新生成。"))
    if filing.meeting.planned_at <= clock.now():
        text = "会议时间已过，备案须在开评之前报送。"
        found.append(Reason(text, "办法五（二）", "R-5.2.9", "G10", remedy="请退回经办人修改会议时间。"))
    return found


@step(
    ReviewFiling,
    label="确认并报送市局",
    by=[Role.ENT_LEAD],
    on=COMPANY,
    move="confirm",
    blockers=_still_as_frozen,
    other_than=["present_filing"],
    tells=[
        Tell(Role.CITY_CLERK, CITY, "{case}已报送，请在 3 个工作日内办理。"),
        Tell(Role.COUNTY, COUNTY, "{case}已报送市局。"),
    ],
    effects=["备案材料报送市人力社保局", "备案之前不能召开评审会"],
)
def confirm_filing(filing: ReviewFiling, *, actor: Actor) -> None:
    """Decision 29: the company's head confirms each upward submission."""
    filing.submitted_at = clock.now()
    filing.returned_reason = ""


@step(
    ReviewFiling,
    label="予以备案",
    by=[Role.CITY_CLERK],
    on=CITY,
    move="acknowledge",
    form=forms.AcknowledgeForm,
    blockers=lambda filing, actor: guide_not_listed(filing),
    tells=[
        Tell(Role.ENT_HR, COMPANY, "{case}已备案（编号 {case.receipt_number}），可以按期召开评审会。", sms=True),
        Tell(Role.PANEL_SEC, COMPANY, "{case}已备案（编号 {case.receipt_number}），可以按期召开评审会。"),
        Tell(Role.COUNTY, COUNTY, "{case}已由市局备案。"),
        Tell(Role.PANEL_EXPERT, COMPANY, "{case}已由市局备案，您是评审专家的，请按时到会并在会上签到。"),
    ],
    effects=["企业可以按备案的时间召开评审会"],
)
def acknowledge_filing(
    filing: ReviewFiling, *, actor: Actor, opinion: str = "", consented_externals: int | None = None
) -> None:
    """G10. Above a third of externals the city names the number it consents to; without one it must return."""
    within = composition.ratio_kept(seats_of(filing.panel), filing.round.cycle.policy)
    if not within and consented_externals is None:
        text = "外聘超过三分之一，请填写同意的人数上限，或退回备案。"
        raise Blocked([Reason(text, "办法五（二）", "R-5.2.8", "G10", field="consented_externals")])
    filing.opinion, filing.consented_externals = opinion, consented_externals
    filing.acknowledged_at = clock.now()
    filing.receipt_number = f"BA{filing.round.cycle.year}{filing.pk:05d}"


@step(
    ReviewFiling,
    label="退回备案",
    by=[Role.CITY_CLERK],
    on=CITY,
    move="return_back",
    form=ReasonForm,
    tells=[Tell(Role.ENT_HR, COMPANY, "{case}被市局退回：{reason}", sms=True)],
    kind="danger",
)
def return_filing(filing: ReviewFiling, *, actor: Actor, reason: str) -> None:
    """Everything that is missing, said once (S-14)."""
    filing.returned_reason = reason
    _reopen_panel(filing, actor, "reviews.return_filing")


@step(ReviewFiling, label="修改后重新备案", by=DESK, on=COMPANY, move="revise")
def revise_filing(filing: ReviewFiling, *, actor: Actor) -> None:
    """Back to a draft; what the city wrote stays visible until it is sent again."""
    filing.submitted_at = None


@step(
    ReviewFiling,
    label="变更备案",
    by=DESK,
    on=COMPANY,
    move="amend",
    form=CauseForm,
    tells=[
        Tell(Role.CITY_CLERK, CITY, "{case}由企业申请变更：{reason}"),
        Tell(Role.COUNTY, COUNTY, "{case}由企业申请变更：{reason}"),
    ],
    effects=[
        "备案退回草拟，重新由负责人确认、报送市局，市局备案之前不能开会",
        "申报人员按现有数据重新列入；本年度还没有开过评审会的，评审专家可以更换",
        "已发的会议通知和已指派的指导专家不变",
    ],
    kind="danger",
)
def amend_filing(filing: ReviewFiling, *, actor: Actor, reason: str) -> None:
    """An expert fell out for good, or more people may be reviewed: the city has on file what will be (R-5.2.9)."""
    filing.submitted_at = filing.acknowledged_at = filing.consented_externals = None
    filing.opinion = ""
    _reopen_panel(filing, actor, "reviews.amend_filing")
