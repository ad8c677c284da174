"""附件一 and 二: the annual assessments of the last three years, and the continuing education of this year."""

from functools import lru_cache

from applications.rules.eligibility.facts import Facts
from applications.rules.eligibility.rule_set import RuleSet
from applications.rules.eligibility.tenure import Interval, civil, year_bounds
from applications.rules.eligibility.vocabulary import FAIL, MET, NOT_APPLICABLE, PENDING, SUFFICIENT_GRADES, UNKNOWN

Years = tuple[str, ...]  # as the facts write them, in order


@lru_cache(maxsize=1_024)
def this_year(as_of: int) -> str:
    """Year Y, as the tables of the facts write it."""
    return f"{civil(as_of)[0]:04d}"


@lru_cache(maxsize=1_024)
def _last_years(as_of: int, count: int) -> tuple[tuple[Interval, ...], tuple[Years, ...]]:
    """The first and last day of each, and every choice of them: by the sum of 1, 2, 4… for the first, second, third."""
    year = civil(as_of)[0]
    years = range(year - count, year)
    choices = (tuple(f"{year:04d}" for bit, year in enumerate(years) if sum_ >> bit & 1) for sum_ in range(1 << count))
    return tuple(year_bounds(year) for year in years), tuple(choices)


def assessed_years(facts: Facts, rules: RuleSet) -> set[Years]:
    """Which of the last years were worked, once for each way the dates may be read.

    Here more days of work are harsher, not kinder, and two records may differ in opposite ways; so all
    readings are followed.
    """
    bounds, choices = _last_years(facts.as_of, rules.assessed_years)
    earliest, latest = bounds[0][0], bounds[-1][1]
    certain, possible = 0, {0}
    for began, ended, _, _, _, _ in facts.work:
        if ended is None:
            ended = (facts.as_of, facts.as_of)
        if ended[1] < earliest or began[0] > latest:
            continue
        if began[1] <= earliest and ended[0] >= latest:  # every reading covers all of them
            return {choices[-1]}
        if began[0] == began[1] and ended[0] == ended[1]:
            certain |= _years_of(began[0], ended[0], bounds)
        else:
            readings = {_years_of(begin, end, bounds) for begin in began for end in ended}
            possible = {worked | more for worked in possible for more in readings}
    return {choices[certain | worked] for worked in possible}


def _years_of(begin: int, end: int, bounds: tuple[Interval, ...]) -> int:
    years, bit = 0, 1
    for first, last in bounds:
        if begin <= last and end >= first and begin <= end:
            years |= bit
        bit <<= 1
    return years


def jobs_within(facts: Facts, rules: RuleSet) -> list[int]:
    """The rows of `work` that some reading puts into the last years."""
    bounds, _ = _last_years(facts.as_of, rules.assessed_years)
    return [
        number
        for number, job in enumerate(facts.work)
        if job.began[0] <= bounds[-1][1] and (job.ended is None or job.ended[1] >= bounds[0][0])
    ]


def _assessment_of(years: Years, grades: dict[str, str]) -> str:
    value = MET if years else NOT_APPLICABLE
    for year in years:
        grade = grades.get(year)
        if grade is None:
            value = UNKNOWN
        elif grade not in SUFFICIENT_GRADES:
            return FAIL
    return value


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
    hours = facts.continuing_education.get(this_year(facts.as_of))
    if hours is not None and hours >= rules.continuing_education_hours:
        return MET
    if facts.evidence_closed:
        return FAIL
    return UNKNOWN if hours is None else PENDING


def gates(facts: Facts, rules: RuleSet) -> dict[str, str]:
    """The gates that the level applied for has, by id."""
    found = {rules.assessment.id: assessment(facts, rules)}
    if facts.level in rules.continuing_education_for:
        found[rules.continuing_education.id] = continuing_education(facts, rules)
    return found
