"""Which mark of a deadline has come, and how the deadline reads."""

import datetime as dt

import pytest

from jiaxing_titles.notifications.reminders import reached, until

DUE = dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("today", "mark"),
    [
        (dt.date(2026, 11, 16), None),
        (dt.date(2026, 11, 17), -3),
        (dt.date(2026, 11, 18), -3),  # the clock was set past the 17th: told now, under the 17th's key
        (dt.date(2026, 11, 19), -1),
        (dt.date(2026, 11, 20), 0),
        (dt.date(2026, 11, 21), 1),
        (dt.date(2026, 11, 22), 1),
        (dt.date(2026, 11, 23), 3),
        (dt.date(2026, 11, 27), 7),
        (dt.date(2027, 11, 27), 7),
    ],
)
def test_each_mark_holds_until_the_next(today, mark):
    assert reached(today, DUE) == mark


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (dt.date(2026, 11, 20), "期限2026年11月20日（星期五）24:00"),
        (dt.date(2026, 11, 21), "期限2026年11月20日（星期五），已逾期1天"),
    ],
)
def test_a_deadline_is_over_on_the_next_day(today, words):
    assert until(DUE, today) == words
