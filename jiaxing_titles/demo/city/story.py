"""The whole city in one go: founded, its two years told, its clock stopped on the day on which the visitor comes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from applications.models import TitleApplication
from certificates.models import Appointment, TitleGrant
from enterprises.models import PilotApplication
from jiaxing_titles import clock
from jiaxing_titles.demo.city import committee, last_year, places, this_year
from jiaxing_titles.demo.city.places import City
from jiaxing_titles.demo.city.timeline import Script, Timeline, on

TODAY = on(2026, 10, 28)


@dataclass(frozen=True)
class Size:
    """How much of the city is built; `people`: at most so many a company, None: as the story tells."""

    last_year: tuple[str, ...]
    this_year: tuple[str, ...]
    last_people: int
    people: int | None
    library: int
    committee: int


WHOLE = Size(last_year.COMPANIES, tuple(this_year.CHAPTERS), 12, None, library=60, committee=30)
QUICK = Size(("E01",), ("E01", "E03"), 4, 4, library=16, committee=15)


def build(
    size: Size = WHOLE, until: dt.datetime = TODAY, new_month: Callable[[dt.date], None] = lambda month: None
) -> City:
    """All or nothing: a city that breaks off half way leaves no trace. The clock runs on from `until`."""
    with transaction.atomic():
        timeline = Timeline(on(2024, 12, 20), new_month)
        city = places.found(timeline)
        timeline.add(_years(city))
        timeline.add(_companies(city, size))
        timeline.add(committee.enrol(city, on(2025, 1, 13), library=size.library, committee=size.committee))
        timeline.run(on(2025, 1, 24))
        for script in last_year.LastYear(city, size.last_year, size.last_people).scripts():
            timeline.add(script)
        for script in this_year.ThisYear(city, size.this_year, size.people).scripts():
            timeline.add(script)
        timeline.run(until)
        clock.move_to(timeline.now)
    return city


def _years(city: City) -> Script:
    yield on(2025, 1, 2)
    places.open_the_year(city, 2025)
    yield on(2026, 1, 5)
    places.open_the_year(city, 2026)
    yield on(2026, 1, 15)
    places.interpret(city)


def _companies(city: City, size: Size) -> Script:
    yield on(2025, 1, 6)
    wanted = {*size.last_year, *size.this_year}
    for plate in places.COMPANIES:
        if plate.key in wanted:
            company = places.register(city, plate)
            places.seat_experts(city, company, 9)


def summary() -> dict[str, Any]:
    """What a built city holds, without anything that was drawn by lot or made secret."""

    def states(rows: Any, *path: str) -> dict[str, int]:
        counted: dict[str, int] = {}
        for values in rows.values_list(*path):
            key = "/".join(str(value) for value in values)
            counted[key] = counted.get(key, 0) + 1
        return dict(sorted(counted.items()))

    return {
        "pilot": states(PilotApplication.objects, "cycle__year", "state"),
        "applications": states(
            TitleApplication.objects, "cycle__year", "enterprise__organisation__short_name", "state"
        ),
        "people": states(TitleApplication.objects, "cycle__year", "person__name", "level", "route", "verdict"),
        "grants": states(TitleGrant.objects, "person__name", "certificate_number"),
        "appointments": states(Appointment.objects, "state"),
    }
