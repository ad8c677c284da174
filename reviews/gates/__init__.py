"""What stands against each move of this stage, by gate of the procedure (G10–G18)."""

from reviews.gates.ballot import ballots_may_go, box_may_open, key_no_longer_needed, key_unused, seat_may_vote
from reviews.gates.committee import committee_finished, committee_opening, committee_start, slot_in_session
from reviews.gates.invitation import answer_open
from reviews.gates.meeting import (
    all_sheets_signed,
    meeting_in_session,
    meeting_opening,
    meeting_start,
    pad_is_open,
    quorum_really_missing,
    scoring_closed,
)
from reviews.gates.panel import filing_complete, filing_may_change, guided_meeting_opened, panel_composition
from reviews.gates.report import consolidation_complete, report_ready
from reviews.gates.tally import paper_may_be_issued, result_agrees

__all__ = [
    "all_sheets_signed",
    "answer_open",
    "ballots_may_go",
    "box_may_open",
    "committee_finished",
    "committee_opening",
    "committee_start",
    "consolidation_complete",
    "filing_complete",
    "filing_may_change",
    "guided_meeting_opened",
    "key_no_longer_needed",
    "key_unused",
    "meeting_in_session",
    "meeting_opening",
    "meeting_start",
    "pad_is_open",
    "panel_composition",
    "paper_may_be_issued",
    "quorum_really_missing",
    "report_ready",
    "result_agrees",
    "scoring_closed",
    "seat_may_vote",
    "slot_in_session",
]
