"""G10, first half: what stands against fixing a panel and filing its meeting (办法五（二）)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from applications.queries import eligible_for_agenda
from enterprises.queries import standing
from jiaxing_titles import clock
from jiaxing_titles.reasons import Reason
from jiaxing_titles.ui.formats import cn_day
from jiaxing_titles.workdays.calendar import deadline
from reviews.choices import FilingState, GuidanceState, MeetingState, PanelPost, PanelState
from reviews.rules import composition

if TYPE_CHECKING:
    from reviews.models import GuidanceAssignment, Panel, ReviewFiling

CLAUSE = "办法五（二）"


def seats_of(panel: Panel) -> list[composition.Seat]:
    """The listed members as the rules take them."""
    today = clock.today()
    live = panel.round.applications.exclude(state__in=["draft", "withdrawn", "disqualified", "not_endorsed"])
    applicants = set(live.values_list("person_id", flat=True))
    return [
        composition.Seat(
            name=member.name,
            external=member.external,
            rank=member.rank,
            is_chair=member.post == PanelPost.CHAIR,
            term_over=member.term_until is not None and member.term_until < today,
            is_applicant=member.user_id is not None and member.user_id in applicants,
        )
        for member in panel.members.all()
    ]


def panel_composition(panel: Panel) -> list[Reason]:
    """Size, chair, terms, applicants among the members, and the third that externals may be."""
    return composition.unmet(seats_of(panel), panel.round.cycle.policy, over_ratio_reason=panel.over_ratio_reason)


def panel_advice(panel: Panel) -> list[str]:
    """What is allowed but not advised: even numbers, fewer than seven, too few senior members."""
    levels = panel.round.applications.values_list("level", flat=True).distinct()
    return composition.advice(seats_of(panel), panel.round.cycle.policy, reviews_engineers="engineer" in levels)


def filing_advice(filing: ReviewFiling) -> list[str]:
    """Q-15: filed later than the year asks for is told to both sides, not refused; the city decides."""
    start = (filing.submitted_at or clock.now()).astimezone(clock.SHANGHAI).date()
    days = filing.round.cycle.filing_lead_days
    earliest = deadline(start, days)
    if filing.meeting.planned_at.astimezone(clock.SHANGHAI).date() >= earliest.on:
        return []
    guessed = "（暂定）" if earliest.provisional else ""
    return [
        f"报送时间距会议不足 {days} 个工作日；按{cn_day(start)}报送，会议宜在{cn_day(earliest.on)}{guessed}或以后召开。"
    ]


def filing_complete(filing: ReviewFiling) -> list[Reason]:
    """Everything that HR must have in hand before the package is frozen."""
    meeting = filing.meeting
    round_ = meeting.round
    found = list(standing(round_.enterprise, round_.cycle, on=clock.today()).reasons)
    if meeting.panel.state == PanelState.COMPOSING:
        found += panel_composition(meeting.panel)
    if meeting.planned_at <= clock.now():
        found.append(_reason("会议时间已过，备案须在评审会开评之前办理。", "R-5.2.9", "请先修改会议时间。"))
    if not eligible_for_agenda(round_).exclude(route="initial").exists():
        found.append(
            _reason(
                "还没有可以提交评审会的人员：评前公示须满 5 个工作日且无未了结的异议。", "R-5.2.2", "请先完成评前公示。"
            )
        )
    return found


def filing_may_change(filing: ReviewFiling) -> list[Reason]:
    """What is on file is changed before the doors open, never while or after the panel sits on it (PR-4)."""
    meeting = filing.meeting
    if meeting.state == MeetingState.PLANNED:
        return []
    off = meeting.state in (MeetingState.POSTPONED, MeetingState.NO_QUORUM)
    remedy = "请先“重新安排会议”，再变更备案。" if off else "备案以开会时的为准。"
    return [_reason(f"评审会现为“{meeting.get_state_display()}”，不能变更备案。", "R-5.2.9", remedy)]


def guide_not_listed(filing: ReviewFiling) -> list[Reason]:
    """Who is sent to guide observes; he cannot sit on the panel as well (decision 16). Named to nobody: a draw may be
    blind."""
    members = filing.panel.members.exclude(user=None).values("user")
    if not filing.assignments.exclude(state__in=GuidanceState.gone()).filter(expert__in=members).exists():
        return []
    return [
        _reason(
            "市局指派到会指导的专家被列入了评审专家名单，指导专家不参加评价和表决。",
            "R-5.2.11",
            "请退回备案，由企业更换；或待该专家答复不能到会后重新抽取。",
        )
    ]


def guided_meeting_opened(assignment: GuidanceAssignment) -> list[Reason]:
    """Whether the expert came is known only once the doors are open."""
    if assignment.filing.meeting.state in (MeetingState.PLANNED, MeetingState.POSTPONED):
        return [_reason("评审会还没有开始签到，不能登记指导专家到会情况。", "R-5.2.11", "")]
    return []


def guidance_settled(filing: ReviewFiling) -> list[Reason]:
    """An acknowledged filing carries the decision whether an expert is sent; a drawn one has answered."""
    if filing.state != FilingState.ACKNOWLEDGED:
        return []
    if not hasattr(filing, "guidance"):
        return [_reason("市局尚未作出是否指派专家到会指导的决定。", "R-5.2.11", "请联系市局经办。")]
    open_states = (GuidanceState.DRAWN,)
    if filing.guidance.assign and filing.assignments.filter(state__in=open_states).exists():
        return [
            _reason("市局指派的指导专家尚未答复。", "R-5.2.11", "可请市局催办；会议当日仍未答复的，请登记当日缺席。")
        ]
    return []


def _reason(text: str, rule: str, remedy: str) -> Reason:
    return Reason(text, clause=CLAUSE, rule=rule, gate="G10", remedy=remedy)
