"""The verdict in sentences: clause, the annex's words, periods counted, what is missing and from when it holds."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from applications.rules.eligibility import gates, interpretations, tenure
from applications.rules.eligibility import vocabulary as words
from applications.rules.eligibility.conditions import EXCEPTIONAL
from applications.rules.eligibility.facts import Facts
from applications.rules.eligibility.field_names import label_of
from applications.rules.eligibility.readings import horizon_of
from applications.rules.eligibility.verdict import RouteResult, Verdict
from jiaxing_titles.reasons import Reason

NOTICE = "本结果为程序预检，不是评审结论。"


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


def earliest(verdict: Verdict, result: RouteResult) -> str | None:
    """The smallest counting day on which the route passes with the facts otherwise unchanged.

    Open jobs and posts are taken to go on. None when there is no such day within 20 years, or while any date
    lacks its day.
    """
    facts, ready = verdict.facts, result.harsh.ready
    if ready is None or facts.imprecise():
        return None
    if facts.applied_on is not None and ready < facts.applied_on:
        ready = facts.applied_on
    return _iso(ready) if ready <= horizon_of(facts.as_of) else None


@dataclass(slots=True)
class Figure:
    """A period as counted up to the counting day, under the harshest and the kindest reading."""

    what: str
    needed: int
    counted: tenure.Tenure
    at_most: tenure.Tenure
    missing: tenure.Tenure

    def as_json(self) -> dict[str, str]:
        """`at_most` only where the kinder reading counts more."""
        row = {"what": self.what, "counted": str(self.counted), "needed": f"{self.needed}年"}
        if self.at_most != self.counted:
            row["at_most"] = str(self.at_most)
        return row

    def __str__(self) -> str:
        if self.missing == tenure.NO_TENURE:
            return f"{self.what}{self.counted}，已满{self.needed}年"
        return f"{self.what}{self.counted}，须满{self.needed}年，还差{self.missing}"


def figures(verdict: Verdict, result: RouteResult) -> list[Figure]:
    """The periods that the route measures; one that only a kinder reading looks at counts from nothing."""
    as_of = verdict.facts.as_of
    kinder = {measure.what: measure for measure in result.kind.measures}
    harsh = {measure.what: measure for measure in result.harsh.measures}
    found = []
    for what, measure in {**kinder, **harsh}.items():
        least = tenure.until(harsh[what].days, as_of) if what in harsh else []
        counted = tenure.measured(least)
        most = kinder.get(what, measure)
        at_most = counted if most is measure and what in harsh else tenure.measured(tenure.until(most.days, as_of))
        found.append(Figure(what, measure.years, counted, at_most, tenure.missing(least, measure.years)))
    return found


def _questions(facts: Facts, key: str, settled: Collection[str]) -> list[str]:
    """What would settle an `unknown`: dates to complete, papers to add, points for 市人力社保局 to interpret."""
    asked = [f"{label_of(path)}请补充到具体日期" for path in facts.imprecise()]
    asked += [interpretations.ASKED[one] for one in interpretations.raised(facts, key) if one not in settled]
    if key.startswith("A-4") and facts.courses_match is None:
        asked.append("请填写所学课程中属于现专业资格系列的门数（三门以上为相近专业）")
    if key.startswith("A-4") and facts.initial_check is None:
        asked.append("请补充初定考核结果")
    return asked


def _route_text(verdict: Verdict, result: RouteResult, counted: list[Figure], ready: str | None) -> str:
    key, as_of = result.condition.id, _iso(verdict.facts.as_of)
    if key == EXCEPTIONAL:
        if result.value == words.REFER:
            return "已提交完整的破格材料，转人工评议，程序不作判断。"
        return "没有完整的破格材料。"
    periods = [str(figure) for figure in counted]
    if result.value == words.MET:
        return f"计算至{as_of}：{'；'.join(periods) or '已具备所列条件'}。"
    if result.value == words.UNKNOWN:
        asked = _questions(verdict.facts, key, dict(verdict.rules.settled_by))
        return f"尚不能确定，不同读法结论不同：{'；'.join(asked)}。"
    parts = [result.kind.lacks, *periods] if result.kind.lacks else periods
    if ready is not None and ready > as_of:
        parts.append(f"如持续在岗，{ready}起满足")
    return f"计算至{as_of}：{'；'.join(parts) or '不具备所列条件'}。"


def _assessment_text(verdict: Verdict) -> str:
    facts = verdict.facts
    worked = sorted(set().union(*gates.assessed_years(facts, verdict.rules)))
    if not worked:
        return "近3年均未在岗，不要求年度考核。"
    shown = [f"{year}年{words.GRADES.get(facts.assessments.get(f'{year:04d}', ''), '缺考核结果')}" for year in worked]
    advice = "请补充缺少的年度考核结果。" if verdict.gates[gates.ASSESSMENT] == words.UNKNOWN else ""
    return f"近3年中有{len(worked)}年在岗：{'、'.join(shown)}。{advice}"


def _education_text(verdict: Verdict) -> str:
    year = tenure.civil(verdict.facts.as_of)[0]
    need = verdict.rules.continuing_education_hours
    hours = verdict.facts.continuing_education.get(f"{year:04d}")
    if hours is None:
        return f"没有{year}年继续教育学时，须不少于{need}学时，请补充。"
    if hours >= need:
        return f"{year}年继续教育{hours}学时，不少于{need}学时。"
    advice = "补充材料已截止。" if verdict.facts.evidence_closed else "请在截止前补足。"
    return f"{year}年继续教育{hours}学时，还差{need - hours}学时；{advice}"


@dataclass(slots=True)
class Explained:
    """One gate or route in words: clause, the annex's text, value, a sentence, the periods, the earliest day."""

    id: str
    clause: str
    words: str
    value: str
    text: str
    figures: list[Figure] = field(default_factory=list)
    earliest: str | None = None

    @property
    def label(self) -> str:
        """符合、不符合、待补充材料…"""
        return words.VALUES[self.value]


