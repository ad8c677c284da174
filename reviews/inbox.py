"""待办 of this stage: what waits for whom, oldest first."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from applications.models import AnnualRound
from enterprises.models import Enterprise
from enterprises.stages import stage
from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.inbox.registry import todo
from jiaxing_titles.policy.models import Cycle
from jiaxing_titles.workdays.calendar import Deadline
from reviews.choices import (
    AssessmentState,
    CommitteeState,
    ConsolidationState,
    DrawState,
    FilingState,
    GuidanceState,
    InvitationState,
    ItemState,
    KeyState,
    MeetingState,
    PanelPost,
    PanelState,
    ReportState,
    SeatState,
    SheetState,
    SlotState,
)
from reviews.models import (
    BallotSeat,
    CommitteeAttendance,
    CommitteeMeeting,
    Consolidation,
    GuidanceAssignment,
    KeyCeremony,
    MeetingAttendance,
    MeetingInvitation,
    MemberAssessment,
    PanelMember,
    RandomDraw,
    ReportSlot,
    ResultReport,
    ReviewFiling,
    ReviewMeeting,
    VoteSheet,
)
from reviews.queries import late_reporters, report_due, sending_due

DESK = (Role.ENT_HR, Role.PANEL_SEC)
KEEPERS = (Role.TELLER, Role.SUPERVISOR, *DESK)
OF_SHEET = ("sheet__enterprise__organisation", "user")
OF_INVITATION = ("session__cycle", "meeting__round__cycle", "meeting__round__enterprise__organisation")
OF_ROUND = ("round__cycle", "round__enterprise__organisation")


def _filings(actor: Actor, *states: FilingState) -> QuerySet[Any]:
    found = ReviewFiling.objects.visible_to(actor).filter(state__in=states)
    related = ("meeting__round__cycle", "meeting__round__enterprise__organisation")
    return found.select_related(*related).order_by("updated_at", "pk")


@todo(*DESK, label="待完善的评审会备案")
def filings_to_prepare(actor: Actor) -> QuerySet[Any]:
    return _filings(actor, FilingState.DRAFT, FilingState.RETURNED)


@todo(Role.ENT_LEAD, label="待确认的评审会备案")
def filings_to_confirm(actor: Actor) -> QuerySet[Any]:
    return _filings(actor, FilingState.AWAITING_LEAD)


@todo(Role.CITY_CLERK, label="待办理的评审会备案")
def filings_to_acknowledge(actor: Actor) -> QuerySet[Any]:
    return _filings(actor, FilingState.SUBMITTED)


@todo(Role.CITY_CLERK, label="待决定是否指派专家的备案")
def filings_without_guidance(actor: Actor) -> QuerySet[Any]:
    return _filings(actor, FilingState.ACKNOWLEDGED).filter(guidance=None)


@todo(Role.CITY_CLERK, label="待抽取指导专家的备案")
def filings_to_draw(actor: Actor) -> QuerySet[Any]:
    live = GuidanceAssignment.objects.exclude(state__in=GuidanceState.gone()).values("filing")
    waiting = _filings(actor, FilingState.ACKNOWLEDGED).filter(guidance__assign=True).exclude(pk__in=live)
    return waiting.filter(meeting__state__in=[MeetingState.PLANNED, MeetingState.POSTPONED])


@todo(Role.SUPERVISOR, label="待提交密数的随机抽取")
def draws_to_join(actor: Actor) -> QuerySet[Any]:
    found = RandomDraw.objects.visible_to(actor).filter(state=DrawState.POOLED)
    related = ("filing__meeting__round__cycle", "filing__meeting__round__enterprise__organisation")
    return found.select_related(*related).order_by("created_at", "pk")


@todo(Role.CITY_REVIEWER, label="待同意的重新抽取")
def redraws_to_approve(actor: Actor) -> QuerySet[Any]:
    live = GuidanceAssignment.objects.exclude(state__in=GuidanceState.gone()).values("filing")
    waiting = RandomDraw.objects.visible_to(actor).exclude(filing__in=live).annotate(done=Count("runs"))
    waiting = waiting.filter(done__gte=2, approved_run__lte=F("done"))
    waiting = waiting.filter(filing__meeting__state__in=[MeetingState.PLANNED, MeetingState.POSTPONED])
    related = ("filing__meeting__round__cycle", "filing__meeting__round__enterprise__organisation")
    return waiting.select_related(*related).order_by("created_at", "pk")


@todo(Role.LIBRARY_MEMBER, label="待答复或待交意见的到会指导")
def guidance_to_answer(actor: Actor) -> QuerySet[Any]:
    waiting = [GuidanceState.DRAWN, GuidanceState.ATTENDED]
    found = GuidanceAssignment.objects.visible_to(actor).filter(expert=actor.user, state__in=waiting)
    related = ("filing__meeting__round__cycle", "filing__meeting__round__enterprise__organisation")
    return found.select_related(*related).order_by("drawn_at", "pk")


@todo(*DESK, label="到了召开时间的评审会")
def meetings_to_open(actor: Actor) -> QuerySet[Any]:
    """Filed and due today or already past: the doors are the desk's to open, or the meeting to be postponed."""
    tomorrow = dt.datetime.combine(clock.today() + dt.timedelta(days=1), dt.time(), tzinfo=clock.SHANGHAI)
    found = ReviewMeeting.objects.visible_to(actor).filter(
        state=MeetingState.PLANNED, filing__state=FilingState.ACKNOWLEDGED, planned_at__lt=tomorrow
    )
    return found.select_related(*OF_ROUND).order_by("planned_at", "pk")


