"""附件《工程技术中、初级资格申报条件》: facts of one person in, an explained verdict out.

findings(decode(line))     # the output line of the interface: verdict, reasons, hash of the input

verdict = judge(parse_facts(json_object))     # the values alone
verdict.verdict, verdict.gates, verdict.routes, verdict.initial
report(verdict)                               # in words
"""

from applications.rules.eligibility.annex_2019 import ANNEX_2019, SHIPPED
from applications.rules.eligibility.explain import NOTICE, Explained, Figure, explain, findings, report
from applications.rules.eligibility.facts import Education, Facts, Post, Work
from applications.rules.eligibility.parsing import FactsError, decode, fingerprint, parse_facts
from applications.rules.eligibility.rule_set import Interpretation, RuleSet, Setting, composed
from applications.rules.eligibility.verdict import Verdict, judge

__all__ = [
    "ANNEX_2019",
    "NOTICE",
    "SHIPPED",
    "Education",
    "Explained",
    "Facts",
    "FactsError",
    "Figure",
    "Interpretation",
    "Post",
    "RuleSet",
    "Setting",
    "Verdict",
    "Work",
    "composed",
    "decode",
    "explain",
    "findings",
    "fingerprint",
    "judge",
    "parse_facts",
    "report",
]
