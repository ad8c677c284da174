"""The verdict in sentences: clause, the annex's words, what was counted, what is missing and from when it holds."""

from dataclasses import dataclass, field
from typing import Any

from applications.rules.eligibility import gates, tenure
from applications.rules.eligibility import vocabulary as words
from applications.rules.eligibility.annex_2019 import ANNEX_2019
from applications.rules.eligibility.conditions import Clause, Route
from applications.rules.eligibility.field_names import label_of
from applications.rules.eligibility.parsing import fingerprint, parse_facts
from applications.rules.eligibility.readings import DEGREE_AS_DIPLOMA, horizon_of
from applications.rules.eligibility.rule_set import RuleSet, Setting
from applications.rules.eligibility.trace import Row, Trace
from applications.rules.eligibility.verdict import Verdict, judge
from applications.rules.eligibility.wording import in_chinese, in_words, iso, path_of

ENGINE = 4
"""Raised whenever the same facts may get another value or another text than before."""

NOTICE = "本结果为程序预检，不是评审结论。"


def _ready(verdict: Verdict, route: Route) -> int | None:
    """The smallest counting day on which the route passes with the facts otherwise unchanged.

    Open jobs and posts are taken to go on. None when there is no such day within 20 years, or while any date lacks
    its day.
    """
    if verdict.facts.imprecise():
        return None
    ready = route.ready(verdict.harsh)
    return ready if ready <= horizon_of(verdict.facts.as_of) else None


@dataclass(slots=True)
class Figure:
    """A period as counted up to the counting day, under the harshest and the kindest reading."""

    what: str
    needed: int
    counted: tenure.Tenure
    at_most: tenure.Tenure
    missing: tenure.Tenure

    @property
    def short(self) -> bool:
        """Whether the harshest reading has not got the years together."""
        return self.missing != tenure.NO_TENURE

    def as_json(self) -> dict[str, str]:
        """`at_most` only where the kinder reading counts more, `missing` only where something is."""
        row = {"what": self.what, "counted": str(self.counted), "needed": f"{self.needed}年"}
        if self.at_most != self.counted:
            row["at_most"] = str(self.at_most)
        if self.short:
            row["missing"] = str(self.missing)
        return row

    def __str__(self) -> str:
        if self.at_most == tenure.NO_TENURE:
            return f"没有{self.what}的记录，须满{self.needed}年"
        counted = str(self.counted) if self.at_most == self.counted else f"{self.counted}至{self.at_most}"
        if self.short:
            return f"{self.what}{counted}，须满{self.needed}年，还差{self.missing}"
        return f"{self.what}{counted}，已满{self.needed}年"


def figures(harsh: Trace, kind: Trace) -> list[Figure]:
    """The periods that the route measures.

    One that only a kinder reading looks at counts from nothing, unless an open point alone keeps the harsher from it:
    the time is there, whatever is answered.
    """
    found = []
    for what, (most, years) in (kind.periods | harsh.periods).items():
        least = harsh.periods[what][0] if what in harsh.periods else harsh.left_out.get(what, [])
        counted = tenure.measured(least)
        most = kind.periods[what][0] if what in kind.periods else most
        at_most = counted if most == least else tenure.measured(most)
        found.append(Figure(what, years, counted, at_most, tenure.missing(least, years)))
    return found


@dataclass(slots=True)
class Explained:
    """One gate or route in words.

    Clause, the annex's text, value, a sentence, the periods, the earliest day; `missing` in words, the paths of the
    facts used, and the names of the settings it rests on (`settings_of` tells them).
    """

    id: str
    clause: str
    words: str
    value: str
    text: str
    figures: list[Figure] = field(default_factory=list)
    earliest: str | None = None
    missing: list[str] = field(default_factory=list)
    facts: list[Row] = field(default_factory=list)
    settings: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        """符合、不符合、待补充材料…"""
        return words.VALUES[self.value]


