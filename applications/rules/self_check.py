"""自查: the engine's verdict as one of five answers, with the day from which it holds and what is missing (F-20, F-22).

Nothing is decided here that the engine has not decided: this module picks the clause to show, adds 初定 as it will
be once the company has assessed the person, and follows the gates into later years.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from applications.rules.eligibility import ANNEX_2019, Explained, RuleSet, Verdict, explain, judge, parse_facts
from applications.rules.eligibility.gates import assessed_years
from applications.rules.eligibility.tenure import civil
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
from applications.rules.eligibility.wording import in_words, path_of
from applications.rules.partial_dates import first_day, last_day

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
ASSESSMENT, EDUCATION, EXCEPTIONAL = "A-1", "A-2", "A-3.1(6)"
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
    verified: Mapping[str, str] = field(default_factory=dict)
    """Who stands behind what the facts give by year, by its place: `assessments[2025]`."""

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
    def evidence(self) -> list[dict[str, str]]:
        """Every record that a clause looked at: `text`, and `verified` where it is known who stands behind it."""
        rows = [place for row in [*self.gates, *self.routes, *self.initial] for place in row.facts]
        told = {place: in_words(self.verdict.facts, place) for place in rows}
        known = {place: self.verified[path_of(place)] for place in told if path_of(place) in self.verified}
        return [{**words, **({"verified": known[place]} if place in known else {})} for place, words in told.items()]

    @property
    def grounds(self) -> list[Lack]:
        """For a cell of a list: what is missing, or the clause shown with its sum, and the gates still open."""
        if self.kind == SOON:
            return self.lacks
        rows = [self.shown] if self.shown is not None else []
        rows += [row for row in self.gates if row.value == UNKNOWN]
        return [Lack(row.text, row.clause) for row in rows]


def conclude(facts: Mapping[str, Any], rules: RuleSet = ANNEX_2019) -> Conclusion:
    """The answer for facts in the shape of the contract. Raises FactsError as `parse_facts` does."""
    verdict = judge(parse_facts(dict(facts)), rules)
    rows = {row.id: row for row in explain(verdict)}
    found = Conclusion(
        kind=BY_A_PERSON,
        verdict=verdict,
        gates=[rows[key] for key in verdict.gates],
        routes=[rows[key] for key in verdict.routes],
        initial=[rows[key] for key in verdict.initial],
        grants=_grants(facts, rules),
        verified=facts.get("verified", {}),
    )
    nearest = None if verdict.passed_routes else _nearest(found, facts)
    found.kind = _kind(found, nearest)
    _explain(found, nearest)
    if found.kind not in (MAY_APPLY, MAY_BE_GRANTED) and verdict.facts.level == "engineer":
        lower = judge(parse_facts({**facts, "level": "assistant_engineer"}), rules)
        found.lower_level = lower.verdict == ELIGIBLE
    return found


def _grants(facts: Mapping[str, Any], rules: RuleSet) -> list[Explained]:
    """附件四 asks for 考核合格, which the company finds only after the person has come to it."""
    if facts.get("initial_check") == "unqualified":
        return []
    assessed = judge(parse_facts({**facts, "initial_check": "qualified"}), rules)
    return [row for row in explain(assessed) if row.id in assessed.initial and row.value == MET]


def _nearest(found: Conclusion, facts: Mapping[str, Any]) -> tuple[str, dt.date] | None:
    """(clause, day) of the route that is reached first with jobs and posts going on.

    The engine names no day while a date lacks its own; then the day is told that is certain under any reading.
    """
    rows = found.routes
    if found.verdict.facts.imprecise():
        latest = judge(parse_facts(at_the_latest(facts)), found.verdict.rules)
        rows = [row for row in explain(latest) if row.id in latest.routes]
    days = [(row.earliest, row.id) for row in rows if row.earliest is not None]
    if not days:
        return None
    first = min(day for day, _ in days)
    return next(key for day, key in days if day == first), dt.date.fromisoformat(first)


def at_the_latest(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts in their harshest reading, each date a day; a record that would end before it begins has no days."""
    return {
        **facts,
        "education": [_studied_longest(row) for row in facts.get("education", [])],
        "work": _spans(facts.get("work", []), "from", "to"),
        "posts": _spans(facts.get("posts", []), "appointed_from", "appointed_to"),
    }


def _studied_longest(row: Mapping[str, Any]) -> dict[str, Any]:
    awarded = last_day(row["awarded_on"]).isoformat()
    started = first_day(row["started_on"]).isoformat() if row.get("started_on") else None
    return {**row, "awarded_on": awarded, "started_on": started if started and started <= awarded else None}


def _spans(rows: Iterable[Mapping[str, Any]], began: str, ended: str) -> list[dict[str, Any]]:
    found = []
    for row in rows:
        first = last_day(row[began]).isoformat()
        last = first_day(row[ended]).isoformat() if row.get(ended) else None
        if last is None or first <= last:
            found.append({**row, began: first, ended: last})
    return found


def _kind(found: Conclusion, nearest: tuple[str, dt.date] | None) -> str:
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
    nothing_in_sight = not verdict.passed_routes and nearest is None and FAIL not in verdict.gates.values()
    return EXCEPTION if nothing_in_sight and EXCEPTIONAL in verdict.routes else SOON


def _explain(found: Conclusion, nearest: tuple[str, dt.date] | None) -> None:
    verdict = found.verdict
    rows = {row.id: row for row in found.routes}
    if found.kind == MAY_BE_GRANTED:
        found.shown = found.grants[0]
    elif found.kind == EXCEPTION:
        found.shown = rows[EXCEPTIONAL]
    elif verdict.passed_routes:
        found.shown = rows[verdict.passed_routes[0]]
    elif found.kind == SOON and nearest is not None:
        found.shown, found.ready = rows[nearest[0]], nearest[1]
        found.rounded = bool(verdict.facts.imprecise())
    else:
        found.shown = next((row for row in found.routes if row.value == UNKNOWN), None) or _least_short(found.routes)
    if found.kind == SOON:
        found.year, found.lacks = _year(found), _lacks(found)


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
    worked = {int(year) for years in assessed_years(verdict.facts, verdict.rules) for year in years}
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
        short = [f"{figure.what}还差{figure.missing}" for figure in found.shown.figures if figure.short]
        besides = [one for one in found.shown.missing if one not in short]  # a diploma, a job
        years = ("；或者" if found.shown.id in _EITHER else "；").join(short)
        lacks.append(Lack(f"{'；'.join([*besides, *filter(None, [years])])}。", found.shown.clause))
    if found.shown is None:  # no diploma that any clause asks for: the last one asks for the lowest
        lacks.append(Lack(f"{'；'.join(found.routes[-1].missing)}。", found.routes[-1].clause))
    at_work = any(job.engineering and job.full_time and job.ended is None for job in found.verdict.facts.work)
    if found.ready is None and not at_work and not found.verdict.passed_routes:
        lacks.append(Lack("现在没有在从事全职工程技术工作；重新从事后，以前计入的日子接着累计。", "附件三"))
    return lacks
