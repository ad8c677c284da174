"""Until when a 会议通知 is answered, by a panel's expert and a member of the committee alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiaxing_titles.reasons import Reason
from reviews.choices import CommitteeState, MeetingState

if TYPE_CHECKING:
    from reviews.models import MeetingInvitation


def answer_open(invitation: MeetingInvitation) -> list[Reason]:
    """Before sign-in begins, and while nobody else has taken the seat."""
    if invitation.replaced_by is not None:
        text = f"已由{invitation.replaced_by.name}递补，不必到会。"
        return [_reason(invitation, text, "S-1", "需要更改的，请联系会议秘书。")]
    sitting = invitation.sitting
    if sitting.state in (CommitteeState.PLANNED, MeetingState.PLANNED):
        return []
    text = f"会议现为“{sitting.get_state_display()}”，不再答复通知。"
    return [_reason(invitation, text, "R-5.3.4" if invitation.session_id else "R-5.2.7", "到会的请直接签到。")]


def _reason(invitation: MeetingInvitation, text: str, rule: str, remedy: str) -> Reason:
    clause, gate = ("办法五（三）", "G15") if invitation.session_id else ("办法五（二）", "G10")
    return Reason(text, clause=clause, rule=rule, gate=gate, remedy=remedy)
