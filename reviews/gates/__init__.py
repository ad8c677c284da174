"""What stands against each move of this stage, by gate of the procedure (G10–G18)."""

from reviews.gates.committee import committee_finished, committee_opening, committee_start, slot_in_session
from reviews.gates.meeting import (
    all_sheets_signed,
    meeting_in_session,
    meeting_opening,
    meeting_start,
    pad_is_open,
    quorum_really_missing,
    scoring_closed,
)
from reviews.gates.panel import filing_complete, guided_meeting_opened, panel_composition
from reviews.gates.report import consolidation_complete, report_ready
from reviews.gates.tally import sheet_may_be_issued, tally_agrees

__all__ = [
    "all_sheets_signed",
    "committee_finished",
    "committee_opening",
    "committee_start",
    "consolidation_complete",
    "filing_complete",
    "guided_meeting_opened",
    "meeting_in_session",
    "meeting_opening",
    "meeting_start",
    "pad_is_open",
    "panel_composition",
    "quorum_really_missing",
    "report_ready",
    "scoring_closed",
    "sheet_may_be_issued",
    "slot_in_session",
    "tally_agrees",
]
