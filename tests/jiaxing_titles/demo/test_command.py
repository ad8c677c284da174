"""What `manage.py demo_city` refuses."""

import pytest
from django.core.management import CommandError, call_command

from jiaxing_titles.accounts.models import User

pytestmark = pytest.mark.django_db


def test_the_whole_city_stops_where_the_visitor_begins(settings):
    settings.DEMO = True
    with pytest.raises(CommandError, match="访客"):
        call_command("demo_city", "--until", "2026-12-22")
    assert not User.objects.exists()


def test_no_demo_city_outside_the_demo(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("demo_city", "--quick")
