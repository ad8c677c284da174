"""What the linter reads: a plan's criteria and texts as plain values, in the codes of `enterprises.choices`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

REQUIRED, ALTERNATIVE, BONUS = "required", "alternative", "bonus"
INITIAL, EXCEPTIONAL = "initial", "exceptional"
LEVELS = {"engineer": "工程师", "assistant_engineer": "助理工程师"}


@dataclass(frozen=True, slots=True)
class CriterionDraft:
    """One row of 评价标准. Rows of one level with the same `option_group` are alternatives to each other."""

    number: int
    level: str
    route: str
    kind: str
    necessity: str
    text: str
    option_group: str = ""
    annex_item: str = ""
    years: int | None = None
    hours: int | None = None
    score_floor: int | None = None


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A whole plan; `sections` maps the code of each of the five parts to its text, `paid_levels` have a pay link."""

    levels: Sequence[str]
    criteria: Sequence[CriterionDraft]
    sections: Mapping[str, str] = field(default_factory=dict)
    paid_levels: frozenset[str] = frozenset()
    weights: Mapping[str, int] = field(default_factory=dict)
    """Percent of each of the four dimensions on a score pad; empty where the draft is not that far."""
