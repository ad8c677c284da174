"""Votes and the closing ask for the box at the same instant; its lock alone says who is in (trust B7).

One vote holds the box. Behind it stand the secretary, who waits for its row, and all other voters, who wait for a lock
of the test that the same commit releases: one instant sets everybody free. They wait inside PostgreSQL, so that no
program of ours is in the way. Who held the box when is told by PostgreSQL's clock, to the test alone.
"""

from __future__ import annotations

import datetime as dt
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, connections

from jiaxing_titles.actions import Blocked
from reviews import actions
from reviews.models import BallotSeat, SealedBallot
from tests.scenes.balloting import cast
from tests.scenes.hall import Hall
from tests.scenes.registry import reload
from tests.trust.test_ballot_window import commits

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.rounds]
CONNECTIONS, NAMES, ROUNDS, AT_LEAST = 50, 1, 20, 5
MILLISECOND = dt.timedelta(milliseconds=1)
START = 4711  # the lock of the test
INTO_THE_BOX = re.compile('INSERT INTO "reviews_sealedballot"')
LOCK_THE_BOX = re.compile('"reviews_votesheet".*FOR UPDATE')
KNOCKED = re.compile(r"knocked (\S+ \S+)")
HOLD = f"SELECT pg_advisory_xact_lock({START}); "
# How long one waits for the test is no part of it, how long for the box is.
WAIT = (
    f"SET LOCAL lock_timeout = 0; SELECT pg_advisory_xact_lock_shared({START}); SET LOCAL lock_timeout = 3000; "
    "DO $$ BEGIN RAISE NOTICE 'knocked %%', clock_timestamp(); END $$; "
)


@dataclass
class Comer:
    """One connection. `before` and `after`: what the test does around the statement that asks for the box.

    `knocked`: as it asked; `held`: behind it and before the commit, or when it was refused.
    """

    work: Callable[[], Any]
    statement: re.Pattern[str]
    before: str = ""
    after: Callable[[], None] = lambda: None
    knocked: Any = None
    held: Any = None
    result: Any = None

    def __call__(self) -> None:
        try:
            with connection.execute_wrapper(self._ask):
                self.result = self.work()
        except Blocked as refused:
            self.result = refused
        finally:
            connections.close_all()

    def _ask(self, execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        if self.held is not None or not self.statement.search(sql):
            return execute(sql, params, many, context)
        line = context["connection"].connection
        try:
            result = execute(self.before + sql, params, many, context)
            self.held = now()
        except Exception:
            self.held = dt.datetime.now(dt.UTC)  # the clock of this machine, which PostgreSQL reads as well
            raise
        finally:
            told = KNOCKED.search(line.notices[-1]) if line.notices else None
            self.knocked = told and dt.datetime.fromisoformat(told[1])
        self.after()
        return result

    @property
    def accepted(self) -> bool:
        return isinstance(self.result, BallotSeat)


def now() -> dt.datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


class Street:
    """Sends everybody on his way, each to his place in the queue before the next."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor
        self._threads: list[threading.Thread] = []

    def send(self, *comers: Comer) -> None:
        for one in comers:
            self._threads.append(threading.Thread(target=one))
            self._threads[-1].start()

    def waiting(self, number: int) -> None:
        """Until so many wait for a lock."""
        until = time.monotonic() + 30
        while time.monotonic() < until:
            self._cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
            if self._cursor.fetchone()[0] == number:
                return
            time.sleep(0.005)
        raise AssertionError("they did not come to wait")

    def end(self) -> None:
        for thread in self._threads:
            thread.join()


def one_round(hall: Hall, sheet: Any, admin: Any) -> tuple[Comer, list[Comer], Comer]:
    """(the vote that held the box, the others, the closing)"""
    street, free = Street(admin()), threading.Event()
    in_the_box = threading.Event()

    def stay() -> None:
        in_the_box.set()
        free.wait()

    def vote(judge: Any, **around: Any) -> Comer:
        return Comer(lambda: cast(sheet, judge, "yes"), INTO_THE_BOX, **around)

    first = vote(hall.judges[0], before=HOLD, after=stay)
    others = [vote(judge, before=WAIT) for judge in hall.judges[1:]]
    close = Comer(lambda: actions.close_ballot(sheet, actor=hall.secretary, missing_known=True), LOCK_THE_BOX)
    try:
        street.send(first)
        assert in_the_box.wait(30)
        street.send(*others)
        street.waiting(len(others))
        street.send(close)
        street.waiting(len(others) + 1)
    finally:
        free.set()
        street.end()
    return first, others, close


def test_the_lock_decides_between_fifty_votes_and_the_closing(as_in_production, admin):
    """In: held the box before the secretary did. Refused: told so after the closing was committed. Nobody else."""
    hall, inside, outside = Hall(CONNECTIONS, NAMES), 0, 0
    for _ in range(ROUNDS):
        sitting = hall.sitting()
        sheet = actions.open_ballot(sitting.meeting.sheets.get(), actor=hall.secretary)
        first, others, close = one_round(hall, sheet, admin)
        ballots, steps = commits(admin, sheet)
        freed, closed = ballots[0], steps["reviews.close_ballot"]
        assert first.accepted
        for vote in others:
            assert vote.knocked > freed
            if vote.accepted:
                assert vote.held < close.held
            else:
                assert vote.held > closed
        assert all(moment < close.held < closed for moment in ballots)
        acknowledged = {vote.result.user_id for vote in [first, *others] if vote.accepted}
        assert set(SealedBallot.objects.filter(sheet=sheet).values_list("seat__user", flat=True)) == acknowledged
        earliest = min(vote.knocked for vote in others)
        near = [vote.accepted for vote in others if vote.knocked - earliest <= MILLISECOND]
        inside, outside = inside + near.count(True), outside + near.count(False)
        sheet = actions.unseal_ballot(reload(sheet), actor=hall.tellers[0], shares=sitting.shares)
        assert sheet.ballots == len(acknowledged)
    print(f"within a millisecond of the first of their round: {inside} in, {outside} refused")
    assert inside >= AT_LEAST
    assert outside >= AT_LEAST
