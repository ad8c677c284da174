"""Days and years that cannot be true: told beside their field, by the form and by the import."""

import datetime as dt

import pytest

from applications.rules.plausible import impossible

TODAY, BORN = dt.date(2026, 9, 1), dt.date(1998, 5, 4)
AHEAD, BEFORE, ANCIENT = "晚于今天，核对后重填。", "早于出生日期，核对这两个日期。", "早于1940年，核对后重填。"


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"awarded_on": "2026-09-01"}, {}),
        ({"first_worked_on": "2026-09-02", "ended_on": "2026-10"}, {"first_worked_on": AHEAD, "ended_on": AHEAD}),
        ({"started_on": "1998-05-04"}, {}),
        ({"awarded_on": "2026-09-02"}, {"awarded_on": AHEAD}),
        ({"awarded_on": "2026-09"}, {}),
        ({"began_on": "2026-10"}, {"began_on": AHEAD}),
        ({"began_on": "2027"}, {"began_on": AHEAD}),
        ({"awarded_on": "1998-05-03"}, {"awarded_on": BEFORE}),
        ({"awarded_on": "1998-05"}, {}),
        ({"started_on": "1997", "awarded_on": "2021"}, {"started_on": BEFORE}),
        ({"born_on": dt.date(2026, 9, 2)}, {"born_on": AHEAD}),
        ({"born_on": dt.date(1398, 5, 4)}, {"born_on": ANCIENT}),
        ({"present_title_on": dt.date(1990, 1, 1)}, {"present_title_on": BEFORE}),
        ({"appointed_from": "2027-01-01", "appointed_to": "2029-12-31"}, {"appointed_from": AHEAD}),
        ({"appointed_from": "2024-01-01", "appointed_to": "2029-12-31"}, {}),
        ({"year": 2026}, {}),
        ({"year": 2027}, {"year": "晚于今年，核对后重填。"}),
        ({"ended_on": "", "began_on": None}, {}),
    ],
)
def test_what_cannot_be_is_named(values, found):
    assert impossible(values, today=TODAY, born_on=BORN) == found


@pytest.mark.parametrize(("stored", "found"), [("1939", {"awarded_on": ANCIENT}), ("1940", {}), ("1950", {})])
def test_without_a_birthday_only_living_memory_bounds_it(stored, found):
    assert impossible({"awarded_on": stored}, today=TODAY, born_on=None) == found
