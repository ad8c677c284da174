"""One company, ten people, January to appointment, through HTTP as each role; every gate refuses before it opens."""

import pytest

from tests.journeys.chapters import declaring, pilot

pytestmark = pytest.mark.django_db


def test_from_january_to_appointment(year):
    plan = pilot.walk(year)
    one = declaring.walk(year, plan)
    assert one.state == "closed"