def explain(verdict: Verdict) -> list[Explained]:
    """Gates, routes and 初定 routes in the order of the annex."""
    told = {gates.ASSESSMENT: _assessment_text, gates.EDUCATION: _education_text}
    found = [
        Explained(key, gates.CITES[key], gates.WORDS[key], value, told[key](verdict))
        for key, value in verdict.gates.items()
    ]
    for result in (*verdict.routes.values(), *verdict.initial.values()):
        condition, counted, ready = result.condition, figures(verdict, result), earliest(verdict, result)
        text = _route_text(verdict, result, counted, ready)
        text += interpretations.cited(verdict.facts, verdict.rules, condition.id)
        found.append(Explained(condition.id, condition.cite, condition.words, result.value, text, counted, ready))
    return found


def refusals(verdict: Verdict) -> list[Reason]:
    """Why this person is not simply «符合条件», for gate G7; empty when eligible.

    Every gate that fails or is open is named; while no route passes, every route is.
    """
    if verdict.verdict == words.ELIGIBLE:
        return []
    settled = {words.MET, words.NOT_APPLICABLE}
    shown = {key for key, value in verdict.gates.items() if value not in settled}
    if not verdict.passed_routes:
        shown |= set(verdict.routes)
    return [
        Reason(text=row.text, clause=row.clause, rule=row.id, gate="G7") for row in explain(verdict) if row.id in shown
    ]


def report(verdict: Verdict) -> dict[str, Any]:
    """The output line of the contract, with everything that explains it."""
    rows = explain(verdict)
    return {
        "id": verdict.facts.id,
        "verdict": verdict.verdict,
        "gates": verdict.gates,
        "routes": {key: result.value for key, result in verdict.routes.items()},
        "initial": {key: result.value for key, result in verdict.initial.items()},
        "earliest": {row.id: row.earliest for row in rows if row.id in verdict.routes},
        "tenure": {row.id: [figure.as_json() for figure in row.figures] for row in rows if row.figures},
        "reasons": [
            {"id": row.id, "clause": row.clause, "words": row.words, "value": row.value, "text": row.text}
            for row in rows
        ],
        "rule_set": verdict.rules.code,
        "interpretations": dict(verdict.rules.settled_by),
        "notice": NOTICE,
    }
