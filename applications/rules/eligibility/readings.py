"""One reading of the facts: every open date fixed to a day, every open question answered.

All routes only gain from more days of work, earlier graduation and kinder answers, so two readings decide:
the kindest and the harshest. (Gate A-1 does not: there more days of work ask for more assessments; see `gates`.)
"""

from dataclasses import dataclass

from applications.rules.eligibility import tenure
from applications.rules.eligibility.facts import Education, Facts, Post, When
from applications.rules.eligibility.rule_set import HORIZON_YEARS, RuleSet
from applications.rules.eligibility.tenure import Days
from applications.rules.eligibility.vocabulary import RANK

_LEVELS = len(RANK)
Graduations = tuple[int | None, ...]  # by rank: the earliest day of a record of that level or higher


@dataclass(slots=True)
class History:
    """What happened when, every date fixed to a day.

    Days of work and of posts run on beyond `as_of` up to the horizon, open ones going on, so that one evaluation
    gives both the answer for `as_of` and the earliest day.
    """

    engineering: Days
    related: Days
    same: Days
    technician: Days
    assistant: Days
    diploma: Graduations
    any_award: Graduations
    initial_study: Graduations
    doctor_degree: int | None


@dataclass(slots=True)
class Reading:
    """What the conditions look at: a history and the answers to what the facts and the annex leave open."""

    as_of: int
    applied_on: int | None
    history: History
    near: Days
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


def horizon_of(as_of: int) -> int:
    """The last counting day for which «最早满足日» is looked for."""
    return min(tenure.anniversary(as_of, HORIZON_YEARS), tenure.LAST_DAY)


def _by_rank(found: list[tuple[int, int]]) -> Graduations:
    earliest: list[int | None] = [None] * _LEVELS
    for rank, day in found:
        for lower in range(rank + 1):
            known = earliest[lower]
            if known is None or day < known:
                earliest[lower] = day
    return tuple(earliest)


def _post_days(posts: tuple[Post, ...], title: str, begin: int, horizon: int) -> Days:
    spans = [
        (post.began[begin], horizon if post.ended is None else post.ended[1 - begin])
        for post in posts
        if post.title == title
    ]
    return tenure.until(tenure.union(spans), horizon) if spans else spans


def _work_days(facts: Facts, begin: int, horizon: int) -> tuple[Days, Days, Days]:
    """Days of engineering work less full-time study, up to the horizon: in all, with relation same or related, same."""
    jobs = [
        (job.began[begin], horizon if job.ended is None else job.ended[1 - begin], job.relation)
        for job in facts.work
        if job.engineering and job.full_time
    ]
    # Study is read the other way round: the earlier it began and the later it ended, the fewer days of work.
    study = [
        (record.started_on[1 - begin], record.awarded_on[begin])
        for record in facts.education
        if record.started_on and record.mode == "full_time"
    ]

    def days(relations: tuple[str, ...]) -> Days:
        spans = tenure.union([(first, last) for first, last, relation in jobs if relation in relations])
        return tenure.until(tenure.subtract(spans, tenure.union(study)) if study else spans, horizon)

    engineering = days(("same", "related", "other"))
    relations = {relation for _, _, relation in jobs}
    related = days(("same", "related")) if "other" in relations else engineering
    return engineering, related, days(("same",)) if "related" in relations else related


def _history(facts: Facts, rules: RuleSet, horizon: int, *, kind: bool) -> History:
    begin = 0 if kind else 1  # which end of a month or year, where a date has no day, a record begins on
    degree_suffices = _settled(rules.degree_counts_as_diploma, kind)
    graduated = [record for record in facts.education if record.outcome == "graduated"]
    every = [(RANK[record.level], record.awarded_on[begin]) for record in graduated]
    any_award = _by_rank(every)
    diplomas = [
        row for row, record in zip(every, graduated, strict=True) if degree_suffices or record.award != "degree"
    ]
    suited = [row for row, record in zip(every, graduated, strict=True) if record.mode != "in_service"]
    doctors = [row[1] for row, record in zip(every, graduated, strict=True) if _is_doctor(record)]
    return History(
        *_work_days(facts, begin, horizon),
        technician=_post_days(facts.posts, "technician", begin, horizon),
        assistant=_post_days(facts.posts, "assistant_engineer", begin, horizon),
        diploma=any_award if len(diplomas) == len(every) else _by_rank(diplomas),
        any_award=any_award,
        initial_study=any_award if len(suited) == len(every) else _by_rank(suited),
        doctor_degree=min(doctors) if doctors else None,
    )


def _is_doctor(record: Education) -> bool:
    return record.level == "doctor" and record.award != "diploma"


def _reading(facts: Facts, rules: RuleSet, history: History, *, kind: bool) -> Reading:
    courses = facts.courses_match
    courses_suffice = kind if courses is None else courses >= rules.matching_courses
    return Reading(
        as_of=facts.as_of,
        applied_on=facts.applied_on,
        history=history,
        near=history.related if courses_suffice else history.same,
        initial_check=kind if facts.initial_check is None else facts.initial_check == "qualified",
        posts_before_graduation_count=_settled(rules.posts_before_graduation_count, kind),
        any_speciality_after_degree=_settled(rules.any_speciality_after_degree, kind),
    )


def _settled(answer: bool | None, kind: bool) -> bool:
    return kind if answer is None else answer


def _one_history(facts: Facts) -> bool:
    """Whether every reading has the same history: all dates have their day and no degree stands alone."""
    for study in facts.education:
        if study.award == "degree" or _vague(study.awarded_on) or _vague(study.started_on):
            return False
    if any(_vague(job.began) or _vague(job.ended) for job in facts.work):
        return False
    return not any(_vague(post.began) or _vague(post.ended) for post in facts.posts)


def _vague(when: When | None) -> bool:
    return when is not None and when[0] != when[1]


def readings(facts: Facts, rules: RuleSet) -> tuple[Reading, Reading]:
    """The harshest and the kindest reading; they share one history where the facts leave only one."""
    horizon = horizon_of(facts.as_of)
    harsh = _history(facts, rules, horizon, kind=False)
    kind = harsh if _one_history(facts) else _history(facts, rules, horizon, kind=True)
    return _reading(facts, rules, harsh, kind=False), _reading(facts, rules, kind, kind=True)
