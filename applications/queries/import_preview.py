"""What the engine says of each row of an uploaded workbook, before anything of it is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Protocol

from applications.choices import Level, Route
from applications.gates.facts import days_of, records_in, rules_of
from applications.models import AnnualRound
from applications.rules.self_check import Conclusion, conclude
from jiaxing_titles import clock


class Declared(Protocol):
    """A person as read from the workbook (sheets.examine.Person): Excel row, own facts, rows by topic."""

    row: int
    facts: dict[str, Any]
    topics: dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Preview:
    """One person who applies, with the conclusion that his row gives today."""

    row: int
    name: str
    level: str
    route: str
    conclusion: Conclusion


def previews_of(people: Sequence[Declared], year: AnnualRound | None) -> list[Preview]:
    """Those of the workbook who apply this year, in its order; nobody without a round."""
    if year is None:
        return []
    days, rules = days_of(year.cycle, clock.today()), rules_of(year.cycle.composition(clock.today()))
    return [
        Preview(
            one.row,
            one.facts["name"],
            Level(one.facts["level"]).label,
            Route(one.facts["route"]).label,
            conclude(_facts_of(one, days), rules),
        )
        for one in people
        if one.facts["level"]
    ]


def _facts_of(person: Declared, days: Mapping[str, Any]) -> dict[str, Any]:
    """初定考核 and 破格 papers are in no workbook, so neither is taken as there."""
    topics = {
        topic: _rows(person.topics.get(topic, [])) for topic in ("education", "work", "posts", "assessments", "hours")
    }
    return {
        "id": str(person.row),
        "level": person.facts["level"],
        **days,
        **records_in(**topics),
        "courses_match": person.facts["courses_match"],
    }


def _rows(rows: Iterable[Mapping[str, Any]]) -> list[Any]:
    return [SimpleNamespace(**row) for row in rows]
