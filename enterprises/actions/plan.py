"""The company's side of the 试点工作方案: five parts, criteria, pay links, resolution, submission (办法五（一）)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Max

from enterprises import forms, gates
from enterprises.actions.files import attach
from enterprises.choices import EVERY_SPECIALITY, Dimension, Section
from enterprises.choices import PilotPlanState as S
from enterprises.models import (
    Criterion,
    DimensionWeight,
    FindingAnswer,
    LeadershipResolution,
    PayLink,
    PilotPlan,
    PlanSection,
    ReviewAuthority,
)
from enterprises.rules import plan as rules
from enterprises.rules.standing import standing_on
from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, Tell, step
from jiaxing_titles.reasons import Reason
from jiaxing_titles.ui.formats import local_day

ENTERPRISE = "enterprise.organisation"
CITY = "enterprise.organisation.city"
EDITS: dict[str, Any] = {"by": [Role.ENT_HR], "on": ENTERPRISE, "when": [S.DRAFT, S.RETURNED], "hidden": True}
WROTE = ["start_plan", "save_plan_section", "save_criterion", "save_pay_link", "save_weights", "save_plan_preferences"]


def _may_not_review(authority: ReviewAuthority, actor: Actor) -> list[Reason]:
    return standing_on(clock.today(), authority.cycle.year, authority.facts()).reasons


@step(
    ReviewAuthority,
    label="编制试点工作方案",
    by=[Role.ENT_HR],
    on=ENTERPRISE,
    creates=True,
    blockers=_may_not_review,
    form=forms.PlanStartForm,
    effects=["建立方案草稿", "有上一版本或上一年度方案的，内容一并带入"],
)
def start_plan(authority: ReviewAuthority, *, actor: Actor, change_reason: str = "") -> PilotPlan:
    """A numbered version; after an approval only with the reason of the change (R-5.1.1, R-5.1.9)."""
    plans = PilotPlan.objects.filter(enterprise=authority.enterprise, cycle=authority.cycle)
    if plans.exclude(state__in=[S.APPROVED, S.SUPERSEDED]).exists():
        raise Blocked([Reason("本年度已有一份正在编制或审核的方案，请在其中修改。", "办法五（一）", "R-5.1.9", "G5")])
    in_force = plans.filter(state=S.APPROVED).first()
    if in_force and not change_reason.strip():
        text = "方案已审核通过，变更须说明原因，并重新审议、报审。"
        raise Blocked([Reason(text, "办法五（一）", "R-5.1.9", "G5", field="change_reason")])
    last_year = PilotPlan.objects.filter(
        enterprise=authority.enterprise, cycle__year__lt=authority.cycle.year, state=S.APPROVED
    )
    source = in_force or last_year.order_by("-cycle__year").first()
    plan = PilotPlan.objects.create(
        enterprise=authority.enterprise,
        cycle=authority.cycle,
        authority=authority,
        number=(plans.aggregate(last=Max("number"))["last"] or 0) + 1,
        based_on=in_force,
        change_reason=change_reason if in_force else "",
        content_edited_at=clock.now(),
        allows_remote=source.allows_remote if source else False,
        front_line_preference=source.front_line_preference if source else "",
        **({"score_threshold": source.score_threshold, "drops_extremes": source.drops_extremes} if source else {}),
    )
    if source:
        _copy_text(source, plan)
    else:
        quarters = [DimensionWeight(plan=plan, dimension=one, percent=25) for one in Dimension]
        DimensionWeight.objects.bulk_create(quarters)
    return plan


def _copy_text(source: PilotPlan, plan: PilotPlan) -> None:
    kinds: tuple[Any, ...] = (
        source.sections,
        source.criteria,
        source.dimension_weights,
        source.pay_links,
        source.finding_answers,
    )
    for children in kinds:
        copies = list(children.all())
        for row in copies:
            row.pk, row.plan = None, plan
        children.model.objects.bulk_create(copies)


def _edited(plan: PilotPlan) -> None:
    plan.content_edited_at = clock.now()


@step(PilotPlan, label="填写方案内容", form=forms.SectionForm, **EDITS)
def save_plan_section(plan: PilotPlan, *, actor: Actor, kind: str, text: str) -> None:
    """The text of one of the five parts (R-5.1.2)."""
    PlanSection.objects.update_or_create(plan=plan, kind=Section(kind), defaults={"text": text})
    _edited(plan)


@step(PilotPlan, label="填写倾斜和远程安排", form=forms.PreferenceForm, **EDITS)
def save_plan_preferences(
    plan: PilotPlan, *, actor: Actor, front_line_preference: str, allows_remote: bool = False
) -> None:
    """How the plan favours the front line and outstanding contributors (R-5.1.6); remote attendance (Q-14)."""
    plan.front_line_preference = front_line_preference
    plan.allows_remote = allows_remote
    _edited(plan)


@step(PilotPlan, label="填写评价标准", **EDITS)
def save_criterion(
    plan: PilotPlan, *, actor: Actor, criterion: int | None = None, speciality: Any = None, **facts: Any
) -> None:
    """Add a criterion, or change the one named; `speciality` is a Speciality or the code for all (R-5.1.4).

    The linter speaks at the resolution, not while writing.
    """
    facts["all_specialities"] = speciality == EVERY_SPECIALITY[0]
    facts["speciality"] = None if facts["all_specialities"] else speciality
    if criterion is None:
        number = (plan.criteria.aggregate(last=Max("number"))["last"] or 0) + 1
        Criterion.objects.create(plan=plan, number=number, **facts)
    else:
        row = plan.criteria.filter(pk=criterion).first()
        if row is None:
            raise Blocked([Reason("这条评价标准已被删除，页面已更新。")])
        for name, value in facts.items():
            setattr(row, name, value)
        row.save()
    _edited(plan)


@step(PilotPlan, label="删除评价标准", **EDITS)
def remove_criterion(plan: PilotPlan, *, actor: Actor, criterion: int) -> None:
    """Only in a draft; what was approved is frozen."""
    if not plan.criteria.filter(pk=criterion).delete()[0]:
        raise Blocked([Reason("这条评价标准已被删除，页面已更新。")])
    _edited(plan)


@step(PilotPlan, label="填写薪酬挂钩", form=forms.PayLinkForm, **EDITS)
def save_pay_link(plan: PilotPlan, *, actor: Actor, **facts: Any) -> None:
    """A title level, its post, what is paid (R-1.2, R-5.1.2)."""
    PayLink.objects.create(plan=plan, **facts)
    _edited(plan)


@step(PilotPlan, label="删除薪酬挂钩", **EDITS)
def remove_pay_link(plan: PilotPlan, *, actor: Actor, pay_link: int) -> None:
    """Only in a draft."""
    if not plan.pay_links.filter(pk=pay_link).delete()[0]:
        raise Blocked([Reason("这一行已被删除，页面已更新。")])
    _edited(plan)


@step(PilotPlan, label="填写评分权重", form=forms.WeightsForm, **EDITS)
def save_weights(
    plan: PilotPlan, *, actor: Actor, score_threshold: int, drops_extremes: bool = False, **percents: int
) -> None:
    """`percents`: ethics, innovation, performance, contribution, together 100 (R-5.2.5)."""
    if found := rules.weight_reasons(percents, Dimension.choices):
        raise Blocked(found)
    for dimension, percent in percents.items():
        DimensionWeight.objects.update_or_create(plan=plan, dimension=dimension, defaults={"percent": percent})
    plan.score_threshold, plan.drops_extremes = score_threshold, drops_extremes
    _edited(plan)


@step(
    PilotPlan,
    label="答复自动检查的提醒",
    by=[Role.ENT_HR],
    on=ENTERPRISE,
    when=[S.DRAFT, S.RETURNED, S.RESOLVED],
    hidden=True,
)
def answer_findings(plan: PilotPlan, *, actor: Actor, answers: dict[str, str]) -> None:
    """`answers` = {key of a warning: the company's words}; the city reads them beside the warnings (F-14)."""
    warnings = {one.key: one for one in gates.lint_plan(plan) if not one.is_error}
    if gone := [key for key in answers if key not in warnings]:
        raise Blocked([Reason("这条提醒已随方案改动而变化，页面已更新，请重新答复。", field=f"answer_{gone[0]}")])
    for key, text in answers.items():
        FindingAnswer.objects.update_or_create(
            plan=plan,
            key=key,
            defaults={
                "finding": warnings[key].reason.text[:300],
                "text": text,
                "answered_by": actor.person,
                "answered_at": clock.now(),
            },
        )


@step(
    PilotPlan,
    label="登记领导班子审议通过",
    by=[Role.ENT_LEAD],
    on=ENTERPRISE,
    move="resolve",
    other_than=WROTE,
    form=forms.ResolutionForm,
    effects=["方案内容锁定，可以报送市人社局", "之后再改内容须重新审议"],
    tells=[Tell(Role.ENT_HR, ENTERPRISE, "{case}已登记审议通过。")],
)
def resolve_plan(plan: PilotPlan, *, actor: Actor, met_on: date, attendees: str, conclusion: str, file: Any) -> None:
    """集体讨论、审议通过: minutes with a day that fits the text (R-5.1.8)."""
    edited_on = local_day(plan.content_edited_at)
    if problem := rules.resolution_problem(met_on, last_edited_on=edited_on, today=clock.today()):
        raise Blocked([Reason(problem, "办法五（一）", "R-5.1.8", "G5", field="met_on")])
    LeadershipResolution.objects.create(
        plan=plan,
        met_on=met_on,
        attendees=attendees,
        conclusion=conclusion,
        attachment=attach(file, actor, slot="领导班子会议纪要"),
        registered_by=actor.person,
        registered_at=clock.now(),
    )


@step(
    PilotPlan,
    label="重新修改方案",
    by=[Role.ENT_HR, Role.ENT_LEAD],
    on=ENTERPRISE,
    move="rework",
    effects=["方案回到起草，改好后须重新审议"],
)
def rework_plan(plan: PilotPlan, *, actor: Actor) -> None:
    """The text is opened again; the resolution stays on record but no longer covers it once something changes."""


@step(
    PilotPlan,
    label="报送市人社局审核",
    by=[Role.ENT_LEAD],
    on=ENTERPRISE,
    move="submit",
    other_than=WROTE,
    form=forms.ResponsibilityForm,
    effects=["方案报市人社局审核", "市局打开前可以撤回"],
    tells=[
        Tell(Role.CITY_CLERK, CITY, "{case}已报送，请审核。"),
        Tell(Role.COUNTY, "enterprise.organisation.supervisor", "{case}已报送市局。"),
    ],
)
def submit_plan(plan: PilotPlan, *, actor: Actor, responsibility: bool) -> None:
    """报市人力社保局审核, with the head's 责任声明 (R-5.1.8, R-6.2.1)."""
    plan.submitted_at = clock.now()
    plan.opened_at = None


@step(
    PilotPlan,
    label="撤回报送",
    by=[Role.ENT_LEAD],
    on=ENTERPRISE,
    move="recall",
    effects=["方案回到企业"],
    tells=[Tell(Role.CITY_CLERK, CITY, "{case}已由企业撤回。")],
)
def recall_plan(plan: PilotPlan, *, actor: Actor) -> None:
    """Back to the company while the city has not opened it (decision 44)."""
    plan.submitted_at = None
