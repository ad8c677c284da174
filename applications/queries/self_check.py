"""From answers of 自查 and records of an application to what a person is told, and to the picture beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from applications.gates.facts import days_of, facts_of, records_in, rules_of, with_trust
from applications.models import TitleApplication
from applications.rules.career import Career, Names, career
from applications.rules.eligibility import parse_facts
from applications.rules.self_check import Conclusion, conclude
from jiaxing_titles import clock
from jiaxing_titles.policy.models import Cycle
from jiaxing_titles.reading import read_once


@dataclass(frozen=True)
class Standing:
    """What is told of a person's facts as they stand; the picture is None while there is nothing to draw.

    `hours_close_on`: 学时截止日 of the year; None means the day on which the company files its meeting (decision 35).
    """

    conclusion: Conclusion
    career: Career | None
    as_of: dt.date
    hours_close_on: dt.date | None


@read_once
def cycle_of_today() -> Cycle:
    """This year's dates; before the city has opened the year, those of the 办法 itself (not stored)."""
    return Cycle.objects.current() or Cycle.defaults_for(clock.today().year)


def facts_of_answers(answers: Mapping[str, Any], cycle: Cycle) -> dict[str, Any]:
    """The answers of the six questions as the contract takes them, applied for today."""
    grades = answers.get("assessments", {})
    hours = answers.get("hours", "")
    records = records_in(
        education=[SimpleNamespace(**row) for row in answers.get("education", [])],
        work=[SimpleNamespace(**row) for row in answers.get("work", [])],
        posts=[SimpleNamespace(**row) for row in answers.get("posts", [])],
    )
    return {
        "id": "self-check",
        "level": answers["level"],
        **days_of(cycle, clock.today()),
        **records,
        "assessments": {year: grade for year, grade in grades.items() if grade != "none"},
        "continuing_education": {str(cycle.year): hours} if hours else {},
        "courses_match": answers.get("courses_match"),
    }


def standing_on(facts: Mapping[str, Any], cycle: Cycle, names: Names | None = None) -> Standing:
    """Verdict and picture of facts in the shape of the contract."""
    today = clock.today()
    rules = rules_of(cycle.composition(today))
    picture = career(parse_facts(dict(facts)), today=today.toordinal(), rules=rules, names=names)
    counted = dt.date.fromisoformat(facts["as_of"])
    closes = cycle.evidence_closes_on if counted.year == cycle.counting_day.year else None
    return Standing(conclude(facts, rules), picture, counted, closes)


def standing_of(application: TitleApplication) -> Standing:
    """The application as its records stand now, submitted or not; each record with who stands behind it."""
    facts = with_trust(facts_of(application), application)
    return standing_on(facts, application.cycle, names_of(application))


def names_of(application: TitleApplication) -> Names:
    """Schools and employers, for the picture."""
    return {
        "education": [one.school for one in application.education.all()],
        "work": [f"{one.employer} {one.position}" for one in application.work_periods.all()],
        "posts": [one.employer for one in application.held_posts.all()],
    }


def supposing(
    facts: Mapping[str, Any], *, applied_on: dt.date | None, as_of: dt.date | None, hours: str
) -> dict[str, Any]:
    """试算: the same facts submitted on another day, counted to another day, with other 学时 of that year (F-20).

    A day beyond the counting day belongs to the next year: it is counted to that year's end, its 学时 may still come,
    and assessments that do not exist yet are taken as 合格.
    """
    counted = dt.date.fromisoformat(facts["as_of"])
    day = applied_on or dt.date.fromisoformat(facts["applied_on"])
    until = as_of or (counted if day <= counted else dt.date(day.year, 12, 31))
    later = {str(year): "qualified" for year in range(counted.year, until.year)}
    found = {
        **facts,
        "as_of": until.isoformat(),
        "applied_on": min(day, until).isoformat(),
        "assessments": {**later, **facts["assessments"]},
        "evidence_closed": facts["evidence_closed"] and until.year <= counted.year,
    }
    if hours:
        found["continuing_education"] = {**facts["continuing_education"], str(until.year): hours}
    return found
