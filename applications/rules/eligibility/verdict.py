"""From gates and routes to the verdict (contract, «Verdict»)."""

from dataclasses import dataclass

from applications.rules.eligibility import vocabulary as words
from applications.rules.eligibility.conditions import EXCEPTIONAL, INITIAL, ROUTES, Condition, Outcome
from applications.rules.eligibility.facts import Facts
from applications.rules.eligibility.gates import gates
from applications.rules.eligibility.readings import Reading, readings
from applications.rules.eligibility.rule_set import ANNEX_2019, RuleSet


@dataclass(slots=True)
class RouteResult:
    """One route under the harshest and the kindest reading, and the value that follows."""

    condition: Condition
    value: str
    harsh: Outcome
    kind: Outcome


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer for one person, with all that is needed to explain it (see `explain`)."""

    facts: Facts
    rules: RuleSet
    verdict: str
    gates: dict[str, str]
    routes: dict[str, RouteResult]
    initial: dict[str, RouteResult]

    @property
    def label(self) -> str:
        """符合条件、不符合条件、待补证 or 转人工（破格）."""
        return words.VERDICTS[self.verdict]

    @property
    def passed_routes(self) -> list[str]:
        """The ids of the routes that pass, in the order of the annex."""
        return [key for key, result in self.routes.items() if result.value == words.MET]


def _result(condition: Condition, harsh: Reading, kind: Reading) -> RouteResult:
    hard = condition.decide(harsh)
    if hard.holds:  # a kinder reading cannot take it away
        return RouteResult(condition, words.MET, hard, hard)
    if kind.history is harsh.history and not condition.open:
        return RouteResult(condition, words.FAIL, hard, hard)
    soft = condition.decide(kind)
    return RouteResult(condition, words.UNKNOWN if soft.holds else words.FAIL, hard, soft)


def _decide(gate_values: dict[str, str], route_values: set[str]) -> str:
    passed_gates = set(gate_values.values())
    if words.FAIL in passed_gates:
        return words.NOT_ELIGIBLE
    if words.MET in route_values and passed_gates <= {words.MET, words.NOT_APPLICABLE}:
        return words.ELIGIBLE
    if words.MET in route_values or words.UNKNOWN in route_values:
        return words.NEEDS_EVIDENCE
    return words.REFER if words.REFER in route_values else words.NOT_ELIGIBLE


def judge(facts: Facts, rules: RuleSet = ANNEX_2019) -> Verdict:
    """Checks one person's facts against the annex.

    What is unknown is judged under its kindest and its harshest reading; where they differ the value is
    `unknown`. `initial` (初定) never enters the verdict: a person confirms it. 破格 gives `refer`.
    """
    harsh, kind = readings(facts, rules)
    routes = {c.id: _result(c, harsh, kind) for c in ROUTES[facts.level]}
    if facts.exceptional_file and EXCEPTIONAL in routes:
        found = routes[EXCEPTIONAL]
        routes[EXCEPTIONAL] = RouteResult(found.condition, words.REFER, found.harsh, found.kind)
    gate_values = gates(facts, rules)
    return Verdict(
        facts=facts,
        rules=rules,
        verdict=_decide(gate_values, {result.value for result in routes.values()}),
        gates=gate_values,
        routes=routes,
        initial={c.id: _result(c, harsh, kind) for c in INITIAL[facts.level]},
    )
