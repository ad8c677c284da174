"""One reading of the facts: every open date fixed to a day, every open question answered.

All routes only gain from more days of work, earlier graduation and kinder answers, so two readings decide:
the kindest and the harshest. (Gate A-1 does not: there more days of work ask for more assessments; see `gates`.)
"""

from collections.abc import Callable
from dataclasses import dataclass

from applications.rules.eligibility import tenure
from applications.rules.eligibility.facts import Facts, Post, When
from applications.rules.eligibility.rule_set import HORIZON_YEARS, RuleSet
from applications.rules.eligibility.tenure import Days
from applications.rules.eligibility.vocabulary import RANK

_LEVELS = len(RANK)
Graduations = tuple[int | None, ...]  # by rank: the earliest day of a record of that level or higher


@dataclass(frozen=True, slots=True)
class Reading:
    """What the conditions look at. Days run on beyond `as_of` up to the horizon, open jobs and posts going on.

    A condition holds on a counting day when the day on which it is reached is not later, so one evaluation
    gives both the answer for `as_of` and the earliest day.
    """

    as_of: int
    applied_on: int | None
    engineering: Days
    related: Days
    near: Days
    technician: Days
    assistant: Days
    diploma: Graduations
    any_award: Graduations
    initial_study: Graduations
    doctor_degree: int | None
    initial_check: bool
    posts_before_graduation_count: bool
    any_speciality_after_degree: bool

    def by(self, day: int | None) -> bool:
        """Whether something reached on `day` (None: never) holds on the counting day."""
        return day is not None and day <= self.as_of

    def applies_in(self, days: Days) -> bool:
        """Whether the day on which 从事工程技术工作 must hold is one of the days."""
        day = self.as_of if self.applied_on is None else self.applied_on
        return tenure.contains(days, day)


def _first(when: When) -> int:
    return when[0]


def _last(when: When) -> int:
    return when[1]


def _by_rank(found: list[tuple[int, int]]) -> Graduations:
    earliest: list[int | None] = [None] * _LEVELS
    for rank, day in found:
        for lower in range(rank + 1):
            known = earliest[lower]
            if known is None or day < known:
                earliest[lower] = day
    return tuple(earliest)


def _post_days(
    posts: list[Post], begin: Callable[[When], int], end: Callable[[When], int], horizon: int
) -> Days:
    spans = [(begin(post.began), horizon if post.ended is None else end(post.ended)) for post in posts]
    return tenure.until(tenure.union(spans), horizon)


def _work_days(
    facts: Facts, begin: Callable[[When], int], end: Callable[[When], int], horizon: int, courses_suffice: bool
) -> tuple[Days, Days, Days]:
    """E, rel(E) and near(E) of the contract, up to the horizon."""
    jobs = [
        (begin(job.began), horizon if job.ended is None else end(job.ended), job.relation)
        for job in facts.work
        if job.engineering and job.full_time
    ]
    # Study ends when the record was awarded: the later the award, the fewer days of work are left.
    study = tenure.union(
        (end(record.started_on), begin(record.awarded_on))
        for record in facts.education
        if record.mode == "full_time" and record.started_on
    )

    def days(relations: tuple[str, ...]) -> Days:
        spans = tenure.union((first, last) for first, last, relation in jobs if relation in relations)
        return tenure.until(tenure.subtract(spans, study) if study else spans, horizon)

    engineering = days(("same", "related", "other"))
    relations = {relation for _, _, relation in jobs}
    related = days(("same", "related")) if "other" in relations else engineering
    near = related if courses_suffice or "related" not in relations else days(("same",))
    return engineering, related, near


def read(facts: Facts, rules: RuleSet, *, kind: bool) -> Reading:
    """The kindest or the harshest reading that the facts and the rule set leave open."""
    begin, end = (_first, _last) if kind else (_last, _first)
    horizon = min(tenure.anniversary(facts.as_of, HORIZON_YEARS), tenure.LAST_DAY)
    courses = facts.courses_match
    courses_suffice = kind if courses is None else courses >= rules.matching_courses
    engineering, related, near = _work_days(facts, begin, end, horizon, courses_suffice)
    degree_suffices = kind if rules.degree_counts_as_diploma is None else rules.degree_counts_as_diploma
    graduated = [
        (RANK[record.level], begin(record.awarded_on), record)
        for record in facts.education
        if record.outcome == "graduated"
    ]
    doctor_degrees = [day for rank, day, record in graduated if rank == RANK["doctor"] and record.award != "diploma"]
    return Reading(
        as_of=facts.as_of,
        applied_on=facts.applied_on,
        engineering=engineering,
        related=related,
        near=near,
        technician=_post_days([post for post in facts.posts if post.title == "technician"], begin, end, horizon),
        assistant=_post_days([post for post in facts.posts if post.title != "technician"], begin, end, horizon),
        diploma=_by_rank([(r, day) for r, day, record in graduated if degree_suffices or record.award != "degree"]),
        any_award=_by_rank([(rank, day) for rank, day, _ in graduated]),
        initial_study=_by_rank([(rank, day) for rank, day, record in graduated if record.mode != "in_service"]),
        doctor_degree=min(doctor_degrees, default=None),
        initial_check=kind if facts.initial_check is None else facts.initial_check == "qualified",
        posts_before_graduation_count=_settled(rules.posts_before_graduation_count, kind),
        any_speciality_after_degree=_settled(rules.any_speciality_after_degree, kind),
    )


def _settled(answer: bool | None, kind: bool) -> bool:
    return kind if answer is None else answer
