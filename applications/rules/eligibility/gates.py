"""附件一 and 二: the annual assessments of the last three years, and the continuing education of this year."""

from applications.rules.eligibility.facts import Facts
from applications.rules.eligibility.rule_set import RuleSet
from applications.rules.eligibility.tenure import civil, year_bounds
from applications.rules.eligibility.vocabulary import FAIL, MET, NOT_APPLICABLE, PENDING, SUFFICIENT_GRADES, UNKNOWN

ASSESSMENT, EDUCATION = "A-1", "A-2"
CITES = {ASSESSMENT: "附件一", EDUCATION: "附件二"}
WORDS = {
    ASSESSMENT: "申报工程师、助理工程师资格的，近3年的年度考核应为“合格”以上等次",
    EDUCATION: "申报工程师资格的，申报当年必须接受继续教育并取得不少于90学时",
}
Years = frozenset[int]


def assessed_years(facts: Facts, rules: RuleSet) -> set[Years]:
    """Which of the last years were worked, once for each way the dates may be read.

    Here more days of work are harsher, not kinder, and two records may differ in opposite ways; so all
    readings are followed, as sets of years.
    """
    this_year = civil(facts.as_of)[0]
    years = range(this_year - rules.assessed_years, this_year)
    spans = [(year, *year_bounds(year)) for year in years]
    earliest, latest = spans[0][1], spans[-1][2]
    possible: set[Years] = {frozenset()}
    for job in facts.work:
        ended = (facts.as_of, facts.as_of) if job.ended is None else job.ended
        if ended[1] < earliest or job.began[0] > latest:
            continue
        if job.began[1] <= earliest and ended[0] >= latest:  # every reading covers all of them
            return {frozenset(years)}
        readings = {
            frozenset(year for year, first, last in spans if begin <= end and begin <= last and end >= first)
            for begin in set(job.began)
            for end in set(ended)
        }
        possible = {worked | more for worked in possible for more in readings}
    return possible


def _assessment_of(years: Years, grades: dict[str, str]) -> str:
    found = [grades.get(f"{year:04d}") for year in years]
    if any(grade is not None and grade not in SUFFICIENT_GRADES for grade in found):
        return FAIL
    if None in found:
        return UNKNOWN
    return MET if found else NOT_APPLICABLE


def assessment(facts: Facts, rules: RuleSet) -> str:
    """A-1: every worked year of the last three is 合格 or better; a year not worked is not asked for."""
    return agreed({_assessment_of(years, facts.assessments) for years in assessed_years(facts, rules)})


def agreed(values: set[str]) -> str:
    """The one value of all readings; pass together with not_applicable is pass, anything else unknown."""
    if len(values) == 1:
        return next(iter(values))
    return MET if values == {MET, NOT_APPLICABLE} else UNKNOWN


def continuing_education(facts: Facts, rules: RuleSet) -> str:
    """A-2: the hours of the year, never rounded; fewer are a failure only once the evidence window is over."""
    hours = facts.continuing_education.get(f"{civil(facts.as_of)[0]:04d}")
    if hours is not None and hours >= rules.continuing_education_hours:
        return MET
    if facts.evidence_closed:
        return FAIL
    return UNKNOWN if hours is None else PENDING


def gates(facts: Facts, rules: RuleSet) -> dict[str, str]:
    """The gates that the level applied for has, by id."""
    found = {ASSESSMENT: assessment(facts, rules)}
    if facts.level == "engineer":
        found[EDUCATION] = continuing_education(facts, rules)
    return found
