"""Steps of an objection (办法五（四）: only names without objection are published)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, Tell, step
from jiaxing_titles.publicity import hooks, service
from jiaxing_titles.publicity.choices import PeriodState
from jiaxing_titles.publicity.forms import SettleForm
from jiaxing_titles.publicity.models import Objection, PublicityEntry, PublicityPeriod
from jiaxing_titles.reasons import Reason
from jiaxing_titles.workdays.calendar import deadline

INVESTIGATORS = [Role.ENT_HR, Role.CITY_CLERK]
NEW_OBJECTION = "{case} 待核查，请在期限内办结。"


@step(
    PublicityPeriod,
    label="提出异议",
    by=[Role.SYSTEM],
    on="organisation",
    creates=True,
    hidden=True,
    tells=[
        Tell(Role.ENT_HR, "period.organisation", NEW_OBJECTION),
        Tell(Role.CITY_CLERK, "period.organisation", NEW_OBJECTION),
    ],
)
def receive_objection(
    period: PublicityPeriod,
    *,
    actor: Actor,
    complainant: str,
    phone: str,
    text: str,
    entry: PublicityEntry | None = None,
    evidence: Iterable[Any] = (),
) -> Objection:
    """An objection by name, judged in time or late by the database clock against the locked notice.

    A late one is kept, marked and answered, and holds the person as long as he is not published.
    """
    if period.state in (PeriodState.DRAFT, PeriodState.CANCELLED) or period.opened_on is None:
        raise Blocked([Reason("这一公示没有发布，不能提出异议。", "办法五（四）")])
    now = clock.now()
    ends_on = (entry.ends_on if entry else period.ends_on) or now.date()
    due = deadline(now.date(), period.cycle.objection_reply_days)
    objection = Objection(
        period=period,
        entry=entry,
        complainant=complainant,
        phone=phone,
        text=text,
        received_at=now,
        late=now.date() > ends_on,
        reply_due_on=due.on,
        provisional=due.provisional,
    )
    objection.save()
    objection.evidence.set(evidence)
    return objection


@step(
    Objection,
    label="开始核查",
    by=INVESTIGATORS,
    on="period.organisation",
    move="investigate",
    effects=["该人员在异议办结前不进入下一环节，其他人员不受影响"],
)
def investigate(objection: Objection, *, actor: Actor) -> None:
    """核查开始。"""


@step(
    Objection,
    label="认定异议不成立",
    by=INVESTIGATORS,
    on="period.organisation",
    move="reject",
    form=SettleForm,
    effects=["该人员公示期满后继续进入下一环节", "按编号可查到答复"],
)
def reject(objection: Objection, *, actor: Actor, findings: str, reply: str) -> None:
    """异议不成立: the beat task passes the person on once his own days are over."""
    _settle(objection, findings, reply)


@step(
    Objection,
    label="认定异议成立",
    by=INVESTIGATORS,
    on="period.organisation",
    move="uphold",
    form=SettleForm,
    kind="danger",
    effects=["该人员终止本次申报", "按编号可查到答复"],
)
def uphold(objection: Objection, *, actor: Actor, findings: str, reply: str) -> None:
    """异议成立: the stage ends the person's application; nobody else is touched."""
    if objection.entry is None:
        raise Blocked([Reason("针对整个公示的异议成立时，请先取消公示再重新发布。", "办法五（二）")])
    _settle(objection, findings, reply)
    service.remove_entry(objection.entry, reason=f"异议成立（{objection.code}）", actor=actor)
    if hook := hooks.upheld.get(objection.period.kind):
        hook(objection, [objection.entry], actor)


def _settle(objection: Objection, findings: str, reply: str) -> None:
    objection.findings, objection.reply, objection.settled_at = findings, reply, clock.now()
