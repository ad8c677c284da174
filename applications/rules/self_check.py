"""自查: the engine's verdict as one of five answers, with the day from which it holds and what is missing (F-20, F-22).

Nothing is decided here that the engine has not decided: this module picks the clause to show, adds 初定 as it will
be once the company has assessed the person, and follows the gates into later years.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from applications.rules.eligibility import Explained, RouteResult, Verdict, explain, judge, parse_facts
from applications.rules.eligibility.conditions import EXCEPTIONAL
from applications.rules.eligibility.gates import ASSESSMENT, EDUCATION, assessed_years
from applications.rules.eligibility.readings import horizon_of
from applications.rules.eligibility.tenure import NO_TENURE, civil
from applications.rules.eligibility.vocabulary import (
    ELIGIBLE,
    FAIL,
    MET,
    NEEDS_EVIDENCE,
    PENDING,
    REFER,
    SUFFICIENT_GRADES,
    TARGETS,
    UNKNOWN,
)

MAY_APPLY: Final = "may_apply"
MAY_BE_GRANTED: Final = "may_be_granted"
SOON: Final = "soon"
EXCEPTION: Final = "exception"
BY_A_PERSON: Final = "by_a_person"
KINDS: Final[Mapping[str, str]] = {
    MAY_APPLY: "可申报",
    MAY_BE_GRANTED: "可初定",
    SOON: "还差一点",
    EXCEPTION: "可申请破格",
    BY_A_PERSON: "需人工判断",
}
TONES: Final[Mapping[str, str]] = {
    MAY_APPLY: "green",
    MAY_BE_GRANTED: "green",
    SOON: "amber",
    EXCEPTION: "purple",
    BY_A_PERSON: "blue",
}
OPEN: Final = (UNKNOWN, PENDING)
_EITHER: Final = ("A-3.2(2)", "A-3.2(3)")  # 工作满N年或担任技术员职务满N年


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing: a sentence and the clause that asks for it."""

    text: str
    clause: str


@dataclass(slots=True)
class Conclusion:
    """What a person is told. `ready`: the day on which the clause shown is reached; `year`: the first 年度 to apply in.

    `rounded` says that a date without its day was read as late as it can be. `grants` are the 初定 clauses that hold
    once the company has found the person 合格.
    """

    kind: str
    verdict: Verdict
    gates: list[Explained]
    routes: list[Explained]
    initial: list[Explained]
    grants: list[Explained]
    shown: Explained | None = None
    ready: dt.date | None = None
    year: int | None = None
    rounded: bool = False
    lacks: list[Lack] = field(default_factory=list)
    lower_level: bool = False

    @property
    def label(self) -> str:
        """可申报、可初定、还差一点、可申请破格 or 需人工判断."""
        return KINDS[self.kind]

    @property
    def tone(self) -> str:
        """The colour of its tag; the words say it as well."""
        return TONES[self.kind]

    @property
    def level(self) -> str:
        """工程师 or 助理工程师."""
        return TARGETS[self.verdict.facts.level]

    @property
    def hours_may_come(self) -> bool:
        """Whether 学时 of the year are still to come (附件二)."""
        return self.verdict.gates.get(EDUCATION) in OPEN

    @property
    def next_year(self) -> bool:
        """Whether the first 年度 to apply in is a later one."""
        return self.year is not None and self.year > civil(self.verdict.facts.as_of)[0]

    @property
    def grounds(self) -> list[Lack]:
        """For a cell of a list: what is missing, or the clause shown with its sum, and the gates still open."""
        if self.kind == SOON:
            return self.lacks or [Lack("没有一条在持续在岗20年内能够满足。", "附件三")]
        rows = [self.shown] if self.shown is not None else []
        rows += [row for row in self.gates if row.value == UNKNOWN]
        return [Lack(row.text, row.clause) for row in rows]


def conclude(facts: Mapping[str, Any]) -> Conclusion:
    """The answer for facts in the shape of the contract. Raises FactsError as `parse_facts` does."""
    verdict = judge(parse_facts(dict(facts)))
    rows = {row.id: row for row in explain(verdict)}
    found = Conclusion(
        kind=BY_A_PERSON,
        verdict=verdict,
        gates=[rows[key] for key in verdict.gates],
        routes=[rows[key] for key in verdict.routes],
        initial=[rows[key] for key in verdict.initial],
        grants=_grants(facts),
    )
    found.kind = _kind(found)
    _explain(found)
    if found.kind not in (MAY_APPLY, MAY_BE_GRANTED) and verdict.facts.level == "engineer":
        lower = judge(parse_facts({**facts, "level": "assistant_engineer"}))
        found.lower_level = lower.verdict == ELIGIBLE
    return found


def _grants(facts: Mapping[str, Any]) -> list[Explained]:
    """附件四 asks for 考核合格, which the company finds only after the person has come to it."""
    if facts.get("initial_check") == "unqualified":
        return []
    assessed = judge(parse_facts({**facts, "initial_check": "qualified"}))
    return [row for row in explain(assessed) if row.id in assessed.initial and row.value == MET]


