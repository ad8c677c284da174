"""One company, ten people, January to appointment, through HTTP as each role; every gate refuses before it opens."""

import pytest

from applications.models import TitleApplication
from jiaxing_titles.audit.models import AuditEvent
from tests.journeys import cast
from tests.journeys.chapters import committee, declaring, panel, pilot, results

pytestmark = pytest.mark.django_db


def test_from_january_to_appointment(year):
    plan = pilot.walk(year)
    one = declaring.walk(year, plan)
    report = panel.walk(year, one)
    committee.walk(year, report)
    results.walk(year)
    ends = {one.person.name: one.state for one in TitleApplication.objects.select_related("person")}
    assert ends == {person.name: person.ends for person in cast.CAST}
    assert not AuditEvent.objects.filter(label__regex="^[a-z_]+$").exists()
    assert gates_that_refused() >= {f"G{number}" for number in range(1, 23)}


def gates_that_refused() -> set[str]:
    """The gates named in the refusals on record."""
    refused = AuditEvent.objects.filter(outcome=AuditEvent.Outcome.REFUSED)
    return {reason["gate"] for event in refused for reason in event.facts.get("reasons", [])}