@todo(*DESK, label="进行中的评审会")
def meetings_under_way(actor: Actor) -> QuerySet[Any]:
    running = [
        MeetingState.SIGNING_IN,
        MeetingState.IN_SESSION,
        MeetingState.VOTING,
        MeetingState.COUNTED,
        MeetingState.POSTPONED,
        MeetingState.NO_QUORUM,
    ]
    found = ReviewMeeting.objects.visible_to(actor).filter(state__in=running)
    return found.select_related(*OF_ROUND).order_by("planned_at", "pk")


@todo(Role.PANEL_EXPERT, label="待签到的评审会")
def meetings_to_sign_in(actor: Actor) -> QuerySet[Any]:
    found = ReviewMeeting.objects.visible_to(actor).filter(
        state=MeetingState.SIGNING_IN, panel__members__user=actor.user
    )
    unsigned = found.exclude(attendances__member__user=actor.user)
    return unsigned.select_related(*OF_ROUND).order_by("planned_at", "pk")


@todo(Role.PANEL_EXPERT, label="由您主持的评审会")
def meetings_to_chair(actor: Actor) -> QuerySet[Any]:
    """宣布开会, 关闭评分, 签认计票, 确认结论 wait for the chair who has signed in."""
    running = [MeetingState.SIGNING_IN, MeetingState.IN_SESSION, MeetingState.VOTING, MeetingState.COUNTED]
    heads = PanelMember.objects.filter(user=actor.user, post__in=[PanelPost.CHAIR, PanelPost.VICE_CHAIR])
    found = ReviewMeeting.objects.visible_to(actor).filter(state__in=running, attendances__member__in=heads)
    return found.select_related(*OF_ROUND).order_by("planned_at", "pk")


@todo(Role.PANEL_EXPERT, label="待评价的申报人")
def pads_to_fill(actor: Actor) -> QuerySet[Any]:
    pads = MemberAssessment.objects.filter(
        member__user=actor.user,
        state=AssessmentState.OPEN,
        item__state=ItemState.PRESENTED,
        item__meeting__state=MeetingState.IN_SESSION,
    )
    open_ = pads.exclude(item__recusals__member__user=actor.user)
    return open_.select_related("item__application__person", "item__meeting").order_by("item__number", "pk")


@todo(Role.TELLER, Role.PANEL_EXPERT, *DESK, label="待录入票数的表决票")
def sheets_to_count(actor: Actor) -> QuerySet[Any]:
    found = VoteSheet.objects.visible_to(actor).filter(state=SheetState.COUNTING).exclude(counts__teller=actor.user)
    mine = found.filter(meeting__tellers=actor.user) | found.filter(session__tellers=actor.user)
    return mine.select_related("enterprise__organisation").order_by("issued_at", "pk")


