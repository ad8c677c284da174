"""A company that did not report in time: the record proposed to the city's clerk (D-6)."""

from __future__ import annotations

import datetime as dt

from enterprises.actions.credit import DISMISSED, PROPOSED, dismiss, enter
from enterprises.choices import CreditKind
from enterprises.models import CreditDismissal, CreditRecord, ReviewAuthority
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.actions import step
from jiaxing_titles.reasons import Reason
from reviews.forms import OverdueRecordForm
from reviews.queries import late_reporters

CLAUSE = "办法五（三）"


def _not_late(authority: ReviewAuthority, actor: Actor) -> list[Reason]:
    if late_reporters().filter(pk=authority.pk).exists():
        return []
    return [Reason("企业没有逾期未报，已获准延期，或已经办理过。", CLAUSE, "D-6")]


@step(
    ReviewAuthority,
    label="评审结果逾期未报，记入信用档案",
    form=OverdueRecordForm,
    blockers=_not_late,
    instead="reviews.dismiss_late_report",
    **PROPOSED,
)
def record_late_report(authority: ReviewAuthority, *, actor: Actor, facts: str) -> CreditRecord:
    """Once a company and year."""
    return enter(
        authority.enterprise,
        actor,
        cycle=authority.cycle,
        kind=CreditKind.OVERDUE,
        occurred_on=authority.cycle.report_due_on + dt.timedelta(days=1),
        clause=CLAUSE,
        facts=facts,
    )


@step(ReviewAuthority, label="评审结果逾期未报，不予记入信用档案", blockers=_not_late, **DISMISSED)
def dismiss_late_report(authority: ReviewAuthority, *, actor: Actor, reason: str) -> CreditDismissal:
    """Once a company and year; it is not proposed again."""
    return dismiss(authority.enterprise, actor, kind=CreditKind.OVERDUE, cycle=authority.cycle, reason=reason)
