"""监督检查: ordered, carried out by the county with the checklist, put right (办法六（一）, R-6.1.2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from enterprises import forms
from enterprises.actions.files import attach
from enterprises.choices import InspectionKind
from enterprises.models import Enterprise, Inspection
from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, Tell, step
from jiaxing_titles.policy.models import Cycle
from jiaxing_titles.reasons import Reason

COMPANY = "enterprise.organisation"
CLAUSE, RULE = "办法六（一）", "R-6.1.2"
ORDERED = [
    Tell(Role.COUNTY, f"{COMPANY}.supervisor", "请按期办理{case}。"),
    Tell(Role.ENT_HR, COMPANY, "{case}：检查人员将与您联系。"),
]


def order(enterprise: Enterprise, cycle: Cycle, *, kind: str, origin: str, due_on: date) -> Inspection:
    """One more inspection, inside a step that tells county and company (ORDERED)."""
    return Inspection.objects.create(enterprise=enterprise, cycle=cycle, kind=kind, origin=origin, due_on=due_on)


@step(
    Enterprise,
    label="安排专项检查",
    by=[Role.CITY_CLERK],
    on="organisation.city",
    form=forms.InspectionForm,
    creates=True,
    tells=ORDERED,
)
def order_inspection(enterprise: Enterprise, *, actor: Actor, cycle: Cycle, origin: str, due_on: date) -> Inspection:
    """A directed one, with what it is for; random ones come out of the draw."""
    return order(enterprise, cycle, kind=InspectionKind.DIRECTED, origin=origin, due_on=due_on)


@step(
    Inspection,
    label="登记检查结果",
    by=[Role.COUNTY],
    on=f"{COMPANY}.supervisor",
    move="record",
    form=forms.ChecklistForm,
    tells=[
        Tell(Role.ENT_HR, COMPANY, "{case}已登记检查结果。"),
        Tell(Role.ENT_LEAD, COMPANY, "{case}已登记检查结果。"),
        Tell(Role.CITY_CLERK, f"{COMPANY}.city", "{case}已登记检查结果。"),
    ],
    effects=["企业可以看到逐项结果", "有不符合的事项，建议市局经办记入信用档案", "只作记录，不是处置"],
)
def record_inspection(
    inspection: Inspection,
    *,
    actor: Actor,
    inspected_on: date,
    inspectors: str,
    answers: Mapping[str, Mapping[str, str]],
    conclusion: str,
    rectify_due_on: date | None = None,
) -> None:
    """Every item answered; what is at fault carries a note and a day by which it is put right."""
    if inspected_on > clock.today():
        raise Blocked([Reason("检查日期还没有到。", field="inspected_on")])
    inspection.answers = {code: dict(answer) for code, answer in answers.items()}
    if inspection.faults and rectify_due_on is None:
        text = "有不符合的事项，请写明整改期限。"
        raise Blocked([Reason(text, CLAUSE, RULE, field="rectify_due_on")])
    inspection.inspected_on, inspection.inspectors = inspected_on, inspectors
    inspection.conclusion, inspection.recorded_by = conclusion, actor.person
    inspection.rectify_due_on = rectify_due_on if inspection.faults else None


@step(
    Inspection,
    label="登记整改完成",
    by=[Role.COUNTY],
    on=f"{COMPANY}.supervisor",
    move="rectify",
    form=forms.RectificationForm,
    tells=[Tell(Role.ENT_HR, COMPANY, "{case}：整改已经县局确认。")],
)
def accept_rectification(inspection: Inspection, *, actor: Actor, rectification: str, file: Any = None) -> None:
    """As the county found it on looking again."""
    inspection.rectification = rectification
    inspection.evidence = attach(file, actor, slot="整改证明") if file else None