@todo(Role.COMMITTEE, Role.PANEL_EXPERT, label="待投票的表决票")
def ballots_to_cast(actor: Actor) -> QuerySet[Any]:
    found = BallotSeat.objects.filter(user=actor.user, state=SeatState.WAITING, may_vote=True)
    return found.filter(sheet__state=SheetState.CASTING).select_related(*OF_SHEET).order_by("sheet__number", "pk")


@todo(*KEEPERS, label="待建钥或核对的开票钥匙")
def keys_to_make(actor: Actor) -> QuerySet[Any]:
    found = KeyCeremony.objects.filter(holders__user=actor.user, state__in=[KeyState.UNMADE, KeyState.MADE])
    return found.select_related("meeting__round__enterprise", "session__cycle").order_by("pk")


@todo(*KEEPERS, label="待同意删除的密封选票")
def ballots_to_erase(actor: Actor) -> QuerySet[Any]:
    found = KeyCeremony.objects.filter(holders__user=actor.user, state=KeyState.ERASING)
    return found.select_related("meeting__round__enterprise", "session__cycle").order_by("pk")


@todo(*KEEPERS, label="待开票的票箱")
def boxes_to_unseal(actor: Actor) -> QuerySet[Any]:
    found = VoteSheet.objects.visible_to(actor).filter(state=SheetState.SEALED)
    mine = found.filter(meeting__key__holders__user=actor.user) | found.filter(session__key__holders__user=actor.user)
    return mine.select_related("enterprise__organisation").order_by("closed_at", "pk")


@todo(*DESK, label="评审已结束、待上报的年度评审", due=report_due)
def rounds_to_report(actor: Actor) -> QuerySet[Any]:
    """Every meeting concluded, no report begun (办法五（三）)."""
    running = ReviewMeeting.objects.exclude(state=MeetingState.CONCLUDED).values("round")
    done = ReviewMeeting.objects.filter(state=MeetingState.CONCLUDED).values("round")
    found = AnnualRound.objects.visible_to(actor).filter(pk__in=done, report=None).exclude(pk__in=running)
    return found.select_related("cycle", "enterprise__organisation").order_by("closes_on", "pk")


@todo(*DESK, label="待完善的结果上报", due=sending_due)
def reports_to_prepare(actor: Actor) -> QuerySet[Any]:
    found = ResultReport.objects.visible_to(actor).filter(state__in=[ReportState.DRAFT, ReportState.RETURNED])
    return found.select_related(*OF_ROUND).order_by("updated_at", "pk")


@todo(Role.ENT_LEAD, label="待确认的结果上报", due=sending_due)
def reports_to_confirm(actor: Actor) -> QuerySet[Any]:
    found = ResultReport.objects.visible_to(actor).filter(state=ReportState.AWAITING_LEAD)
    return found.select_related(*OF_ROUND).order_by("updated_at", "pk")


@todo(Role.CITY_CLERK, label="待接收的结果上报")
def reports_to_receive(actor: Actor) -> QuerySet[Any]:
    found = ResultReport.objects.visible_to(actor).filter(state=ReportState.SUBMITTED)
    return found.select_related(*OF_ROUND).order_by("submitted_at", "pk")


@todo(Role.CITY_CLERK, label="逾期未报评审结果，建议记入信用档案", step="reviews.record_late_report")
def late_reports_to_record(actor: Actor) -> QuerySet[Any]:
    return late_reporters()


def _meeting_due(case: Any) -> Deadline:
    """The committee of the year meets by then, and what it needs is complete."""
    return Deadline(case.cycle.committee_due_on)


@todo(Role.CITY_REVIEWER, Role.CITY_LEAD, label="未完成的全市汇总", due=_meeting_due)
def consolidations_to_complete(actor: Actor) -> QuerySet[Any]:
    found = Consolidation.objects.visible_to(actor).filter(state=ConsolidationState.OPEN)
    return found.select_related("cycle").order_by("cycle__year", "pk")


@todo(Role.COMMITTEE_SEC, label="未闭会的中评委会议", due=_meeting_due)
def committees_to_run(actor: Actor) -> QuerySet[Any]:
    found = CommitteeMeeting.objects.visible_to(actor).exclude(state=CommitteeState.CLOSED)
    return found.select_related("cycle").order_by("planned_at", "pk")


