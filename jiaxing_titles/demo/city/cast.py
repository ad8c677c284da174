"""Who applies where: the mix of ways, and the people whom the tour and the tests know by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from jiaxing_titles.demo.city.cases import WAYS, Engineer, engineer
from jiaxing_titles.demo.city.places import City, Company

LAST_YEAR = (
    "bachelor", "bachelor", "associate", "junior_bachelor", "bachelor", "assistant",
    "junior_associate", "junior_secondary", "bachelor", "junior_bachelor", "associate", "master",
)  # fmt: skip

# The ways of this year beside the ones that a company's own story asks for: 132 people.
THIS_YEAR = {
    "bachelor": 40, "associate": 18, "assistant": 12, "master": 7, "doctor": 1,
    "junior_bachelor": 20, "junior_associate": 19, "junior_secondary": 12, "junior_school": 3,
}  # fmt: skip

# Places in a company's list that the story needs filled in one way.
FIXED: dict[str, dict[int, str]] = {
    "E01": {0: "bachelor", 1: "initial_bachelor"},
    "E02": {0: "bachelor", 1: "exceptional", 2: "pending_hours"},
    "E03": {0: "bachelor", 3: "bachelor", 6: "associate"},
    "E06": {0: "exceptional", 1: "initial_associate"},
    "E08": {2: "pending_hours"},
    "E09": {
        0: "exceptional", 1: "initial_master", 2: "doctor", 3: "initial_doctor", 4: "initial_bachelor",
        5: "initial_master", 6: "initial_master",
    },
}  # fmt: skip

# Names that lists, fonts and searches must bear; the rest is drawn. One is typed with a wrong dot, as people do.
NAMED: dict[tuple[int, str, int], str] = {
    (2025, "E01", 0): "王五",
    (2025, "E11", 0): "郑有假",
    (2026, "E01", 0): "李四",
    (2026, "E02", 0): "张三",
    (2026, "E03", 4): "王建国",
    (2026, "E03", 5): "王建国",
    (2026, "E05", 3): "赵㛃",
    (2026, "E07", 2): "阿卜杜拉•买买提",
    (2026, "E08", 1): "李𬭚",
    (2026, "E10", 2): "古丽米热·阿不都热依木",
}
# Papers other than the resident card, invented: kind and number.
PAPERS: dict[tuple[int, str, int], tuple[str, str]] = {
    (2026, "E04", 4): ("mainland_travel", "H12345678"),
    (2026, "E11", 5): ("passport", "E12345678"),
    (2026, "E05", 6): ("resident_old", "330402800512123"),
}


def last_year(city: City, company: Company, count: int) -> list[Engineer]:
    """The people of 2025."""
    return _people(city, company, 2025, [LAST_YEAR[order % len(LAST_YEAR)] for order in range(count)])


class ThisYear:
    """Deals the ways of 2026 out to the companies, each once."""

    def __init__(self, city: City) -> None:
        self._left = [key for key, count in THIS_YEAR.items() for _ in range(count)]
        city.registry.random.shuffle(self._left)

    def people(self, city: City, company: Company, count: int) -> list[Engineer]:
        fixed = FIXED.get(company.plate.key, {})
        ways = [fixed.get(order) or self._left.pop() for order in range(count)]
        return _people(city, company, 2026, ways)


def strangers(city: City, company: Company, count: int) -> list[Engineer]:
    """People of a workbook that is never confirmed: they get numbers, no accounts."""
    made = _people(city, company, 0, ["bachelor"] * count)
    for one in made:
        one.id_number = city.registry.identity_number("330421", one.born_on, one.female)
    return made


def _people(city: City, company: Company, year: int, ways: Sequence[str]) -> list[Engineer]:
    registry, made = city.registry, []
    for order, key in enumerate(ways):
        place = (year, company.plate.key, order)
        female = registry.random.random() < 0.35
        name = NAMED.get(place) or registry.name(female)
        one = engineer(WAYS[key], year or 2026, name, female, company.plate.name, registry.random)
        if place in PAPERS:
            one.id_kind, one.id_number = PAPERS[place]
        if place in PAPERS and one.id_kind == "resident_old":
            one.born_on = dt.date(1980, 5, 12)
        made.append(one)
    return made
