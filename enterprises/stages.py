"""The company's year as its people see it: each stage adds its own words, in the order of the procedure."""

from __future__ import annotations

from collections.abc import Callable

from enterprises.models import Enterprise
from jiaxing_titles.policy.models import Cycle

Done = Callable[[Enterprise, Cycle], bool]

registered: list[tuple[str, Done]] = []


def stage(label: str) -> Callable[[Done], Done]:
    """Register `f(enterprise, cycle) -> bool`: whether the company is through with it that year."""

    def register(done: Done) -> Done:
        registered.append((label, done))
        return done

    return register


def stage_of(enterprise: Enterprise, cycle: Cycle) -> int:
    """The place of the first stage that is not done; the number of all stages when the year is over."""
    for place, (_, done) in enumerate(registered):
        if not done(enterprise, cycle):
            return place
    return len(registered)
