"""The next day by which a company has to do something in this stage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from enterprises.choices import PilotApplicationState, PilotPlanState
from enterprises.models import PilotApplication, PilotPlan
from jiaxing_titles.policy.models import Cycle


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


def _next(label: str, on: date, today: date) -> NextDay:
    return NextDay(label, on, (on - today).days + 1)
