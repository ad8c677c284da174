"""One person under the annex and the stricter criteria of a plan (F-17): could he apply, and if not, why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from applications.rules.eligibility import Facts, RuleSet, Verdict, judge
from applications.rules.eligibility import vocabulary as words
from applications.rules.eligibility.gates import this_year
from applications.rules.eligibility.readings import ASSISTANT, ENGINEERING, TECHNICIAN
from applications.rules.eligibility.tenure import Days, full_on

_LEVEL_CLAUSE = {"engineer": "附件三、1", "assistant_engineer": "附件三、2"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A required criterion of 评审 with a number in it: `item` of the annex (`A-3.1(3)`) or empty, years or hours."""

    number: int
    kind: str
    item: str = ""
    years: int | None = None
    hours: int | None = None

    @property
    def is_measurable(self) -> bool:
        """Whether it can be judged from the records; everything else is for people."""
        if self.kind == "continuing_education":
            return self.hours is not None
        return self.years is not None and (bool(self.item) or self.kind in ("seniority", "held_title"))


@dataclass(frozen=True, slots=True)
class Obstacle:
    """`open` where a paper or an hour may still remove it."""

    text: str
    clause: str
    open: bool = False


def obstacles(facts: Facts, rules: RuleSet, asked: Sequence[Asked]) -> list[Obstacle]:
    """Nothing for one who could apply. The plan's criteria are asked only where the annex lets him on."""
    verdict = judge(facts, rules)
    found = [*_gates(verdict), *_routes(verdict)]
    if any(not one.open for one in found):
        return found
    return found + _of_plan(verdict, [one for one in asked if one.is_measurable])


def _gates(verdict: Verdict) -> list[Obstacle]:
    found = []
    rules = verdict.rules
    assessed, educated, need = rules.assessment, rules.continuing_education, rules.continuing_education_hours
    told = {
        (assessed.id, words.FAIL): ("近3年年度考核有低于“合格”的", assessed.cite),
        (assessed.id, words.UNKNOWN): ("近3年年度考核缺结果", assessed.cite),
        (educated.id, words.FAIL): (f"当年继续教育不足{need}学时，补充已截止", educated.cite),
        (educated.id, words.PENDING): (f"当年继续教育还不足{need}学时", educated.cite),
        (educated.id, words.UNKNOWN): ("还没有当年继续教育学时", educated.cite),
    }
    for gate, value in verdict.gates.items():
        if (gate, value) in told:
            text, clause = told[gate, value]
            found.append(Obstacle(text, clause, open=value != words.FAIL))
    return found


def _routes(verdict: Verdict) -> list[Obstacle]:
    values = set(verdict.routes.values())
    clause = _LEVEL_CLAUSE[verdict.facts.level]
    if words.MET in values:
        return []
    if words.UNKNOWN in values:
        return [Obstacle("学历、年限要补充材料才能确定", clause, open=True)]
    return [Obstacle("学历、年限不符合其中任何一条", clause)]


def _of_plan(verdict: Verdict, asked: Sequence[Asked]) -> list[Obstacle]:
    facts, history = verdict.facts, verdict.harsh
    posts = history.days(ASSISTANT if facts.level == "engineer" else TECHNICIAN)
    by_kind = {"seniority": history.days(ENGINEERING), "held_title": posts}
    found = []
    for one in asked:
        if one.hours is not None:
            found += _hours(facts, one)
        elif not one.item and not _full(by_kind[one.kind], one.years, facts.as_of):
            found.append(Obstacle(f"方案第{one.number}条：年限不满{one.years}年", "办法五（一）"))
    return found + _stricter_routes(verdict, asked)


def _stricter_routes(verdict: Verdict, asked: Sequence[Asked]) -> list[Obstacle]:
    """Who passes the annex only by routes for which the plan wants more years than he has."""
    years = {one.item: one for one in sorted(asked, key=lambda one: one.years or 0) if one.item}
    blocked: dict[int, Obstacle] = {}
    for key in verdict.passed_routes:
        one = years.get(key)
        spans = _spans(verdict, key)
        if one is None or not spans or any(_full(days, one.years, verdict.facts.as_of) for days in spans):
            return []
        blocked[one.number] = Obstacle(f"方案第{one.number}条：年限不满{one.years}年，附件已满足", "办法五（一）")
    return list(blocked.values())


def _spans(verdict: Verdict, key: str) -> list[Days]:
    route = next(one for one in verdict.rules.routes[verdict.facts.level] if one.id == key)
    return [days for days, _ in route.trace(verdict.harsh).periods.values()]


def _hours(facts: Facts, one: Asked) -> list[Obstacle]:
    hours = facts.continuing_education.get(this_year(facts.as_of))
    if one.hours is None or (hours is not None and hours >= one.hours):
        return []
    return [
        Obstacle(f"方案第{one.number}条：当年继续教育不足{one.hours}学时", "办法五（一）", not facts.evidence_closed)
    ]


def _full(days: Days, years: int | None, as_of: int) -> bool:
    ready = full_on(days, years or 0) if days else None
    return years == 0 or (ready is not None and ready <= as_of)