def _questions(verdict: Verdict, route: Route, rows: list[Row], settings: list[str]) -> list[str]:
    """What would settle an `unknown`: dates to complete, papers to add, points for 市人力社保局 to interpret."""
    facts, rules = verdict.facts, verdict.rules
    used = {path_of(row) for row in rows}
    asked = [f"{label_of(path)}请补充到具体日期" for path in facts.imprecise() if path.partition(".")[0] in used]
    for point in settings:
        if point in rules.open_points and rules.interpretation(point) is None:
            asked.append(f"{rules.open_points[point]}，附件没有写明，由市人力社保局解释")
        if point == DEGREE_AS_DIPLOMA:
            asked.append("有毕业证书的请补充")
        if point == "matching_courses" and facts.courses_match is None:
            asked.append("请填写所学课程中属于现专业资格系列的门数（三门以上为相近专业）")
    if route in rules.initial[facts.level] and facts.initial_check is None:
        asked.append("请补充初定考核结果")
    return asked


def _exceptional(route: Route, value: str) -> Explained:
    found = Explained(route.id, route.cite, route.words, value, "没有完整的破格材料。")
    if value == words.REFER:
        found.text = "已提交完整的破格材料，转人工评议，程序不作判断。"
    else:
        found.missing.append("完整的破格材料")
    return found


def _route(verdict: Verdict, route: Route, value: str) -> Explained:
    if route.refers:
        return _exceptional(route, value)
    harsh = kind = route.trace(verdict.harsh)
    if value != words.MET and verdict.may_differ(route):
        kind = route.trace(verdict.kind)
    counted, ready = figures(harsh, kind), _ready(verdict, route)
    rows, settings = list(harsh.rows | kind.rows), list(harsh.settings | kind.settings)
    told, missing = [str(figure) for figure in counted], []
    if value == words.FAIL:
        missing = [*kind.lacks, *(f"{one.what}还差{one.missing}" for one in counted if one.short)]
        told = [*kind.lacks, *told]
        if ready is not None and ready > verdict.facts.as_of:
            told.append(f"如持续在岗，{in_chinese(ready)}起满足")
    elif value == words.UNKNOWN:
        missing = _questions(verdict, route, rows, settings)
        told.append(f"尚不能确定，不同读法结论不同：{'；'.join(missing)}")
    nothing = "已具备所列条件" if value == words.MET else "不具备所列条件"
    text = f"计算至{in_chinese(verdict.facts.as_of)}：{'；'.join(told) or nothing}。{_cited(verdict.rules, settings)}"
    day = None if ready is None else iso(ready)
    return Explained(route.id, route.cite, route.words, value, text, counted, day, missing, rows, settings)


def _cited(rules: RuleSet, settings: list[str]) -> str:
    """`（依嘉人社释〔2026〕1号：…）` for each open point of these that has been settled."""
    answered = [(point, found) for point, found in rules.settled().items() if point in settings]
    return "".join(
        f"（依{found.document}：{rules.open_points[point]}——{'是' if found.holds else '否'}。）"
        for point, found in answered
    )


def _assessment(verdict: Verdict, clause: Clause, value: str) -> Explained:
    facts = verdict.facts
    worked = sorted(set().union(*gates.assessed_years(facts, verdict.rules)))
    missing = [f"{year}年度考核结果" for year in worked if year not in facts.assessments]
    missing += [
        f"{year}年度考核合格以上等次"
        for year in worked
        if facts.assessments.get(year, "qualified") not in words.SUFFICIENT_GRADES
    ]
    text = "近3年均未在岗，不要求年度考核。"
    if worked:
        grades = [words.GRADES.get(facts.assessments.get(year, ""), "缺考核结果") for year in worked]
        shown = "、".join(f"{int(year)}年{grade}" for year, grade in zip(worked, grades, strict=True))
        advice = "请补充缺少的年度考核结果。" if value == words.UNKNOWN else ""
        text = f"近3年中有{len(worked)}年在岗：{shown}。{advice}"
    used: list[Row] = [("work", number) for number in gates.jobs_within(facts, verdict.rules)]
    used += [("assessments", year) for year in worked if year in facts.assessments]
    settings = ["sufficient_grades", "worked_years"]
    return Explained(clause.id, clause.cite, clause.words, value, text, missing=missing, facts=used, settings=settings)


