import datetime as dt

import pytest

from jiaxing_titles import clock

pytestmark = pytest.mark.django_db


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
