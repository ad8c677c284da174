"""The shipped annex with the interpretations in force: plain values, under a code that tells the content."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

BASE = "annex-2019"


@dataclass(frozen=True, slots=True)
class Settled:
    """One interpretation as the rules need it. `reference` is its year and serial (`2026-1`), `number` as printed."""

    question: str
    answer: bool
    reference: str
    number: str
    effective_on: dt.date
    repealed_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Composition:
    """A base rule set and by question what settles it. Equal content has an equal code."""

    answers: Mapping[str, Settled] = field(default_factory=dict)
    base: str = BASE

    @property
    def code(self) -> str:
        """`annex-2019`, or with interpretations `annex-2019+2026-1+2026-3`."""
        order = sorted(self.answers.values(), key=lambda one: [int(part) for part in one.reference.split("-")])
        return "+".join([self.base, *dict.fromkeys(one.reference for one in order)])


def in_force(interpretations: Iterable[Settled], on: dt.date) -> dict[str, Settled]:
    """By question the one that took effect last, unless it is repealed: an older one does not come back to life."""
    latest: dict[str, Settled] = {}
    for one in sorted(interpretations, key=lambda one: one.effective_on):
        if one.effective_on <= on:
            latest[one.question] = one
    return {key: one for key, one in latest.items() if one.repealed_on is None or one.repealed_on > on}


def compose(frozen: Mapping[str, Settled], interpretations: Iterable[Settled], on: dt.date) -> Composition:
    """What a year judges by on that day: what it froze when it was opened, and over it what has taken effect since."""
    return Composition({**frozen, **in_force(interpretations, on)})
