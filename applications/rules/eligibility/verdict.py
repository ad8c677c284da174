"""From gates and routes to the verdict (contract, «Verdict»)."""

from dataclasses import dataclass

from applications.rules.eligibility import vocabulary as words
from applications.rules.eligibility.annex_2019 import ANNEX_2019
from applications.rules.eligibility.conditions import Route
from applications.rules.eligibility.facts import Facts
from applications.rules.eligibility.gates import gates
from applications.rules.eligibility.readings import Reading, readings
from applications.rules.eligibility.rule_set import RuleSet


@dataclass(slots=True)
class Verdict:
    """The answer for one person: values by id, and the two readings from which they follow (see `explain`)."""

    facts: Facts
    rules: RuleSet
    verdict: str
    gates: dict[str, str]
    routes: dict[str, str]
    initial: dict[str, str]
    harsh: Reading
    kind: Reading

    @property
    def label(self) -> str:
        """符合条件、不符合条件、待补证 or 转人工（破格）."""
        return words.VERDICTS[self.verdict]

    def may_differ(self, route: Route) -> bool:
        """Whether the kindest reading looks at the route in another way than the harshest."""
        return route.open or _differ(self.harsh, self.kind, initial=route.id in self.initial)

    @property
    def passed_routes(self) -> list[str]:
        """The ids of the routes that pass, in the order of the annex."""
        return [key for key, value in self.routes.items() if value == words.MET]


def _differ(harsh: Reading, kind: Reading, *, initial: bool) -> bool:
    """Whether the facts, not the annex, leave two readings; 初定 also asks for courses and 考核."""
    if kind.history is not harsh.history:
        return True
    return initial and (harsh.near != kind.near or harsh.initial_check != kind.initial_check)


def _values(routes: tuple[Route, ...], harsh: Reading, kind: Reading, *, initial: bool) -> dict[str, str]:
    differ = _differ(harsh, kind, initial=initial)
    found = {}
    for route in routes:
        if route.refers:
            value = words.REFER if harsh.facts.exceptional_file else words.FAIL
        elif route.holds(harsh):  # a kinder reading cannot take it away
            value = words.MET
        elif (differ or route.open) and route.holds(kind):
            value = words.UNKNOWN
        else:
            value = words.FAIL
        found[route.id] = value
    return found


def _decide(gate_values: dict[str, str], route_values: dict[str, str]) -> str:
    asked, found = gate_values.values(), route_values.values()
    if words.FAIL in asked:
        return words.NOT_ELIGIBLE
    if words.MET in found:
        settled = all(value in (words.MET, words.NOT_APPLICABLE) for value in asked)
        return words.ELIGIBLE if settled else words.NEEDS_EVIDENCE
    if words.UNKNOWN in found:
        return words.NEEDS_EVIDENCE
    return words.REFER if words.REFER in found else words.NOT_ELIGIBLE


def judge(facts: Facts, rules: RuleSet = ANNEX_2019) -> Verdict:
    """Checks one person's facts against the annex.

    What is unknown is judged under its kindest and its harshest reading; where they differ the value is
    `unknown`. `initial` (初定) never enters the verdict: a person confirms it. 破格 gives `refer`.
    """
    harsh, kind = readings(facts, rules)
    gate_values = gates(facts, rules)
    routes = _values(rules.routes[facts.level], harsh, kind, initial=False)
    initial = _values(rules.initial[facts.level], harsh, kind, initial=True)
    return Verdict(facts, rules, _decide(gate_values, routes), gate_values, routes, initial, harsh, kind)
