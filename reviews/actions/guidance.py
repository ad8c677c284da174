"""到会指导 (办法五（二）：市人力社保局视情况随机指派市工程技术中评委专家库成员到会指导)."""

from __future__ import annotations

from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Tell, step
from jiaxing_titles.actions.views import OptionalReasonForm, StepForm
from jiaxing_titles.reasons import Reason
from reviews import forms
from reviews.actions.filing import CITY, COUNTY
from reviews.actions.panel import COMPANY, DESK
from reviews.choices import DeclineKind, FilingState
from reviews.models import GuidanceAssignment, GuidanceDecision, ReviewFiling

OF_ASSIGNMENT = "filing.round.enterprise.organisation"
CLAUSE, RULE = "办法五（二）", "R-5.2.11"


def _undecided(filing: ReviewFiling, actor: Actor) -> list[Reason]:
    if hasattr(filing, "guidance"):
        return [Reason(f"已决定：{filing.guidance}。", CLAUSE, RULE, "G10")]
    return []


@step(
    ReviewFiling,
    label="决定是否指派指导专家",
    by=[Role.CITY_CLERK],
    on=CITY,
    when=[FilingState.ACKNOWLEDGED],
    form=forms.GuidanceForm,
    blockers=_undecided,
    tells=[Tell(Role.ENT_HR, COMPANY, "市局已就{case}作出是否指派专家到会指导的决定。")],
)
def decide_guidance(filing: ReviewFiling, *, actor: Actor, assign: bool, reason: str) -> None:
    """视情况: either way the reason is on record (F-49)."""
    assert actor.user is not None
    GuidanceDecision.objects.create(
        filing=filing, assign=assign, reason=reason, decided_by=actor.person, decided_at=clock.now()
    )


@step(
    GuidanceAssignment,
    label="接受指派",
    by=[Role.LIBRARY_MEMBER],
    on=f"{OF_ASSIGNMENT}.city",
    move="accept",
    form=StepForm,
    own="expert",
    tells=[
        Tell(Role.CITY_CLERK, f"{OF_ASSIGNMENT}.city", "{case}：专家已接受指派。"),
        Tell(Role.ENT_HR, OF_ASSIGNMENT, "{case}：市局指派的专家将到会指导。"),
    ],
)
def accept_guidance(assignment: GuidanceAssignment, *, actor: Actor) -> None:
    """He comes to observe and to guide: no vote, not in the ratio (decision 16)."""
    assignment.answered_at = clock.now()


@step(
    GuidanceAssignment,
    label="不能到会",
    by=[Role.LIBRARY_MEMBER],
    on=f"{OF_ASSIGNMENT}.city",
    move="decline",
    form=forms.DeclineForm,
    own="expert",
    tells=[Tell(Role.CITY_CLERK, f"{OF_ASSIGNMENT}.city", "{case}：专家不能到会，请重新抽取。")],
    kind="danger",
)
def decline_guidance(
    assignment: GuidanceAssignment, *, actor: Actor, decline_kind: DeclineKind, decline_reason: str
) -> None:
    """因故不能 or 需要回避; the next one is drawn with this as the reason."""
    assignment.decline_kind, assignment.decline_reason = decline_kind, decline_reason
    assignment.answered_at = clock.now()


@step(
    GuidanceAssignment,
    label="逾期未答复",
    by=[Role.SYSTEM],
    on=f"{OF_ASSIGNMENT}.city",
    move="lapse",
    hidden=True,
    tells=[
        Tell(Role.CITY_CLERK, f"{OF_ASSIGNMENT}.city", "{case}：专家逾期未答复。"),
        Tell.person("expert", "{case}：您没有在期限内答复，已改由他人到会。"),
    ],
)
def lapse_guidance(assignment: GuidanceAssignment, *, actor: Actor) -> None:
    """The hours of the year have passed without an answer; the next in order is drawn."""


@step(GuidanceAssignment, label="登记指导专家到会", by=DESK, on=OF_ASSIGNMENT, move="attend")
def record_expert_attended(assignment: GuidanceAssignment, *, actor: Actor) -> None:
    """办法五（二）：到会指导."""


@step(
    GuidanceAssignment,
    label="登记指导专家缺席",
    by=DESK,
    on=OF_ASSIGNMENT,
    move="miss",
    form=OptionalReasonForm,
    tells=[
        Tell(Role.CITY_CLERK, f"{OF_ASSIGNMENT}.city", "{case}：指派的专家当日未到会。"),
        Tell(Role.COUNTY, COUNTY.replace("round", "filing.round", 1), "{case}：指派的专家当日未到会。"),
    ],
    effects=["会议可以继续：指导专家不参加表决", "市局收到缺席情况，可以重新抽取"],
    kind="danger",
)
def record_expert_absent(assignment: GuidanceAssignment, *, actor: Actor, reason: str = "") -> None:
    """Named accident: absent on the day. He observes only, so the panel may go on; the city is told at once."""
    assignment.absence_note = reason[:200]


@step(
    GuidanceAssignment,
    label="提交指导意见",
    by=[Role.LIBRARY_MEMBER],
    on=f"{OF_ASSIGNMENT}.city",
    move="report",
    form=forms.GuidanceNoteForm,
    own="expert",
    tells=[Tell(Role.CITY_CLERK, f"{OF_ASSIGNMENT}.city", "{case}：指导专家已提交指导意见。")],
)
def submit_guidance_note(
    assignment: GuidanceAssignment, *, actor: Actor, procedure_followed: bool, guidance_note: str
) -> None:
    """Whether the procedure was followed, and what he advises."""
    assignment.procedure_followed, assignment.guidance_note = procedure_followed, guidance_note
