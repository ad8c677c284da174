"""Many scripts on one clock: each says until when it waits, the earliest one goes on."""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Callable, Iterator

from jiaxing_titles import clock
from jiaxing_titles.publicity.tasks import close_due

Script = Iterator[dt.datetime]
STEP = dt.timedelta(seconds=20)


def on(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> dt.datetime:
    """An instant in the city's own time zone."""
    return dt.datetime(year, month, day, hour, minute, tzinfo=clock.SHANGHAI)


class Timeline:
    """The clock never goes back: a script that wants an instant already past goes on at once.

    `new_month` is told of each month that begins, for whoever waits to see.
    """

    def __init__(self, start: dt.datetime, new_month: Callable[[dt.date], None] = lambda month: None) -> None:
        self.now = start
        self._new_month = new_month
        self._waiting: list[tuple[dt.datetime, int, Script]] = []
        self._scripts = 0

    def add(self, script: Script) -> None:
        """Let the script say when it begins."""
        self._scripts += 1
        self._wait(self._scripts, script)

    def _wait(self, number: int, script: Script) -> None:
        wanted = next(script, None)
        if wanted is not None:
            heapq.heappush(self._waiting, (wanted, number, script))

    def run(self, until: dt.datetime) -> None:
        """Everything up to this instant happens; what is later stays undone. Beat's nightly work is done on the way."""
        while self._waiting and self._waiting[0][0] < until:
            wanted, number, script = heapq.heappop(self._waiting)
            self._pass_nights(wanted)
            self.now = max(self.now, wanted)
            self._wait(number, script)
        self._pass_nights(until)
        self.now = max(self.now, until)
        clock.freeze(self.now)

    def stamp(self) -> None:
        """Freeze the clock for one step; the next one comes a little later."""
        clock.freeze(self.now)
        self.now += STEP

    def _pass_nights(self, wanted: dt.datetime) -> None:
        midnight = dt.datetime.combine(self.now.date(), dt.time(0, 6), tzinfo=clock.SHANGHAI) + dt.timedelta(days=1)
        while midnight <= wanted:
            self.now = max(self.now, midnight)
            clock.freeze(self.now)
            if midnight.day == 1:
                self._new_month(midnight.date())
            close_due()
            midnight += dt.timedelta(days=1)
