"""The facts of this stage's steps. Forms check fields; what the 办法 says is checked by gates and rules."""

from reviews.forms.ballot import (
    BallotForm,
    CheckKeyForm,
    CloseForm,
    DestroyKeyForm,
    HoldersForm,
    KeyForm,
    ModeForm,
    UnsealForm,
)
from reviews.forms.committee import (
    CommitteeForm,
    CommitteeRecusalForm,
    CommitteeSignInForm,
    DeliberationForm,
    ReporterForm,
    SeatForm,
    UnseatForm,
)
from reviews.forms.draw import ContributeForm, DrawForm, PoolForm
from reviews.forms.filing import AcknowledgeForm, DeclineForm, GuidanceForm, GuidanceNoteForm
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
    "BallotForm",
    "CheckKeyForm",
    "CloseForm",
    "CommitteeForm",
    "CommitteeRecusalForm",
    "CommitteeSignInForm",
    "ContributeForm",
    "CountForm",
    "CycleForm",
    "DeclineForm",
    "DeliberationForm",
    "DeskSignInForm",
    "DestroyKeyForm",
    "DrawForm",
    "ExcuseForm",
    "GuidanceForm",
    "GuidanceNoteForm",
    "HoldersForm",
    "KeyForm",
    "LateReportForm",
    "LibraryExpertForm",
    "MemberForm",
    "MinutesForm",
    "ModeForm",
    "OverdueRecordForm",
    "PanelForm",
    "PlanForm",
    "PoolForm",
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
    "UnsealForm",
    "UnseatForm",
]
