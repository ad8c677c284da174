"""The one source of time: `app_now()` in the database, called by Python and by triggers alike.

Only the demo and the tests may move it (they alone hold UPDATE on the table behind it); in production the
application role cannot, and `check --deploy` refuses a clock that is not at zero.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.db import connection

from jiaxing_titles.reading import read_once

SHANGHAI = ZoneInfo("Asia/Shanghai")


@read_once
def now() -> dt.datetime:
    """The present instant in Asia/Shanghai; constant within one database transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app_now()")
        instant: dt.datetime = cursor.fetchone()[0]
    return instant.astimezone(SHANGHAI)


def today() -> dt.date:
    return now().date()


def freeze(instant: dt.datetime) -> None:
    """Stop the clock at an aware instant (tests, demo city)."""
    _write("frozen_at = %s, shift = '0'", instant)


def move_to(instant: dt.datetime) -> None:
    """Let the clock run on from an aware instant (the demo's visitor)."""
    _write("frozen_at = NULL, shift = %s - now()", instant)


def release() -> None:
    """Back to the true time."""
    _write("frozen_at = NULL, shift = '0'")


def _write(assignments: str, *parameters: dt.datetime) -> None:
    with connection.cursor() as cursor:
        # The two assignment texts are the literals above; values travel as parameters.
        cursor.execute(f"UPDATE clock_setting SET {assignments}", parameters)
