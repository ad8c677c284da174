"""Nothing is counted outside the window, whoever is quick and whatever a web machine thinks the time is (trust B7).

The window is a row of the database under a lock, not an hour; what was inside is told by the commit times that
PostgreSQL itself keeps.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import threading
import time
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from django.db import connections

from jiaxing_titles.actions import Blocked
from jiaxing_titles.audit.models import AuditEvent
from reviews import actions
from reviews.models import BallotSeat, SealedBallot, VoteSheet
from tests.scenes.balloting import cast
from tests.scenes.hall import Hall
from tests.scenes.registry import reload
from tests.trust.web import Voter, Web

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.rounds]
CONNECTIONS, NAMES, ROUNDS = 50, 3, 10
AROUND = 0.03  # seconds on either side; the votes of fifty take longer than that to pass


def around(moment: Any, attempts: list[Any]) -> list[Any]:
    """`moment` is called while the attempts go on, each on a connection of its own; what they returned or raised."""
    start = time.monotonic() + 0.3
    results: list[Any] = [None] * len(attempts)

    def run(number: int, work: Any, delay: float) -> None:
        try:
            connections["default"].ensure_connection()
            time.sleep(max(0.0, start + delay - time.monotonic()))
            results[number] = work()
        except (Blocked, BallotSeat.DoesNotExist) as refused:
            results[number] = refused
        finally:
            connections.close_all()

    calls = [(work, random.uniform(-AROUND, AROUND)) for work in attempts]
    threads = [threading.Thread(target=run, args=(number, *call)) for number, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    time.sleep(max(0.0, start - time.monotonic()))
    moment()
    for thread in threads:
        thread.join()
    return results


def commits(admin: Any, sheet: VoteSheet) -> tuple[list[dt.datetime], dict[str, dt.datetime]]:
    """When each ballot was committed, and each step on the sheet."""
    cursor = admin()
    cursor.execute(
        "SELECT pg_xact_commit_timestamp(xmin) FROM reviews_sealedballot WHERE sheet_id = %s ORDER BY 1", [sheet.pk]
    )
    ballots = [moment for (moment,) in cursor.fetchall()]
    cursor.execute(
        "SELECT e.step, pg_xact_commit_timestamp(e.xmin) FROM audit_auditevent e "
        "JOIN django_content_type c ON c.id = e.subject_type_id "
        "WHERE c.model = 'votesheet' AND e.subject_id = %s AND e.outcome = 'done'",
        [sheet.pk],
    )
    return ballots, dict(cursor.fetchall())


def test_fifty_connections_around_opening_and_closing(as_in_production, admin):
    hall, nearest = Hall(CONNECTIONS, NAMES), dt.timedelta.max
    early = late = 0
    for _ in range(ROUNDS):
        sitting = hall.sitting()
        sheet = sitting.meeting.sheets.get()
        attempts = [lambda judge=judge, sheet=sheet: cast(reload(sheet), judge, "yes") for judge in hall.judges]
        opening = around(lambda sheet=sheet: actions.open_ballot(sheet, actor=hall.secretary), attempts)
        voted = {seat.user_id for seat in opening if isinstance(seat, BallotSeat)}
        early += len(opening) - len(voted)
        rest = [work for work, judge in zip(attempts, hall.judges, strict=True) if judge.user.pk not in voted]

        def close(sheet: VoteSheet = sheet) -> None:
            actions.close_ballot(reload(sheet), actor=hall.secretary, missing_known=True)

        closing = around(close, rest)
        acknowledged = voted | {seat.user_id for seat in closing if isinstance(seat, BallotSeat)}
        late += sum(isinstance(one, Blocked) for one in closing)
        assert not [one for one in [*opening, *closing] if one is None], "every attempt has an answer"
        inside = SealedBallot.objects.filter(sheet=sheet).values_list("seat__user", flat=True)
        assert set(inside) == acknowledged
        ballots, steps = commits(admin, sheet)
        opened, closed = steps["reviews.open_ballot"], steps["reviews.close_ballot"]
        assert all(opened < moment < closed for moment in ballots)
        nearest = min([nearest, *(closed - moment for moment in ballots)])
        sheet = actions.unseal_ballot(reload(sheet), actor=hall.tellers[0], shares=sitting.shares)
        assert sheet.ballots == len(acknowledged)
    print(f"{early} came too early, {late} too late; the last one in was {nearest} before the closing")
    assert early > 0
    assert late > 0


@pytest.mark.parametrize("clock", ["+1h", "-1h"])
def test_the_clock_of_the_web_machine_moves_no_window(as_in_production, tmp_path, clock):
    hall = Hall(5, NAMES)
    sitting = hall.sitting()
    sheet = sitting.meeting.sheets.get()
    web = Web(tmp_path, clock=clock, workers=1)
    try:
        voters = [Voter(web, judge) for judge in hall.judges]
        moved = parsedate_to_datetime(voters[0].send("GET", f"/ballot/{sheet.pk}/").headers["Date"])
        ahead = (moved - dt.datetime.now(dt.UTC)).total_seconds()
        assert abs(abs(ahead) - 3600) < 60, f"libfaketime moved nothing: {ahead} s"
        early = voters[0].confirm(sheet.pk, {"choice_1": "yes", "confirm": "1"})
        assert (early.status, SealedBallot.objects.count()) == (409, 0)
        actions.open_ballot(sheet, actor=hall.secretary)
        marks = dict.fromkeys(range(1, NAMES + 1), "yes")
        data = {seat.user_id: Voter.filled(seat, marks, os.urandom(16)) for seat in sheet.roll.all()}
        for voter in voters[:3]:
            assert voter.confirm(sheet.pk, data[voter.actor.user.pk]).status == 302
        actions.close_ballot(reload(sheet), actor=hall.secretary, missing_known=True)
        for voter in voters[3:]:
            late = voter.confirm(sheet.pk, data[voter.actor.user.pk])
            assert late.status == 409
        assert SealedBallot.objects.count() == 3
        moments = AuditEvent.objects.filter(step="reviews.cast_ballot").values_list("at", flat=True)
        assert all(abs((moment - dt.datetime.now(dt.UTC)).total_seconds()) < 60 for moment in moments)
    finally:
        web.stop()
    sheet = actions.unseal_ballot(reload(sheet), actor=hall.tellers[0], shares=sitting.shares)
    assert set(sheet.lines.values_list("yes", flat=True)) == {3}