@todo(Role.COMMITTEE, label="待签到的中评委会议")
def committees_to_sign_in(actor: Actor) -> QuerySet[Any]:
    found = CommitteeMeeting.objects.visible_to(actor).filter(
        state=CommitteeState.SIGNING_IN, members__user=actor.user, members__attendance=None
    )
    return found.select_related("cycle").order_by("planned_at", "pk")


@todo(Role.COMMITTEE, Role.PANEL_EXPERT, label="待答复的会议通知")
def invitations_to_answer(actor: Actor) -> QuerySet[Any]:
    found = MeetingInvitation.objects.visible_to(actor).filter(user=actor.user, state=InvitationState.WAITING)
    planned = Q(session__state=CommitteeState.PLANNED) | Q(meeting__state=MeetingState.PLANNED)
    return found.filter(planned).select_related(*OF_INVITATION).order_by("sent_at", "pk")


@todo(Role.COMMITTEE_SEC, *DESK, label="不能出席、待递补的席位")
def seats_to_replace(actor: Actor) -> QuerySet[Any]:
    """A panel's only while its list may still change."""
    found = MeetingInvitation.objects.visible_to(actor).filter(state=InvitationState.NOT_COMING, replaced_by=None)
    panels = Q(meeting__state=MeetingState.PLANNED, meeting__panel__state=PanelState.COMPOSING)
    own = Q(session__state=CommitteeState.PLANNED) if actor.role == Role.COMMITTEE_SEC else panels
    return found.filter(own).select_related(*OF_INVITATION).order_by("answered_at", "pk")


@todo(Role.TELLER, Role.SUPERVISOR, label="待核对到会名单的中评委会议")
def rolls_to_check(actor: Actor) -> QuerySet[Any]:
    """The second pair of eyes, once the secretary has seen somebody."""
    unseen = CommitteeAttendance.objects.filter(confirmed_by=None, checked_by__isnull=False)
    unseen = unseen.exclude(checked_by=actor.user)
    found = CommitteeMeeting.objects.visible_to(actor).filter(state=CommitteeState.SIGNING_IN)
    return found.filter(pk__in=unseen.values("meeting")).select_related("cycle").order_by("planned_at", "pk")


@todo(Role.ENT_LEAD, Role.PANEL_EXPERT, *DESK, label="待核对到会名单的评审会")
def panel_rolls_to_check(actor: Actor) -> QuerySet[Any]:
    """Where a key says that they mean to vote electronically: seats that one person has seen and this one has not."""
    unseen = MeetingAttendance.objects.filter(confirmed_by=None, checked_by__isnull=False, stepped_down_reason="")
    unseen = unseen.exclude(checked_by=actor.user).exclude(member__user=actor.user)
    running = [MeetingState.SIGNING_IN, MeetingState.IN_SESSION, MeetingState.VOTING]
    found = ReviewMeeting.objects.visible_to(actor).filter(state__in=running, key__isnull=False)
    if actor.role == Role.PANEL_EXPERT:
        heads = PanelMember.objects.filter(user=actor.user, post__in=[PanelPost.CHAIR, PanelPost.VICE_CHAIR])
        found = found.filter(attendances__member__in=heads)
    return found.filter(pk__in=unseen.values("meeting")).select_related(*OF_ROUND).order_by("planned_at", "pk")


@todo(Role.ENT_HR, label="待确定汇报人的中评委会议")
def slots_without_reporter(actor: Actor) -> QuerySet[Any]:
    found = ReportSlot.objects.visible_to(actor).filter(state=SlotState.WAITING, reporter="")
    return found.select_related("enterprise__organisation", "meeting__cycle").order_by("meeting__planned_at", "pk")


@stage("评审会")
def reviewed(enterprise: Enterprise, cycle: Cycle) -> bool:
    """At least one meeting with a conclusion and none without, or a report of people who needed no meeting."""
    states = set(ReviewMeeting.objects.filter(round__enterprise=enterprise, round__cycle=cycle).values_list("state"))
    return states == {(MeetingState.CONCLUDED,)} or (not states and reported(enterprise, cycle))


@stage("结果上报")
def reported(enterprise: Enterprise, cycle: Cycle) -> bool:
    found = ResultReport.objects.filter(round__enterprise=enterprise, round__cycle=cycle)
    return found.filter(state__in=[ReportState.SUBMITTED, ReportState.RECEIVED]).exists()
