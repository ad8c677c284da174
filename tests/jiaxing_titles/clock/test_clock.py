import datetime as dt

import pytest
from django.apps import apps
from django.db import models

from enterprises.models import Bureau
from jiaxing_titles import clock

pytestmark = pytest.mark.django_db
PACKAGES = {"jiaxing_titles", "enterprises", "applications", "reviews", "certificates"}


def test_the_frozen_clock_stands_still(at):
    at("2026-03-31 23:59:59")
    assert clock.now().isoformat() == "2026-03-31T23:59:59+08:00"
    assert clock.today() == dt.date(2026, 3, 31)


def test_the_day_changes_at_midnight_in_shanghai(at):
    at("2026-04-01 00:00:00")
    assert clock.today() == dt.date(2026, 4, 1)


def test_the_moved_clock_runs_on_from_where_it_was_put(at):
    clock.move_to(dt.datetime(2027, 1, 4, 9, tzinfo=clock.SHANGHAI))
    assert clock.today() == dt.date(2027, 1, 4)
    clock.release()
    assert abs(clock.now() - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)


def test_rows_are_stamped_by_the_city_clock_and_no_other(city, at):
    """created_at stays, updated_at follows; Django's auto_now would show the web machine's day."""
    at("2026-03-02 10:00:00")
    bureau = Bureau.objects.create(organisation=city["city"], area_code="330400")
    at("2026-03-05 11:30:00")
    bureau.save()
    bureau.refresh_from_db()
    assert (bureau.created_at, bureau.updated_at) == (
        dt.datetime(2026, 3, 2, 10, tzinfo=clock.SHANGHAI),
        dt.datetime(2026, 3, 5, 11, 30, tzinfo=clock.SHANGHAI),
    )


def test_no_column_asks_the_web_machine_for_the_time():
    ours = [model for model in apps.get_models() if model.__module__.split(".")[0] in PACKAGES]
    columns = [field for model in ours for field in model._meta.get_fields() if isinstance(field, models.DateTimeField)]
    assert columns
    assert [str(field) for field in columns if field.auto_now or field.auto_now_add] == []
