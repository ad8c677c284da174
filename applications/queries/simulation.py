"""The people of a company under a plan: roster, their latest records, the annex and the plan's criteria (F-17)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from applications.choices import Employment, PresentTitle
from applications.gates.facts import facts_of, rules_of
from applications.models import StaffMember, TitleApplication
from applications.rules.eligibility import RuleSet, parse_facts
from applications.rules.simulation import Asked, Obstacle, obstacles
from enterprises.hooks import simulates
from enterprises.models import PilotPlan
from enterprises.rules.plan_lint.annex import item_of
from enterprises.rules.simulation import Blocker, LevelOutlook, Simulation
from jiaxing_titles import clock

RECORDS = ("education", "work_periods", "held_posts", "assessments", "continuing_education")


@simulates
def simulate(plan: PilotPlan) -> Simulation:
    """Own staff of today by their last application with this company; nothing of another company is read."""
    today = clock.today()
    members = StaffMember.objects.filter(
        enterprise=plan.enterprise, employment__in=Employment.own_staff(), joined_on__lte=today
    ).exclude(left_on__lt=today)
    people = {one.person_id: one.person.name for one in members.select_related("person").order_by("person__name", "pk")}
    latest = {one.person_id: one for one in _applications(plan, people)}
    rules = rules_of(plan.cycle.composition(today))
    levels = tuple(_outlook(plan, level, people, latest, rules) for level in plan.authority.levels)
    return Simulation(plan.cycle.counting_day, rules.code, len(people), levels)


def _applications(plan: PilotPlan, people: Iterable[int]) -> Iterable[TitleApplication]:
    """One a person, the last begun."""
    rows = TitleApplication.objects.filter(enterprise=plan.enterprise, person__in=list(people))
    last = rows.order_by("person", "-pk").distinct("person")
    return last.select_related("initial_check", "exceptional_file", "cycle").prefetch_related(*RECORDS)


def _outlook(
    plan: PilotPlan, level: str, people: dict[int, str], latest: dict[int, TitleApplication], rules: RuleSet
) -> LevelOutlook:
    asked = [
        Asked(row.number, row.kind, item_of(row.annex_item), row.years, row.hours)
        for row in plan.criteria.filter(level=level, route="review", necessity="required")
    ]
    groups: dict[str, list[str]] = {name: [] for name in ("can", "may", "blocked", "held", "unknown")}
    met: dict[Obstacle, list[str]] = {}
    for person, name in people.items():
        application = latest.get(person)
        if application is None:
            groups["unknown"].append(name)
        elif application.present_title in PresentTitle.at_or_above(level):
            groups["held"].append(name)
        else:
            found = obstacles(parse_facts(_facts(plan, level, application)), rules, asked)
            groups["blocked" if any(not one.open for one in found) else "may" if found else "can"].append(name)
            for one in found:
                met.setdefault(one, []).append(name)
    blockers = [Blocker(one.text, one.clause, one.open, tuple(names)) for one, names in met.items()]
    return LevelOutlook(
        level,
        tuple(groups["can"]),
        tuple(groups["may"]),
        tuple(groups["blocked"]),
        tuple(groups["held"]),
        tuple(groups["unknown"]),
        tuple(sorted(blockers, key=lambda one: (one.open, -one.count, one.text))),
        tuple(one.number for one in asked if not one.is_measurable),
    )


def _facts(plan: PilotPlan, level: str, application: TitleApplication) -> dict[str, Any]:
    """The records of then, asked for this level and counted to this year's day as if the person stayed in his job."""
    facts = facts_of(application, applied_on=plan.cycle.counting_day, evidence_closed=_closed(plan))
    return {**facts, "level": level, "as_of": plan.cycle.counting_day.isoformat(), "applied_on": None}


def _closed(plan: PilotPlan) -> bool:
    closes = plan.cycle.evidence_closes_on
    return closes is not None and clock.today() > closes
