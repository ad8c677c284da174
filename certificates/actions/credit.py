"""A company that did not appoint and pay in time: the record proposed to the city's clerk (D-12)."""

from __future__ import annotations

import datetime as dt

from certificates.forms.appointment import UnhonouredRecordForm
from certificates.queries.fulfilment import late_appointments, unhonoured
from enterprises.actions.credit import DISMISSED, PROPOSED, dismiss, enter
from enterprises.choices import CreditKind
from enterprises.models import CreditDismissal, CreditRecord, ReviewAuthority
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.actions import step
from jiaxing_titles.reasons import Reason

CLAUSE = "办法五（四）"


def _not_late(authority: ReviewAuthority, actor: Actor) -> list[Reason]:
    if unhonoured().filter(pk=authority.pk).exists():
        return []
    return [Reason("企业没有逾期未登记的聘任兑现，或已经办理过。", CLAUSE, "D-12")]


@step(
    ReviewAuthority,
    label="聘任兑现逾期，记入信用档案",
    form=UnhonouredRecordForm,
    blockers=_not_late,
    instead="certificates.dismiss_late_appointments",
    **PROPOSED,
)
def record_late_appointments(authority: ReviewAuthority, *, actor: Actor, facts: str) -> CreditRecord:
    """Once a company and year."""
    first = late_appointments(authority)[0]
    return enter(
        authority.enterprise,
        actor,
        cycle=authority.cycle,
        kind=CreditKind.NOT_HONOURED,
        occurred_on=first.due_on + dt.timedelta(days=1),
        clause=CLAUSE,
        facts=facts,
    )


@step(ReviewAuthority, label="聘任兑现逾期，不予记入信用档案", blockers=_not_late, **DISMISSED)
def dismiss_late_appointments(authority: ReviewAuthority, *, actor: Actor, reason: str) -> CreditDismissal:
    """Once a company and year; it is not proposed again."""
    return dismiss(authority.enterprise, actor, kind=CreditKind.NOT_HONOURED, cycle=authority.cycle, reason=reason)
