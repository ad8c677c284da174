"""The annex as one dated rule set: its figures, and the readings that an official interpretation may settle."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The figures of the annex and what 市人力社保局 has settled of its open questions (办法六4).

    Of the three questions None means open: both readings are evaluated, and where they differ the answer
    is «待补充材料», never a guess.
    """

    code: str
    title: str
    continuing_education_hours: Decimal = Decimal(90)
    assessed_years: int = 3
    matching_courses: int = 3
    degree_counts_as_diploma: bool | None = None
    posts_before_graduation_count: bool | None = None
    any_speciality_after_degree: bool | None = None
    settled_by: tuple[tuple[str, str], ...] = ()
    """(question, number of the interpretation that answered it) for each of the three that is settled."""


ANNEX_2019 = RuleSet("annex-2019", "嘉兴市民营企业工程技术中级及以下职称自主评审办法（试行）附件（2019年12月27日印发）")
SHIPPED = {ANNEX_2019.code: ANNEX_2019}


def composed(base: RuleSet, code: str, answers: Mapping[str, tuple[bool, str]]) -> RuleSet:
    """The base with interpretations laid in: {question: (answer, number as printed)}; the base itself without any.

    Raises TypeError for a question that the rule set does not have.
    """
    if not answers:
        return base
    settled: dict[str, bool] = {question: answer for question, (answer, _) in answers.items()}
    numbers = tuple((question, number) for question, (_, number) in answers.items())
    return replace(base, code=code, settled_by=numbers, **settled)  # type: ignore[arg-type]


HORIZON_YEARS = 20  # how far ahead «最早满足日» is looked for
