"""What this stage keeps: the round, the staff, each person's application and what is said about it."""

from applications.models.application import TitleApplication
from applications.models.evidence import Evidence
from applications.models.exceptional import ExceptionalFile, InitialCheck, Recommendation
from applications.models.importing import ImportBatch
from applications.models.records import (
    Achievement,
    AnnualAssessment,
    ContinuingEducation,
    Education,
    HeldPost,
    Record,
    WorkPeriod,
)
from applications.models.roster import PreReviewRoster, RosterEntry
from applications.models.round import AnnualRound
from applications.models.staff import StaffMember
from applications.models.submission import Commitment, FactCheck, ReturnNotice, SubmittedVersion

__all__ = [
    "Achievement",
    "AnnualAssessment",
    "AnnualRound",
    "Commitment",
    "ContinuingEducation",
    "Education",
    "Evidence",
    "ExceptionalFile",
    "FactCheck",
    "HeldPost",
    "ImportBatch",
    "InitialCheck",
    "PreReviewRoster",
    "Recommendation",
    "Record",
    "ReturnNotice",
    "RosterEntry",
    "StaffMember",
    "SubmittedVersion",
    "TitleApplication",
    "WorkPeriod",
]
