"""信用档案 (办法六（一）): dated facts, told to the company at once, answered by it, annulled by decision."""

from __future__ import annotations

from datetime import date
from typing import Any

from enterprises import forms
from enterprises.actions.files import attach
from enterprises.models import CreditRecord, Enterprise
from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, Tell, step
from jiaxing_titles.actions.views import ReasonForm
from jiaxing_titles.policy.models import Cycle
from jiaxing_titles.reasons import Reason

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
"""A record that a stage proposes on a ReviewAuthority from its own to-do (D-6, D-12); nothing is recorded by itself."""

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
        recorded_by=actor.person,
        recorded_at=clock.now(),
    )


@step(Enterprise, label="登记信用记录", by=[Role.COUNTY], on="organisation.supervisor", **DECLARED)
def record_credit(enterprise: Enterprise, *, actor: Actor, **record: Any) -> CreditRecord:
    """The county's daily supervision (R-6.1.2)."""
    return enter(enterprise, actor, **record)


@step(Enterprise, label="登记信用记录（市局）", by=[Role.CITY_CLERK], on="organisation.city", **DECLARED)
def record_city_credit(enterprise: Enterprise, *, actor: Actor, **record: Any) -> CreditRecord:
    """The city's own findings."""
    return enter(enterprise, actor, **record)


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
    form=ReasonForm,
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
