"""The verdict in sentences: clause, the annex's words, periods counted, what is missing and from when it holds."""

from datetime import date
from typing import Any

from applications.rules.eligibility import gates, tenure
from applications.rules.eligibility import vocabulary as words
from applications.rules.eligibility.conditions import EXCEPTIONAL, Measure, Outcome
from applications.rules.eligibility.facts import Facts
from applications.rules.eligibility.field_names import named
from applications.rules.eligibility.rule_set import HORIZON_YEARS
from applications.rules.eligibility.verdict import RouteResult, Verdict
from jiaxing_titles.reasons import Reason

NOTICE = "本结果为程序预检，不是评审结论。"
_POST_ROUTES = ("A-3.2(2)", "A-3.2(3)")


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
    if facts.applied_on is not None:
        ready = max(ready, facts.applied_on)
    horizon = min(tenure.anniversary(facts.as_of, HORIZON_YEARS), tenure.LAST_DAY)
    return _iso(ready) if ready <= horizon else None


def _counted(measure: Measure, as_of: int) -> tenure.Tenure:
    return tenure.measured(tenure.until(measure.days, as_of))


def measures(verdict: Verdict, result: RouteResult) -> list[dict[str, Any]]:
    """The periods of the route on the counting day; `at_most` where a kinder reading counts more."""
    as_of = verdict.facts.as_of
    kinder = {measure.what: measure for measure in result.kind.measures}
    found: list[dict[str, Any]] = []
    for measure in result.harsh.measures or result.kind.measures:
        known = measure in result.harsh.measures
        counted = _counted(measure, as_of) if known else tenure.NO_TENURE
        row = {"what": measure.what, "counted": str(counted), "needed": f"{measure.years}年"}
        most = _counted(kinder.get(measure.what, measure), as_of)
        if most != counted:
            row["at_most"] = str(most)
        found.append(row)
    return found


def _periods(outcome: Outcome, as_of: int) -> list[str]:
    return [
        f"{m.what}{_counted(m, as_of)}，{'已满' if reached is not None and reached <= as_of else '须满'}{m.years}年"
        for m in outcome.measures
        for reached in (tenure.full_on(m.days, m.years),)
    ]


def _lacking(outcome: Outcome, as_of: int) -> list[str]:
    found = []
    for measure in outcome.measures:
        lack = tenure.missing(tenure.until(measure.days, as_of), measure.years)
        if lack != tenure.NO_TENURE:
            found.append(f"“{measure.what}”还差{lack}")
    return found


def _questions(facts: Facts, key: str) -> list[str]:
    """What would settle an `unknown`: dates to complete, papers to add, points for 市人力社保局 to interpret."""
    asked = [f"{named(path)}请补充到具体日期" for path in facts.imprecise()]
    if key != "A-3.1(2)" and any(record.award == "degree" for record in facts.education):
        asked.append("只有学位、没有学历证书的，请补充毕业证书，或由市人力社保局认定是否视同学历")
    if key in _POST_ROUTES and any(post.title == "technician" for post in facts.posts):
        asked.append("毕业前（含毕业当日）担任技术员的年限是否计入，附件没有写明，由市人力社保局解释")
    if key == "A-3.1(2)":
        asked.append("取得学历或学位后满2年但不属本专业或相近专业的，是否符合，附件没有写明，由市人力社保局解释")
    if key.startswith("A-4") and facts.courses_match is None:
        asked.append("请填写所学课程中属于现专业资格系列的门数（三门以上为相近专业）")
    if key.startswith("A-4") and facts.initial_check is None:
        asked.append("请补充初定考核结果")
    return asked


def _route_text(verdict: Verdict, key: str, result: RouteResult) -> str:
    as_of = verdict.facts.as_of
    if key == EXCEPTIONAL:
        if result.value == words.REFER:
            return "已提交完整的破格材料，转人工评议，程序不作判断。"
        return "没有完整的破格材料。"
    if result.value == words.PASS:
        shown = _periods(result.harsh, as_of) or ["已具备所列条件"]
        return f"计算至{_iso(as_of)}：{'；'.join(shown)}。"
    if result.value == words.UNKNOWN:
        return f"不同读法结果不同，尚不能确定：{'；'.join(_questions(verdict.facts, key))}。"
    parts = [result.kind.lacks] if result.kind.lacks else []
    parts += _lacking(result.kind, as_of)
    when = earliest(verdict, result)
    if when is not None and when > _iso(as_of):
        parts.append(f"如持续在岗，{when}起满足")
    return f"计算至{_iso(as_of)}：{'；'.join(parts) or '不具备所列条件'}。"


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


def _row(key: str, clause: str, annex: str, value: str, text: str) -> dict[str, str]:
    return {"id": key, "clause": clause, "words": annex, "value": value, "text": text}


def reasons(verdict: Verdict) -> list[dict[str, str]]:
    """One row a gate and route, in the order of the annex: id, clause, words, value, text (a Chinese sentence)."""
    told = {gates.ASSESSMENT: _assessment_text, gates.EDUCATION: _education_text}
    found = [_row(key, gates.CITES[key], gates.WORDS[key], value, told[key](verdict)) for key, value in verdict.gates.items()]
    for key, result in (*verdict.routes.items(), *verdict.initial.items()):
        condition = result.condition
        found.append(_row(key, condition.cite, condition.words, result.value, _route_text(verdict, key, result)))
    return found


def refusals(verdict: Verdict) -> list[Reason]:
    """Why this person is not simply «符合条件», for the gates of the procedure; empty when eligible.

    A gate that fails or is open is named; without a route that passes, every route is.
    """
    if verdict.verdict == words.ELIGIBLE:
        return []
    settled = {words.PASS, words.NOT_APPLICABLE}
    open_gates = {key for key, value in verdict.gates.items() if value not in settled}
    shown = open_gates if verdict.passed_routes else open_gates | set(verdict.routes)
    return [
        Reason(text=row["text"], clause=row["clause"], rule=row["id"], gate="G7", remedy="")
        for row in reasons(verdict)
        if row["id"] in shown
    ]


def report(verdict: Verdict) -> dict[str, Any]:
    """The output line of the contract, with everything that explains it."""
    results = {**verdict.routes, **verdict.initial}
    return {
        "id": verdict.facts.id,
        "verdict": verdict.verdict,
        "gates": verdict.gates,
        "routes": {key: result.value for key, result in verdict.routes.items()},
        "initial": {key: result.value for key, result in verdict.initial.items()},
        "earliest": {key: earliest(verdict, result) for key, result in verdict.routes.items()},
        "tenure": {key: rows for key, result in results.items() if (rows := measures(verdict, result))},
        "reasons": reasons(verdict),
        "rule_set": verdict.rules.code,
        "notice": NOTICE,
    }
