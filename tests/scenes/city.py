"""The smallest city that the procedure needs: a city bureau, two counties, two enterprises, one person a role."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from jiaxing_titles import clock
from jiaxing_titles.accounts import grants
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import Membership, Organisation, User
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.policy.models import Cycle
from tests.scenes.registry import scene


@dataclass
class City:
    """`organisations` by short key: city, haining, tongxiang, A (in 海宁), B (in 桐乡)."""

    organisations: dict[str, Organisation]
    cycle: Cycle
    last_cycle: Cycle
    people: dict[tuple[str, str], User] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Organisation:
        return self.organisations[key]

    def person(self, role: str, place: str, name: str = "") -> User:
        """The person in that role there, made on first use; another `name` makes another person."""
        key = (f"{role}{name}", place)
        if key not in self.people:
            label = name or f"{Role(role).label}{place}"
            user = User.objects.create(username=f"{role}-{place}-{name}".lower(), name=label[:50], password="!")
            grants.give(user, Role(role), self.organisations[place])
            self.people[key] = user
        return self.people[key]


def set_clock(text: str) -> dt.datetime:
    """Stop the city's clock: `set_clock("2026-03-31 23:59:59")`, Asia/Shanghai."""
    instant = dt.datetime.fromisoformat(text).replace(tzinfo=clock.SHANGHAI)
    clock.freeze(instant)
    return instant


def found() -> City:
    """The city on the morning of 2 February 2026."""
    set_clock("2026-02-02 09:00:00")
    bureau = Organisation.objects.create(
        kind="city_bureau", name="嘉兴市人力资源和社会保障局", short_name="市人社局", code="330400"
    )
    made = {"city": bureau}
    for key, code, name in [("haining", "330481", "海宁市"), ("tongxiang", "330483", "桐乡市")]:
        made[key] = Organisation.objects.create(
            kind="county_bureau",
            name=f"{name}人力资源和社会保障局",
            short_name=f"{name}人社局",
            code=code,
            supervisor=bureau,
        )
    for key, county, code, name in [
        ("A", "haining", "91330481MA2B000012", "示例精密机械有限公司"),
        ("B", "tongxiang", "91330483MA2B000022", "示例化纤有限公司"),
    ]:
        made[key] = Organisation.objects.create(
            kind="enterprise", name=name, short_name=name.removesuffix("有限公司"), code=code, supervisor=made[county]
        )
    cycles = [Cycle.defaults_for(year) for year in (2025, 2026)]
    Cycle.objects.bulk_create(cycles)
    return City(made, last_cycle=cycles[0], cycle=cycles[1])


@scene
def actor(city):
    """`actor("ent_hr", "A")` → the acting person."""

    def find(role: str, place: str, name: str = "") -> Actor:
        user = city.person(role, place, name)
        membership = Membership.objects.select_related("user", "organisation__supervisor__supervisor").get(
            user=user, organisation=city[place], role=role, ended_at=None
        )
        return Actor.of(membership)

    return find
