"""What waits for whom in this stage, oldest first."""

from __future__ import annotations

from django.db.models import QuerySet

from enterprises.choices import ApprovedListState, InspectionState, PilotApplicationState, PilotPlanState, SanctionState
from enterprises.models import ApprovedList, Enterprise, Inspection, PilotApplication, PilotPlan, SanctionCase
from enterprises.queries.credit import inspections_to_record
from enterprises.queries.deadlines import forwarding_due, list_due, plan_due
from enterprises.stages import stage
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.inbox.registry import todo
from jiaxing_titles.policy.models import Cycle
from jiaxing_titles.workdays.calendar import Deadline

RELATED = ("enterprise__organisation", "cycle")


def _applications(actor: Actor, *states: str) -> QuerySet[PilotApplication]:
    rows = PilotApplication.objects.visible_to(actor).filter(state__in=states)
    return rows.select_related(*RELATED).order_by("submitted_at", "pk")


def _plans(actor: Actor, *states: str) -> QuerySet[PilotPlan]:
    rows = PilotPlan.objects.visible_to(actor).filter(state__in=states)
    return rows.select_related(*RELATED).order_by("submitted_at", "pk")


def _lists(actor: Actor, *states: str) -> QuerySet[ApprovedList]:
    rows = ApprovedList.objects.visible_to(actor).filter(state__in=states)
    return rows.select_related("cycle", "organisation", "decision").order_by("pk")


def _sanctions(actor: Actor, *states: str) -> QuerySet[SanctionCase]:
    rows = SanctionCase.objects.visible_to(actor).filter(state__in=states)
    return rows.select_related(*RELATED).order_by("pk")


@todo(Role.COUNTY, label="待办理的监督检查", due=lambda case: Deadline(case.due_on))
def inspections_to_make(actor: Actor) -> QuerySet[Inspection]:
    rows = Inspection.objects.visible_to(actor).filter(state=InspectionState.ORDERED)
    return rows.select_related(*RELATED).order_by("due_on", "pk")


@todo(Role.CITY_CLERK, label="监督检查发现问题，建议记入信用档案", step="enterprises.record_inspection_credit")
def inspection_credit_to_record(actor: Actor) -> QuerySet[Inspection]:
    return inspections_to_record()


@todo(Role.ENT_HR, label="需要补正的试点申请")
def returned_applications(actor: Actor) -> QuerySet[PilotApplication]:
    return _applications(actor, PilotApplicationState.RETURNED)


@todo(Role.ENT_HR, label="还没有提交的试点申请")
def drafted_applications(actor: Actor) -> QuerySet[PilotApplication]:
    return _applications(actor, PilotApplicationState.DRAFT)


@todo(Role.ENT_HR, label="还没有报送的试点工作方案", due=plan_due)
def drafted_plans(actor: Actor) -> QuerySet[PilotPlan]:
    return _plans(actor, PilotPlanState.RETURNED, PilotPlanState.DRAFT)


@todo(Role.ENT_LEAD, label="请您确认的试点申请")
def applications_to_confirm(actor: Actor) -> QuerySet[PilotApplication]:
    return _applications(actor, PilotApplicationState.AWAITING_LEAD)


@todo(Role.ENT_LEAD, label="请您审议、报送的试点工作方案")
def plans_to_confirm(actor: Actor) -> QuerySet[PilotPlan]:
    return _plans(actor, PilotPlanState.DRAFT, PilotPlanState.RETURNED, PilotPlanState.RESOLVED)


@todo(Role.ENT_LEAD, label="可以陈述申辩的处置事项")
def sanctions_to_answer(actor: Actor) -> QuerySet[SanctionCase]:
    return _sanctions(actor, SanctionState.NOTICED)


@todo(Role.COUNTY, label="待受理的试点申请", due=forwarding_due)
def applications_to_accept(actor: Actor) -> QuerySet[PilotApplication]:
    return _applications(actor, PilotApplicationState.SUBMITTED)


@todo(Role.COUNTY, label="待审查推荐的试点申请", due=forwarding_due)
def applications_to_recommend(actor: Actor) -> QuerySet[PilotApplication]:
    return _applications(actor, PilotApplicationState.ACCEPTED)


@todo(Role.CITY_CLERK, label="待评估的试点申请")
def applications_to_assess(actor: Actor) -> QuerySet[PilotApplication]:
    return _applications(actor, PilotApplicationState.RECOMMENDED)


@todo(Role.CITY_REVIEWER, label="待复核的试点申请")
def applications_to_review(actor: Actor) -> QuerySet[PilotApplication]:
    return _applications(actor, PilotApplicationState.ASSESSED)


@todo(Role.CITY_CLERK, label="名单：起草中、待公布", due=list_due)
def lists_at_the_desk(actor: Actor) -> QuerySet[ApprovedList]:
    return _lists(actor, ApprovedListState.DRAFT, ApprovedListState.DECIDED)


@todo(Role.CITY_REVIEWER, label="待审核的名单", due=list_due)
def lists_to_review(actor: Actor) -> QuerySet[ApprovedList]:
    return _lists(actor, ApprovedListState.SUBMITTED)


@todo(Role.CITY_LEAD, label="待审定的名单", due=list_due)
def lists_to_decide(actor: Actor) -> QuerySet[ApprovedList]:
    return _lists(actor, ApprovedListState.REVIEWED)


@todo(Role.CITY_CLERK, label="待审核的试点工作方案")
def plans_to_check(actor: Actor) -> QuerySet[PilotPlan]:
    return _plans(actor, PilotPlanState.SUBMITTED)


@todo(Role.CITY_REVIEWER, label="待复核的试点工作方案")
def plans_to_approve(actor: Actor) -> QuerySet[PilotPlan]:
    return _plans(actor, PilotPlanState.REVIEWED)


@todo(Role.CITY_CLERK, label="处置：待告知、待提出意见、待送达")
def sanctions_at_the_desk(actor: Actor) -> QuerySet[SanctionCase]:
    return _sanctions(actor, SanctionState.FOUND, SanctionState.ANSWERED, SanctionState.DECIDED)


@todo(Role.CITY_REVIEWER, label="待审核的处置意见")
def sanctions_to_review(actor: Actor) -> QuerySet[SanctionCase]:
    return _sanctions(actor, SanctionState.PROPOSED)


@todo(Role.CITY_LEAD, label="待决定的处置事项")
def sanctions_to_decide(actor: Actor) -> QuerySet[SanctionCase]:
    return _sanctions(actor, SanctionState.REVIEWED)


@stage("试点申请")
def approved(enterprise: Enterprise, cycle: Cycle) -> bool:
    found = PilotApplication.objects.filter(enterprise=enterprise, cycle=cycle)
    return found.filter(state=PilotApplicationState.APPROVED).exists()


@stage("试点方案")
def planned(enterprise: Enterprise, cycle: Cycle) -> bool:
    found = PilotPlan.objects.filter(enterprise=enterprise, cycle=cycle)
    return found.filter(state=PilotPlanState.APPROVED).exists()
