"""One edition of the annex as dated data: clauses, figures, and what has been settled of its open points."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from applications.rules.eligibility.conditions import Clause, Route
from applications.rules.eligibility.readings import ANY_SPECIALITY, DEGREE_AS_DIPLOMA, EARLIER_POSTS


@dataclass(frozen=True, slots=True)
class Interpretation:
    """An answer of 市人力社保局 to an open point (办法六4): yes or no, and the document that says so."""

    holds: bool
    document: str


@dataclass(frozen=True, slots=True)
class Setting:
    """How a point that the annex does not spell out is counted here, and on what ground."""

    text: str
    ground: str


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The annex of one date: what each level asks, its figures, the settings, and the interpretations.

    `code` names the set in every report and `version` its revision: whoever changes a figure, a setting or an
    interpretation ships the next version. Of the three open points None means open: both readings are evaluated, and
    where they differ the answer is «待补充材料», never a guess. `answers` are the answers of the harshest and of the
    kindest reading by the name of the point.
    """

    code: str
    version: int
    title: str
    issued_on: date
    assessment: Clause
    continuing_education: Clause
    routes: Mapping[str, tuple[Route, ...]]
    initial: Mapping[str, tuple[Route, ...]]
    settings: Mapping[str, Setting]
    open_points: Mapping[str, str]
    continuing_education_for: frozenset[str] = frozenset({"engineer"})
    continuing_education_hours: Decimal = Decimal(90)
    assessed_years: int = 3
    matching_courses: int = 3
    degree_counts_as_diploma: Interpretation | None = None
    posts_before_graduation_count: Interpretation | None = None
    any_speciality_after_degree: Interpretation | None = None
    answers: tuple[dict[str, bool], dict[str, bool]] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        harsh, kind = ({name: self._answer(name, kindly) for name in _POINTS} for kindly in (False, True))
        object.__setattr__(self, "answers", (harsh, kind))

    def _answer(self, point: str, kindly: bool) -> bool:
        settled = self.interpretation(point)
        return kindly if settled is None else settled.holds

    def interpretation(self, point: str) -> Interpretation | None:
        """What has been settled of an open point; None while it is open."""
        found: Interpretation | None = getattr(self, point)
        return found

    def settled(self) -> dict[str, Interpretation]:
        """The open points that have been answered."""
        found = {point: self.interpretation(point) for point in self.open_points}
        return {point: answer for point, answer in found.items() if answer is not None}


_POINTS = (DEGREE_AS_DIPLOMA, EARLIER_POSTS, ANY_SPECIALITY)


def composed(base: RuleSet, code: str, answers: Mapping[str, tuple[bool, str]]) -> RuleSet:
    """The base with interpretations laid in: {open point: (answer, number as printed)}; the base itself without any.

    Raises TypeError for a point that the rule set does not have.
    """
    if not answers:
        return base
    settled: dict[str, Any] = {point: Interpretation(holds, number) for point, (holds, number) in answers.items()}
    return replace(base, code=code, **settled)
