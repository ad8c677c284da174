"""`year` gives everybody a desk: `year.hr`, `year.county`, `year.desk("committee", "city", "评委1")`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client

from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.notifications.models import Notification
from tests.journeys.driver import Desk
from tests.scenes.city import City

ROLES = {
    "hr": ("ent_hr", "A"),
    "head": ("ent_lead", "A"),
    "secretary": ("panel_sec", "A"),
    "county": ("county", "haining"),
    "clerk": ("city_clerk", "city"),
    "reviewer": ("city_reviewer", "city"),
    "leader": ("city_lead", "city"),
    "committee_secretary": ("committee_sec", "city"),
}


@dataclass
class Year:
    """The city of one test, its people at their browsers, its movable clock."""

    city: City
    at: Callable[[str], Any]
    pdf: Callable[..., Any]
    _login: Callable[..., Client]
    _actor: Callable[..., Actor]
    _desks: dict[tuple[str, str, str], Desk] = field(default_factory=dict)

    def desk(self, role: str, place: str, name: str = "") -> Desk:
        """The browser of the person in that role there, signed in on first use."""
        key = (role, place, name)
        if key not in self._desks:
            label = name or f"{place}/{role}"
            self._desks[key] = Desk(self._login(*key), label, lambda: self._actor(*key))
        return self._desks[key]

    def __getattr__(self, name: str) -> Desk:
        if name not in ROLES:
            raise AttributeError(name)
        return self.desk(*ROLES[name])

    def expert(self, number: int) -> Desk:
        return self.desk("panel_expert", "A", f"专家{number}")

    def judge(self, number: int) -> Desk:
        return self.desk("committee", "city", f"评委{number}")

    def applicant(self, name: str) -> Desk:
        """Somebody already on the staff register of company A."""
        return self.desk("applicant", "A", name)

    def told(self, desk: Desk, words: str) -> bool:
        """Whether a message with these words has reached the person."""
        return Notification.objects.filter(user=desk.user, text__contains=words).exists()

    @property
    def visitor(self) -> Desk:
        """Anybody in the street."""
        return Desk(Client(), "访客")


@pytest.fixture
def year(city, bureaus, at, pdf, login, actor, company) -> Year:
    company("A")
    return Year(city, at, pdf, login, actor)
