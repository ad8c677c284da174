"""The days by which something has to be done in this stage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from enterprises.choices import ApprovedListState, PilotApplicationState, PilotPlanState
from enterprises.models import ApprovedList, PilotApplication, PilotPlan
from jiaxing_titles.policy.models import Cycle
from jiaxing_titles.workdays.calendar import Deadline, deadline


@dataclass(frozen=True)
class NextDay:
    """`left` counts today; 0 or less when the day is over."""

    label: str
    on: date
    left: int


def next_deadline(
    cycle: Cycle, application: PilotApplication | None, plan: PilotPlan | None, today: date
) -> NextDay | None:
    """The correction due, the end of the window, or the day for the plan; None when nothing of this stage is due."""
    if application is None or application.state == PilotApplicationState.DRAFT:
        return _next("提交试点申请", cycle.apply_until, today)
    correction = application.open_correction
    if correction is not None:
        return _next("补正并重新提交", correction.due_on, today)
    if application.state == PilotApplicationState.AWAITING_LEAD:
        return _next("负责人确认试点申请", cycle.apply_until, today)
    wanted = {PilotPlanState.DRAFT, PilotPlanState.RETURNED, PilotPlanState.RESOLVED}
    if application.state == PilotApplicationState.APPROVED and (plan is None or plan.state in wanted):
        return _next("报送试点工作方案", cycle.plan_due_on, today)
    return None


def forwarding_due(application: PilotApplication) -> Deadline:
    """Until when the county sends it on (D-2)."""
    return Deadline(application.cycle.county_forward_on)


def list_due(approved: ApprovedList) -> Deadline:
    """Until when it is to be public: some working days after the decision, until then the day of the year (D-2)."""
    if approved.state == ApprovedListState.DECIDED:
        return deadline(approved.decision.held_on, approved.cycle.list_publish_days)
    return Deadline(approved.cycle.list_due_on)


def plan_due(plan: PilotPlan) -> Deadline:
    """Until when the company sends it (D-3)."""
    return Deadline(plan.cycle.plan_due_on)


def _next(label: str, on: date, today: date) -> NextDay:
    return NextDay(label, on, (on - today).days + 1)
