"""Who takes part, and what the stage of 办法三、四、五（一）、六 keeps about them."""

from enterprises.models.approved_list import ApprovedList, ApprovedListEntry, DecisionRecord
from enterprises.models.authority import ReviewAuthority, Suspension
from enterprises.models.inspection import Inspection
from enterprises.models.organisation import Bureau, CategoryProof, Enterprise, HandOver, Speciality
from enterprises.models.pilot import (
    PLACES,
    ApplicationMaterial,
    ConditionCheck,
    CorrectionItem,
    CorrectionNotice,
    PilotApplication,
    ReserveExpert,
    TalentRow,
)
from enterprises.models.plan import (
    Criterion,
    DimensionWeight,
    FindingAnswer,
    LeadershipResolution,
    PayLink,
    PilotPlan,
    PlanComment,
    PlanSection,
)
from enterprises.models.supervision import CreditDismissal, CreditRecord, Referral, SanctionCase

__all__ = [
    "PLACES",
    "ApplicationMaterial",
    "ApprovedList",
    "ApprovedListEntry",
    "Bureau",
    "CategoryProof",
    "ConditionCheck",
    "CorrectionItem",
    "CorrectionNotice",
    "CreditDismissal",
    "CreditRecord",
    "Criterion",
    "DecisionRecord",
    "DimensionWeight",
    "Enterprise",
    "FindingAnswer",
    "HandOver",
    "Inspection",
    "LeadershipResolution",
    "PayLink",
    "PilotApplication",
    "PilotPlan",
    "PlanComment",
    "PlanSection",
    "Referral",
    "ReserveExpert",
    "ReviewAuthority",
    "SanctionCase",
    "Speciality",
    "Suspension",
    "TalentRow",
]