def _kind(found: Conclusion) -> str:
    verdict = found.verdict
    if verdict.verdict == ELIGIBLE:
        return MAY_APPLY
    if found.grants:
        return MAY_BE_GRANTED
    if verdict.verdict == REFER:
        return EXCEPTION
    if verdict.verdict == NEEDS_EVIDENCE:
        hours_alone = verdict.passed_routes and verdict.gates[ASSESSMENT] not in OPEN
        return SOON if hours_alone else BY_A_PERSON
    nothing_in_sight = _nearest(verdict) is None and FAIL not in verdict.gates.values()
    return EXCEPTION if nothing_in_sight and EXCEPTIONAL in verdict.routes else SOON


def _explain(found: Conclusion) -> None:
    verdict = found.verdict
    rows = {row.id: row for row in found.routes}
    if found.kind == MAY_BE_GRANTED:
        found.shown = found.grants[0]
    elif found.kind == EXCEPTION:
        found.shown = rows[EXCEPTIONAL]
    elif verdict.passed_routes:
        found.shown = rows[verdict.passed_routes[0]]
    elif found.kind == SOON and (nearest := _nearest(verdict)):
        key, day = nearest
        found.shown, found.ready = rows[key], dt.date.fromordinal(day)
        found.rounded = bool(verdict.facts.imprecise())
    else:
        found.shown = next((row for row in found.routes if row.value == UNKNOWN), None) or _least_short(found.routes)
    if found.kind == SOON:
        found.year, found.lacks = _year(found), _lacks(found)


def _nearest(verdict: Verdict) -> tuple[str, int] | None:
    """(route, day) of the clause that is reached first with jobs and posts going on."""
    days = {key: day for key, result in verdict.routes.items() if (day := _reached(verdict, result)) is not None}
    return min(days.items(), key=lambda item: item[1]) if days else None


def _reached(verdict: Verdict, result: RouteResult) -> int | None:
    """As the engine's `earliest`, but for dates without their day it is the day that is certain under any reading."""
    day, facts = result.harsh.ready, verdict.facts
    if day is None or day > horizon_of(facts.as_of):
        return None
    return day if facts.applied_on is None else max(day, facts.applied_on)


def _least_short(routes: list[Explained]) -> Explained | None:
    """Of the clauses that no day is in sight for, the one with the least time missing."""

    def short(row: Explained) -> tuple[int, int, int]:
        lengths = [(one.missing.years, one.missing.months, one.missing.days) for one in row.figures]
        return min(lengths) if row.id in _EITHER else max(lengths)

    return min((row for row in routes if row.figures), key=short, default=None)


def _year(found: Conclusion) -> int | None:
    """The first 年度 in which neither the clause nor a gate stands in the way; None while no clause is in sight."""
    verdict = found.verdict
    this_year = civil(verdict.facts.as_of)[0]
    if found.shown is None or (found.ready is None and not verdict.passed_routes):
        return None
    years = [this_year if found.ready is None else max(this_year, found.ready.year)]
    if verdict.gates[ASSESSMENT] == FAIL:
        years.append(max(_bad_years(verdict)) + verdict.rules.assessed_years + 1)
    if verdict.gates.get(EDUCATION) == FAIL:
        years.append(this_year + 1)
    return max(years)


def _bad_years(verdict: Verdict) -> list[int]:
    """The worked years of the last three whose grade does not suffice."""
    worked = set().union(*assessed_years(verdict.facts, verdict.rules))
    grades = verdict.facts.assessments
    return [year for year in worked if grades.get(f"{year:04d}", "qualified") not in SUFFICIENT_GRADES]


def _lacks(found: Conclusion) -> list[Lack]:
    """What stands between the person and the answer, the gates first."""
    lacks = []
    for row in found.gates:
        if row.value == FAIL and row.id == ASSESSMENT:
            free = max(_bad_years(found.verdict)) + found.verdict.rules.assessed_years + 1
            lacks.append(Lack(f"{row.text}以后各年考核合格的，最早{free}年度可以申报。", row.clause))
        elif row.value in (FAIL, *OPEN):
            lacks.append(Lack(row.text, row.clause))
    if found.shown is not None and found.shown.value == FAIL:
        short = [f"{figure.what}还差{figure.missing}" for figure in found.shown.figures if figure.missing != NO_TENURE]
        joined = ("；或者" if found.shown.id in _EITHER else "；").join(short)
        lacks.append(Lack(f"{joined}。" if short else found.shown.text, found.shown.clause))
    work = found.verdict.facts.work
    if found.ready is None and not any(job.engineering and job.full_time and job.ended is None for job in work):
        lacks.append(Lack("现在没有在从事全职工程技术工作；重新从事后，以前计入的日子接着累计。", "附件三"))
    return lacks
