"""The database connections of a browser test go with its browser."""

from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType

from tests.fixtures.chromium import launched

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_restart_of_the_server_between_two_browsers_is_not_noticed(power):
    for _ in range(2):
        with launched():
            assert ContentType.objects.exists()
        power.cycle()


def test_no_browser_is_launched_elsewhere():
    """Each would keep its connections."""
    tests = Path(__file__).parents[1]
    launching = [path for path in tests.rglob("*.py") if "chromium.launch(" + "executable" in path.read_text()]
    assert launching == [tests / "fixtures" / "chromium.py"]
