"""附件《工程技术中、初级资格申报条件》: facts of one person in, an explained verdict out.

verdict = judge(parse_facts(json_object))
verdict.verdict, verdict.gates, verdict.routes, verdict.initial
report(verdict)      # the output line of the interface
refusals(verdict)    # Reasons for gate G7
"""

from applications.rules.eligibility.explain import NOTICE, Explained, Figure, earliest, explain, refusals, report
from applications.rules.eligibility.facts import Education, Facts, Post, Work
from applications.rules.eligibility.parsing import FactsError, decode, parse_facts
from applications.rules.eligibility.rule_set import ANNEX_2019, SHIPPED, RuleSet, composed
from applications.rules.eligibility.verdict import RouteResult, Verdict, judge

__all__ = [
    "ANNEX_2019",
    "NOTICE",
    "SHIPPED",
    "Education",
    "Explained",
    "Facts",
    "FactsError",
    "Figure",
    "Post",
    "RouteResult",
    "RuleSet",
    "Verdict",
    "Work",
    "composed",
    "decode",
    "earliest",
    "explain",
    "judge",
    "parse_facts",
    "refusals",
    "report",
]
