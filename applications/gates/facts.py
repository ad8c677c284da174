"""From the records of an application to the facts that the eligibility engine reads, and to its findings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from applications.choices import Finding, Trust
from applications.gates.items import declared_fields, fact_hash, values_of
from applications.rules.eligibility import SHIPPED, RuleSet, composed, findings
from applications.rules.hours import hours_by_year
from jiaxing_titles import clock
from jiaxing_titles.policy.compositions import Composition

_TABLES = {"education": "education", "work": "work_periods", "posts": "held_posts"}
"""Tables of the contract whose records say how far they are proven → the relation that holds them."""


def facts_of(
    application: Any, *, applied_on: dt.date | None = None, evidence_closed: bool | None = None
) -> dict[str, Any]:
    """The application as the eligibility contract takes it; JSON primitives only.

    `applied_on` is by default the day of submission, before that today; never after the counting day.
    `evidence_closed` is by default whether the year's 学时截止日 has passed.
    """
    return {
        "id": str(application.pk or "new"),
        "level": application.level,
        **days_of(application.cycle, applied_on or _filed_on(application), evidence_closed),
        **records_in(
            education=application.education.all(),
            work=application.work_periods.all(),
            posts=application.held_posts.all(),
            assessments=application.assessments.all(),
            hours=application.continuing_education.all(),
        ),
        "courses_match": application.courses_match,
        "initial_check": _initial_check(application),
        "exceptional_file": has_complete_exceptional_file(application),
    }


def days_of(cycle: Any, applied_on: dt.date, evidence_closed: bool | None = None) -> dict[str, Any]:
    """The days of the year as the contract takes them: 计算截止日, day of application, whether 学时 may still come."""
    if evidence_closed is None:
        closes = cycle.evidence_closes_on
        evidence_closed = closes is not None and clock.today() > closes
    return {
        "as_of": cycle.counting_day.isoformat(),
        "applied_on": min(applied_on, cycle.counting_day).isoformat(),
        "evidence_closed": evidence_closed,
    }


def records_in(
    *,
    education: Iterable[Any] = (),
    work: Iterable[Any] = (),
    posts: Iterable[Any] = (),
    assessments: Iterable[Any] = (),
    hours: Iterable[Any] = (),
) -> dict[str, Any]:
    """Records, stored or not, in the shape of the contract; each has the attributes of its model."""
    return {
        "education": [_education(one) for one in education],
        "work": [_work(one) for one in work],
        "posts": [_post(one) for one in posts],
        "assessments": {str(one.year): one.grade for one in assessments},
        "continuing_education": hours_by_year((one.year, one.hours, one.certificate_number) for one in hours),
    }


def with_trust(facts: dict[str, Any], application: Any) -> dict[str, Any]:
    """The facts of `facts_of` with `verified` on each record: who stands behind it (F-25)."""
    findings = {one.fact_hash: one.finding for one in application.checks.all()}
    told = dict(facts)
    for topic, relation in _TABLES.items():
        records = getattr(application, relation).all()
        told[topic] = [
            {**row, "verified": _trust(findings.get(fact_hash(topic, values_of(one, declared_fields(one)))))}
            for row, one in zip(facts[topic], records, strict=True)
        ]
    return told


def _trust(finding: str | None) -> str:
    told = {Finding.TRUE: Trust.UNIT, Finding.DOUBT: Trust.DOUBTED}
    return str((told[Finding(finding)] if finding else Trust.SELF).label)


def findings_of(application: Any, **options: Any) -> dict[str, Any]:
    """The engine's whole output line for the application, with the level and the day of application put in."""
    facts = facts_of(application, **options)
    found = findings(facts, rules_of(application.cycle.composition(clock.today())))
    return {**found, "level": application.level, "applied_on": facts["applied_on"]}


def rules_of(composition: Composition) -> RuleSet:
    """The rule set of the annex with the official interpretations of the composition (办法六（四）)."""
    answers = {question: (one.answer, one.number) for question, one in composition.answers.items()}
    return composed(SHIPPED[composition.base], composition.code, answers)


def has_complete_exceptional_file(application: Any) -> bool:
    """Whether a plan criterion with grounds and two recommendations stand there; only the 破格 route has a file."""
    if application.route != "exceptional":
        return False
    file = getattr(application, "exceptional_file", None)
    if file is None or file.criterion_id is None or not file.grounds.strip():
        return False
    return len({one.name for one in application.recommendations.all()}) >= 2


def _filed_on(application: Any) -> dt.date:
    if application.submitted_at is None:
        return clock.today()
    filed: dt.date = application.submitted_at.astimezone(clock.SHANGHAI).date()
    return filed


def _education(one: Any) -> dict[str, Any]:
    row = {
        "level": one.level,
        "award": one.award,
        "outcome": one.outcome,
        "mode": one.mode,
        "awarded_on": one.awarded_on,
    }
    return {**row, "started_on": one.started_on} if one.started_on else row


def _work(one: Any) -> dict[str, Any]:
    return {
        "from": one.began_on,
        "to": one.ended_on or None,
        "engineering": one.engineering,
        "relation": one.relation,
        "full_time": one.full_time,
    }


def _post(one: Any) -> dict[str, Any]:
    return {"title": one.title, "appointed_from": one.appointed_from, "appointed_to": one.appointed_to or None}


def _initial_check(application: Any) -> str | None:
    check = getattr(application, "initial_check", None)
    return check.result if check else None