def _continuing_education(verdict: Verdict, clause: Clause, value: str) -> Explained:
    facts, need, year = verdict.facts, verdict.rules.continuing_education_hours, gates.this_year(verdict.facts.as_of)
    hours, number = facts.continuing_education.get(year), int(year)
    missing = [] if value == words.MET else [f"{number}年继续教育{need - (hours or 0)}学时"]
    if hours is None:
        text = f"没有{number}年继续教育学时，须不少于{need}学时，请补充。"
    elif hours >= need:
        text = f"{number}年继续教育{hours}学时，不少于{need}学时。"
    else:
        advice = "补充材料已截止。" if facts.evidence_closed else "请在截止前补足。"
        text = f"{number}年继续教育{hours}学时，还差{need - hours}学时；{advice}"
    used: list[Row] = [] if hours is None else [("continuing_education", year)]
    settings = ["hours_of_the_year"]
    return Explained(clause.id, clause.cite, clause.words, value, text, missing=missing, facts=used, settings=settings)


def explain(verdict: Verdict) -> list[Explained]:
    """Gates, routes and 初定 routes in the order of the annex."""
    rules, level = verdict.rules, verdict.facts.level
    found = [_assessment(verdict, rules.assessment, verdict.gates[rules.assessment.id])]
    hours = rules.continuing_education
    if hours.id in verdict.gates:
        found.append(_continuing_education(verdict, hours, verdict.gates[hours.id]))
    found += [_route(verdict, route, verdict.routes[route.id]) for route in rules.routes[level]]
    found += [_route(verdict, route, verdict.initial[route.id]) for route in rules.initial[level]]
    return found


def settings_of(rules: RuleSet, names: list[str]) -> dict[str, Setting]:
    """The settings of those names; an open point says whether and by which document it has been settled."""
    return {name: rules.settings.get(name) or _point(rules, name) for name in names}


def _point(rules: RuleSet, name: str) -> Setting:
    settled = rules.interpretation(name)
    if settled is None:
        return Setting(f"{rules.open_points[name]}：没有解释，两种读法都计算", "附件没有写明")
    return Setting(f"{rules.open_points[name]}：{'是' if settled.holds else '否'}", settled.document)


def report(verdict: Verdict) -> dict[str, Any]:
    """The output line of the contract, with everything that explains it."""
    rows, rules, facts = explain(verdict), verdict.rules, verdict.facts
    used = sorted({place for row in rows for place in row.facts}, key=lambda place: (place[0], str(place[1]).zfill(9)))
    named = list(dict.fromkeys(name for row in rows for name in row.settings))
    return {
        "id": facts.id,
        "verdict": verdict.verdict,
        "gates": verdict.gates,
        "routes": verdict.routes,
        "initial": verdict.initial,
        "earliest": {row.id: row.earliest for row in rows if row.id in verdict.routes},
        "tenure": {row.id: [figure.as_json() for figure in row.figures] for row in rows if row.figures},
        "reasons": [
            {
                "id": row.id,
                "clause": row.clause,
                "words": row.words,
                "value": row.value,
                "text": row.text,
                "missing": row.missing,
                "facts": [path_of(place) for place in row.facts],
                "settings": row.settings,
            }
            for row in rows
        ],
        "facts": {path_of(place): in_words(facts, place) for place in used},
        "settings": {
            name: {"text": setting.text, "ground": setting.ground}
            for name, setting in settings_of(rules, named).items()
        },
        "as_of": iso(facts.as_of),
        "rule_set": rules.code,
        "rule_set_version": rules.version,
        "interpretations": {point: found.document for point, found in rules.settled().items()},
        "engine": ENGINE,
        "notice": NOTICE,
    }


def findings(value: object, rules: RuleSet = ANNEX_2019) -> dict[str, Any]:
    """The whole answer to decoded facts: `report` with the hash of what was put in.

    Raises FactsError (see `parse_facts`).
    """
    facts = parse_facts(value)
    return {**report(judge(facts, rules)), "input_hash": fingerprint(value)}
