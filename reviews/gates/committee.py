"""G15 to G18: composition, quorum, order of business and end of a committee meeting (办法五（三）)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiaxing_titles import clock
from jiaxing_titles.reasons import Reason
from jiaxing_titles.ui.formats import cn_day
from reviews.choices import CommitteeState, ConsolidationState, PanelPost, SheetState, SlotState
from reviews.gates.meeting import _quorum, unchecked_seats
from reviews.rules import committee

if TYPE_CHECKING:
    from reviews.models import CommitteeMeeting, ReportSlot

CLAUSE = "办法五（三）"


def body_of(meeting: CommitteeMeeting) -> committee.Body:
    """The listed members, as the rules look at them."""
    members = list(meeting.members.select_related("speciality"))
    chaired = any(member.post == PanelPost.CHAIR for member in members)
    return committee.Body(len(members), chaired, {member.speciality.name for member in members})


def committee_composition(meeting: CommitteeMeeting) -> list[Reason]:
    """G15: enough members and a chair; an even number keeps nobody from opening, but from inviting (F-66)."""
    return committee.unmet(body_of(meeting), meeting.cycle.committee_min)


def committee_advice(meeting: CommitteeMeeting) -> list[str]:
    """Sentences that warn without blocking (R-5.3.4)."""
    due = meeting.cycle.committee_due_on
    if meeting.planned_at.astimezone(clock.SHANGHAI).date() <= due:
        return []
    return [f"会议时间晚于{cn_day(due)}；办法五（三）要求于12月底前召开。"]


def committee_opening(meeting: CommitteeMeeting) -> list[Reason]:
    """G14 and G15: complete batch, composition, agenda, two tellers, its day."""
    found = committee_composition(meeting)
    consolidation = getattr(meeting.cycle, "consolidation", None)
    if consolidation is None or consolidation.state != ConsolidationState.COMPLETE:
        found.append(_reason("全市评审结果尚未汇总完成，不能召开中评委会议。", "R-5.3.3", "G14", "请先完成汇总。"))
    if not meeting.slots.exists():
        found.append(_reason("还没有安排企业汇报议程。", "R-5.3.5", "G15", "请先“编排议程”。"))
    if len(meeting.tellers.all()) != 2:
        found.append(_reason("还没有指定两名监票计票人。", "R-5.3.6", "G15", "请先“指定监票计票人”。"))
    planned = meeting.planned_at.astimezone(clock.SHANGHAI).date()
    if clock.today() < planned:
        found.append(_reason(f"会议定于{cn_day(planned)}，还没有到会议日期。", "R-5.3.4", "G15", ""))
    return found


def committee_start(meeting: CommitteeMeeting) -> list[Reason]:
    """G15: two thirds of the members are in the room, and two officials have seen each of them (G8 of the ballot)."""
    remedy = "请秘书、监票计票人、监督员中的两人先后办理“核对到会名单”。"
    return committee_composition(meeting) + _quorum(meeting) + unchecked_seats(meeting, "G15", remedy)


def slot_in_session(slot: ReportSlot) -> list[Reason]:
    if slot.meeting.state == CommitteeState.IN_SESSION:
        return []
    told = slot.meeting.get_state_display()
    return [_reason(f"中评委会议现为“{told}”，开会后才能听取汇报和审议。", "R-5.3.5", "G16", "")]


def committee_finished(meeting: CommitteeMeeting) -> list[Reason]:
    """G18: each company was voted on with a signed tally, or goes to the next meeting."""
    found = []
    carried = set()
    for slot in meeting.slots.select_related("enterprise__organisation"):
        if slot.state == SlotState.CARRIED_OVER:
            carried.add(slot.enterprise_id)
        elif slot.state != SlotState.DELIBERATED:
            found.append(_reason(f"{slot.enterprise}：{slot.get_state_display()}，尚未审议。", "R-5.3.6", "G17", ""))
    done = (SheetState.SIGNED, SheetState.REPLACED)
    unsigned = meeting.sheets.exclude(enterprise__in=carried).exclude(state__in=done)
    for sheet in unsigned.select_related("enterprise__organisation"):
        found.append(_reason(f"{sheet}：{sheet.get_state_display()}。", "R-5.3.6", "G18", "请签认计票结果后再闭会。"))
    return found


def _reason(text: str, rule: str, gate: str, remedy: str) -> Reason:
    return Reason(text, clause=CLAUSE, rule=rule, gate=gate, remedy=remedy)
