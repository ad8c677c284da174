"""The full year once more, clicked in Chromium on phone and desk width: `sh run.sh test walk`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from applications.models import TitleApplication
from tests.fixtures.chromium import visitor
from tests.fixtures.year import Year
from tests.journeys import cast
from tests.journeys.chapters import committee, declaring, panel, pilot, results
from tests.journeys.clicking import ClickingDesk

pytestmark = [pytest.mark.browser, pytest.mark.walk, pytest.mark.django_db(transaction=True)]


@dataclass
class ClickedYear(Year):
    """Everybody has a tab of Chromium of his own."""

    chromium: Any = None
    server: Any = None
    wrong: list[str] = field(default_factory=list)

    def desk(self, role: str, place: str, name: str = "") -> ClickingDesk:
        key = (role, place, name)
        if key not in self._desks:
            client = self._login(*key)
            tab = visitor(self.chromium, self.server, client)
            told = (client, name or f"{place}/{role}", lambda: self._actor(*key))
            self._desks[key] = ClickingDesk(tab, self.server.url, self.wrong, *told)
        return self._desks[key]


def test_from_january_to_appointment_by_clicks(chromium, live_server, city, bureaus, at, pdf, login, actor, company):
    company("A")
    year = ClickedYear(city, at, pdf, login, actor, chromium=chromium, server=live_server)
    plan = pilot.walk(year)
    one = declaring.walk(year, plan)
    report = panel.walk(year, one)
    committee.walk(year, report)
    results.walk(year)
    ends = {one.person.name: one.state for one in TitleApplication.objects.select_related("person")}
    assert ends == {person.name: person.ends for person in cast.CAST}
    assert not year.wrong, "\n".join(year.wrong)
