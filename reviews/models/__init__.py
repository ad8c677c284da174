from reviews.models.ballot import BallotSeat, Board, KeyCeremony, KeyHolder, SealedBallot, Slip
from reviews.models.committee import (
    CommitteeAttendance,
    CommitteeMeeting,
    CommitteeMember,
    CommitteeRecusal,
    ReportSlot,
)
from reviews.models.draw import DrawRun, RandomDraw
from reviews.models.filing import GuidanceAssignment, GuidanceDecision, ReviewFiling
from reviews.models.invitation import ConflictDismissal, MeetingInvitation
from reviews.models.meeting import MeetingAttendance, MeetingItem, MemberAssessment, Recusal, ReviewMeeting
from reviews.models.panel import LibraryExpert, Panel, PanelMember
from reviews.models.report import Consolidation, ReportLine, ResultReport
from reviews.models.tally import TellerCount, VoteLine, VoteSheet

__all__ = [
    "BallotSeat",
    "Board",
    "CommitteeAttendance",
    "CommitteeMeeting",
    "CommitteeMember",
    "CommitteeRecusal",
    "ConflictDismissal",
    "Consolidation",
    "DrawRun",
    "GuidanceAssignment",
    "GuidanceDecision",
    "KeyCeremony",
    "KeyHolder",
    "LibraryExpert",
    "MeetingAttendance",
    "MeetingInvitation",
    "MeetingItem",
    "MemberAssessment",
    "Panel",
    "PanelMember",
    "RandomDraw",
    "Recusal",
    "ReportLine",
    "ReportSlot",
    "ResultReport",
    "ReviewFiling",
    "ReviewMeeting",
    "SealedBallot",
    "Slip",
    "TellerCount",
    "VoteLine",
    "VoteSheet",
]
