"""信用档案 (办法六（一）): dated facts, told to the company at once, answered by it, annulled by decision."""

from __future__ import annotations

from datetime import date
from typing import Any

from enterprises import forms
from enterprises.actions.files import attach
from enterprises.choices import CreditKind
from enterprises.models import CreditDismissal, CreditRecord, Enterprise, Inspection
from enterprises.queries.credit import inspections_to_record
from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, Tell, step
from jiaxing_titles.actions.views import CauseForm, ReasonForm
from jiaxing_titles.policy.models import Cycle
from jiaxing_titles.reasons import Reason

CLAUSE = "办法六（一）"
TOLD = [
    Tell(Role.ENT_HR, "enterprise.organisation", "信用档案有新记录：{case}。您可以陈述申辩。"),
    Tell(Role.ENT_LEAD, "enterprise.organisation", "信用档案有新记录：{case}。您可以陈述申辩。", sms=True),
]
PROPOSED: dict[str, Any] = {
    "by": [Role.CITY_CLERK],
    "on": "enterprise.organisation.city",
    "creates": True,
    "hidden": True,
    "tells": TOLD,
    "effects": ["记入企业信用档案，企业可以陈述申辩", "只作记录，不是处置；需要处置的另行立案"],
}
"""A record that a stage proposes from its own to-do (D-6, D-12, F-87); nothing is recorded by itself."""
DISMISSED: dict[str, Any] = {
    "by": [Role.CITY_CLERK],
    "on": "enterprise.organisation.city",
    "creates": True,
    "hidden": True,
    "form": ReasonForm,
    "effects": ["这项建议不记入企业信用档案，不再提示", "理由只有人力社保局看得到"],
}
"""What a stage offers beside PROPOSED, to who would otherwise record it."""

DECLARED: dict[str, Any] = {"creates": True, "form": forms.CreditForm, "tells": TOLD}


def enter(
    enterprise: Enterprise,
    actor: Actor,
    *,
    kind: str,
    occurred_on: date,
    clause: str,
    facts: str,
    file: Any = None,
    valid_until: date | None = None,
    cycle: Cycle | None = None,
    inspection: Inspection | None = None,
) -> CreditRecord:
    """One more fact in the credit file, inside a step that tells the company (TOLD)."""
    if occurred_on > clock.today():
        raise Blocked([Reason("日期还没有到。", field="occurred_on")])
    return CreditRecord.objects.create(
        enterprise=enterprise,
        cycle=cycle,
        kind=kind,
        occurred_on=occurred_on,
        clause=clause,
        facts=facts,
        evidence=attach(file, actor, slot="信用记录证据") if file else None,
        valid_until=valid_until,
        inspection=inspection,
        recorded_by=actor.person,
        recorded_at=clock.now(),
    )


def dismiss(
    enterprise: Enterprise, actor: Actor, *, kind: str, cycle: Cycle, reason: str, inspection: Inspection | None = None
) -> CreditDismissal:
    """The proposal is not followed; inside a step of DISMISSED."""
    return CreditDismissal.objects.create(
        enterprise=enterprise,
        cycle=cycle,
        kind=kind,
        inspection=inspection,
        reason=reason,
        dismissed_by=actor.person,
        dismissed_at=clock.now(),
    )


@step(Enterprise, label="登记信用记录", by=[Role.COUNTY], on="organisation.supervisor", **DECLARED)
def record_credit(enterprise: Enterprise, *, actor: Actor, **record: Any) -> CreditRecord:
    """The county's daily supervision (R-6.1.2)."""
    return enter(enterprise, actor, **record)


@step(Enterprise, label="登记信用记录（市局）", by=[Role.CITY_CLERK], on="organisation.city", **DECLARED)
def record_city_credit(enterprise: Enterprise, *, actor: Actor, **record: Any) -> CreditRecord:
    """The city's own findings."""
    return enter(enterprise, actor, **record)


def _not_proposed(inspection: Inspection, actor: Actor) -> list[Reason]:
    if inspections_to_record().filter(pk=inspection.pk).exists():
        return []
    return [Reason("检查没有发现不符合的事项，或已经办理过。", CLAUSE, "R-6.1.2")]


@step(
    Inspection,
    label="检查发现问题，记入信用档案",
    form=forms.InspectionCreditForm,
    blockers=_not_proposed,
    instead="enterprises.dismiss_inspection_credit",
    **PROPOSED,
)
def record_inspection_credit(inspection: Inspection, *, actor: Actor, facts: str) -> CreditRecord:
    """Once an inspection, which is the evidence."""
    assert inspection.inspected_on is not None, "an inspection with faults was made"
    return enter(
        inspection.enterprise,
        actor,
        cycle=inspection.cycle,
        kind=CreditKind.INSPECTION,
        occurred_on=inspection.inspected_on,
        clause=CLAUSE,
        facts=facts,
        inspection=inspection,
    )


@step(Inspection, label="检查发现问题，不予记入信用档案", blockers=_not_proposed, **DISMISSED)
def dismiss_inspection_credit(inspection: Inspection, *, actor: Actor, reason: str) -> CreditDismissal:
    """A trifle that was put right at once, or what the county has recorded itself."""
    kind, cycle = CreditKind.INSPECTION, inspection.cycle
    return dismiss(inspection.enterprise, actor, kind=kind, cycle=cycle, reason=reason, inspection=inspection)


@step(
    CreditRecord,
    label="陈述申辩",
    by=[Role.ENT_LEAD],
    on="enterprise.organisation",
    form=forms.ReplyForm,
    tells=[
        Tell(Role.COUNTY, "enterprise.organisation.supervisor", "{case}：企业已陈述申辩。"),
        Tell(Role.CITY_CLERK, "enterprise.organisation.city", "{case}：企业已陈述申辩。"),
    ],
)
def reply_to_credit(record: CreditRecord, *, actor: Actor, reply: str) -> None:
    """The company's word stands beside the record for ever (F-85)."""
    if record.replied_at is not None:
        raise Blocked([Reason("已经陈述申辩过，补充情况请书面联系市人社局。")])
    record.reply = reply
    record.replied_at = clock.now()


@step(
    CreditRecord,
    label="撤销这条记录",
    by=[Role.CITY_LEAD],
    on="enterprise.organisation.city",
    form=CauseForm,
    kind="danger",
    effects=["记录标为已撤销并写明理由，不会删除"],
    tells=[Tell(Role.ENT_LEAD, "enterprise.organisation", "{case}已撤销：{reason}")],
)
def annul_credit(record: CreditRecord, *, actor: Actor, reason: str) -> None:
    """A record found to be wrong is annulled, never deleted."""
    if record.annulled_at is not None:
        raise Blocked([Reason("这条记录已经撤销。")])
    record.annulled_at = clock.now()
    record.annul_reason = reason[:300]
