"""One reading of the facts: every open date fixed to a day, every open question answered.

All routes only gain from more days of work, earlier graduation and kinder answers, so two readings decide:
the kindest and the harshest. (Gate A-1 does not: there more days of work ask for more assessments; see `gates`.)
The gain from more days rests on this: of two starts, the earlier needs at most one day more for its N years. It holds
while no year without its leap day (1900, 2100) lies between; tests/applications/rules/test_readings.py counts it out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from applications.rules.eligibility import tenure
from applications.rules.eligibility.facts import Facts, When
from applications.rules.eligibility.tenure import Days, Interval
from applications.rules.eligibility.vocabulary import RANK

if TYPE_CHECKING:
    from applications.rules.eligibility.rule_set import RuleSet

HORIZON_YEARS = 20  # how far ahead «最早满足日» is looked for

# The days that a clause may count. NEAR is RELATED or SAME, by the number of matching courses.
ENGINEERING, RELATED, SAME, NEAR = "engineering", "related", "same", "near"
TECHNICIAN, ASSISTANT = "technician", "assistant_engineer"
RELATIONS = {
    ENGINEERING: frozenset({"same", "related", "other"}),
    RELATED: frozenset({"same", "related"}),
    SAME: frozenset({"same"}),
}

# The 毕业 records that a clause may ask for: with 学历, with 学位, with either, of a form of study that 附件四 names.
DIPLOMA, DEGREE, ANY_AWARD, SUITED_STUDY = "diploma", "degree", "any_award", "suited_study"

# The points that the annex leaves open, by the field of RuleSet that holds the answer of 市人力社保局.
DEGREE_AS_DIPLOMA = "degree_counts_as_diploma"
EARLIER_POSTS = "posts_before_graduation_count"
ANY_SPECIALITY = "any_speciality_after_degree"


class History:
    """What happened when, every date fixed to a day.

    `earned` has the (rank, day) of the 毕业 records by kind (DIPLOMA, …); `days` the days by name (ENGINEERING, …; not
    NEAR), counted when first asked for. They run on beyond `as_of` up to the horizon, open jobs and posts going on, so
    that one evaluation gives both the answer for `as_of` and the earliest day.
    """

    __slots__ = ("days", "earned")

    def __init__(self, facts: Facts, *, kind: bool, degree_suffices: bool) -> None:
        begin = 0 if kind else 1  # the end of a month or year on which a vague record begins
        self.earned: dict[str, list[tuple[int, int]]] = {DIPLOMA: [], DEGREE: [], ANY_AWARD: [], SUITED_STUDY: []}
        earned = self.earned
        study: list[Interval] = []
        for level, award, outcome, mode, awarded_on, started_on, _ in facts.education:
            awarded = awarded_on[begin]
            if started_on is not None and mode == "full_time":
                # Read the other way round: the later it began and the earlier it ended, the more days of work.
                study.append((started_on[1 - begin], awarded))
            if outcome == "graduated":
                row = (RANK[level], awarded)
                for name in _kinds(award, mode, degree_suffices):
                    earned[name].append(row)
        self.days = _DaysByName(facts, begin, study)


@lru_cache(maxsize=1_024)
def _kinds(award: str, mode: str, degree_suffices: bool) -> tuple[str, ...]:
    """What a 毕业 record of that award and form of study counts as."""
    found = [ANY_AWARD]
    if award != "degree" or degree_suffices:
        found.append(DIPLOMA)
    if award != "diploma":
        found.append(DEGREE)
    if mode != "in_service":
        found.append(SUITED_STUDY)
    return tuple(found)


class _DaysByName(dict[str, Days]):
    __slots__ = ("_begin", "_facts", "_horizon", "_study")

    def __init__(self, facts: Facts, begin: int, study: list[Interval]) -> None:
        self._facts = facts
        self._begin = begin
        self._study = study
        self._horizon = horizon_of(facts.as_of)

    def __missing__(self, name: str) -> Days:
        relations = RELATIONS.get(name)
        found = self._held(name) if relations is None else self._worked(relations)
        self[name] = found = tenure.until(found, self._horizon)
        return found

    def _held(self, title: str) -> Days:
        begin, horizon = self._begin, self._horizon
        return tenure.union(
            [
                (began[begin], horizon if ended is None else ended[1 - begin])
                for named, began, ended, _ in self._facts.posts
                if named == title
            ]
        )

    def _worked(self, relations: frozenset[str]) -> Days:
        """Engineering work less full-time study."""
        begin, horizon = self._begin, self._horizon
        spans = tenure.union(
            [
                (began[begin], horizon if ended is None else ended[1 - begin])
                for began, ended, engineering, relation, full_time, _ in self._facts.work
                if engineering and full_time and relation in relations
            ]
        )
        return tenure.subtract(spans, tenure.union(self._study)) if self._study else spans


@dataclass(slots=True)
class Reading:
    """What the conditions look at: a history and the answers to what the facts and the annex leave open."""

    facts: Facts
    as_of: int
    history: History
    near: str
    initial_check: bool
    answers: dict[str, bool]

    @property
    def application_day(self) -> int:
        """The day on which 从事工程技术工作 must hold."""
        return self.as_of if self.facts.applied_on is None else self.facts.applied_on

    def resolved(self, name: str) -> str:
        """The name of the days with NEAR settled."""
        return self.near if name == NEAR else name

    def days(self, name: str) -> Days:
        """The days of that name."""
        return self.history.days[self.near if name == NEAR else name]


def horizon_of(as_of: int) -> int:
    """The last counting day for which «最早满足日» is looked for."""
    return min(tenure.anniversary(as_of, HORIZON_YEARS), tenure.LAST_DAY)


def readings(facts: Facts, rules: RuleSet) -> tuple[Reading, Reading]:
    """The harshest and the kindest reading; they share one history where the facts leave only one."""
    harsh, kind = rules.answers
    history = History(facts, kind=False, degree_suffices=harsh[DEGREE_AS_DIPLOMA])
    kinder = history
    if not _one_history(facts):
        kinder = History(facts, kind=True, degree_suffices=kind[DEGREE_AS_DIPLOMA])
    return _reading(facts, rules, history, harsh, kind=False), _reading(facts, rules, kinder, kind, kind=True)


def _reading(facts: Facts, rules: RuleSet, history: History, answers: dict[str, bool], *, kind: bool) -> Reading:
    courses, check = facts.courses_match, facts.initial_check
    enough = kind if courses is None else courses >= rules.matching_courses
    return Reading(
        facts,
        facts.as_of,
        history,
        RELATED if enough else SAME,
        kind if check is None else check == "qualified",
        answers,
    )


def _one_history(facts: Facts) -> bool:
    """Whether every reading has the same history: all dates have their day and no degree stands alone."""
    for _, award, _, _, awarded_on, started_on, _ in facts.education:
        if award == "degree" or awarded_on[0] != awarded_on[1] or _vague(started_on):
            return False
    for began, ended, _, _, _, _ in facts.work:
        if began[0] != began[1] or _vague(ended):
            return False
    return not any(_vague(post.began) or _vague(post.ended) for post in facts.posts)


def _vague(when: When | None) -> bool:
    return when is not None and when[0] != when[1]
