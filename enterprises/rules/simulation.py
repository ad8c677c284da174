"""What a plan would mean for the people of the company (F-17): the answer of a simulation, as plain values.

Who computes it is registered in `enterprises.hooks`: the roster and the records belong to a later stage.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Blocker:
    """One obstacle and whom it meets; `open` where a paper or an hour may still remove it."""

    text: str
    clause: str
    open: bool
    names: tuple[str, ...]

    @property
    def count(self) -> int:
        return len(self.names)


@dataclass(frozen=True, slots=True)
class LevelOutlook:
    """The people of the roster at one level, each in one of five groups, and what keeps the others back."""

    level: str
    could_apply: tuple[str, ...]
    may_apply: tuple[str, ...]
    blocked: tuple[str, ...]
    hold_it: tuple[str, ...]
    no_record: tuple[str, ...]
    blockers: tuple[Blocker, ...]
    by_people: tuple[int, ...]
    """Numbers of the criteria that no program can judge."""

    @property
    def groups(self) -> list[tuple[str, tuple[str, ...]]]:
        """(heading, names) in the order of the page."""
        return [
            ("现在可以申报", self.could_apply),
            ("补充材料或学时后可能可以", self.may_apply),
            ("条件不够", self.blocked),
            ("已有这一级或更高资格", self.hold_it),
            ("没有申报资料，测算不了", self.no_record),
        ]


@dataclass(frozen=True, slots=True)
class Simulation:
    """All granted levels, counted for the year's counting day by the rule set of that name."""

    as_of: date
    rule_set: str
    staff: int
    levels: tuple[LevelOutlook, ...]
