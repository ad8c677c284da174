"""What the desk of a running meeting does next: whom it takes, which sheet it hands out, which is counted."""

from __future__ import annotations

from typing import Any

from reviews.choices import CommitteeState, ItemState, MeetingState, SheetState, SlotState
from reviews.models import ReviewMeeting


def next_on_floor(sitting: Any) -> tuple[str, Any] | None:
    """Of a company's meeting or the committee's: the work, and the person, company or sheet it is done on.

    None before and after the meeting, and when all is done.
    """
    if isinstance(sitting, ReviewMeeting):
        if sitting.state == MeetingState.IN_SESSION:
            waiting = sitting.items.filter(state=ItemState.WAITING).select_related("application__person")
            item = waiting.order_by("number").first()
            return ("述职和综合考核", item) if item else None
        return _next_sheet(sitting) if sitting.state == MeetingState.VOTING else None
    if sitting.state != CommitteeState.IN_SESSION:
        return None
    done = [SlotState.DELIBERATED, SlotState.CARRIED_OVER]
    slots = sitting.slots.exclude(state__in=done).select_related("enterprise__organisation")
    slot = slots.order_by("place", "pk").first()
    return ("听取汇报和审议", slot) if slot else _next_sheet(sitting)


def _next_sheet(sitting: Any) -> tuple[str, Any] | None:
    sheets = sitting.sheets.select_related("enterprise__organisation").order_by("number", "ballot_round")
    waiting = (
        (SheetState.CASTING, "封箱"),
        (SheetState.SEALED, "开票"),
        (SheetState.UNSEALED, "签认"),
        (SheetState.PREPARED, "发票"),
        (SheetState.COUNTING, "计票和签认"),
    )
    for state, what in waiting:
        sheet = sheets.filter(state=state).first()
        if sheet is not None:
            return "开始投票" if sheet.electronic and sheet.state == SheetState.PREPARED else what, sheet
    return None
