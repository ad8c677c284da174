"""The facts of this stage's steps. Forms check fields; what the 办法 says is checked by gates and rules."""

from reviews.forms.committee import (
    CommitteeForm,
    CommitteeRecusalForm,
    CommitteeSignInForm,
    DeliberationForm,
    ReporterForm,
    SeatForm,
    UnseatForm,
)
from reviews.forms.filing import AcknowledgeForm, DeclineForm, DrawForm, GuidanceForm, GuidanceNoteForm
from reviews.forms.meeting import (
    AssessmentForm,
    DeskSignInForm,
    MinutesForm,
    PlanForm,
    PresentForm,
    PromiseForm,
    RecuseMemberForm,
    RecuseSelfForm,
    StepDownForm,
    TellersForm,
)
from reviews.forms.panel import LibraryExpertForm, MemberForm, PanelForm, RatioReasonForm, RemoveMemberForm
from reviews.forms.report import CycleForm, ExcuseForm, LateReportForm, OverdueRecordForm, SummaryForm
from reviews.forms.tally import CountForm

__all__ = [
    "AcknowledgeForm",
    "AssessmentForm",
    "CommitteeForm",
    "CommitteeRecusalForm",
    "CommitteeSignInForm",
    "CountForm",
    "CycleForm",
    "DeclineForm",
    "DeliberationForm",
    "DeskSignInForm",
    "DrawForm",
    "ExcuseForm",
    "GuidanceForm",
    "GuidanceNoteForm",
    "LateReportForm",
    "LibraryExpertForm",
    "MemberForm",
    "MinutesForm",
    "OverdueRecordForm",
    "PanelForm",
    "PlanForm",
    "PresentForm",
    "PromiseForm",
    "RatioReasonForm",
    "RecuseMemberForm",
    "RecuseSelfForm",
    "RemoveMemberForm",
    "ReporterForm",
    "SeatForm",
    "StepDownForm",
    "SummaryForm",
    "TellersForm",
    "UnseatForm",
]
