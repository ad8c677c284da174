"""Voters, web workers and PostgreSQL killed in the middle (trust B5, B6): nothing acknowledged is lost or doubled."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection, connections

from jiaxing_titles.actions import Blocked
from reviews import actions
from reviews.models import BallotSeat, Board, SealedBallot, Slip, VoteLine, VoteSheet
from reviews.rules.ballot import verify_board
from tests.scenes.balloting import cast, codes_of
from tests.scenes.hall import Hall, Sitting
from tests.scenes.registry import reload
from tests.trust.web import LOST, Voter, Web

pytestmark = pytest.mark.django_db(transaction=True)
SEATS, NAMES, ROUNDS = 25, 5, 20
DUPLICATES, CUT_OFF, RESTARTS = 4, 30, 2


@pytest.fixture
def web(tmp_path) -> Iterator[Web]:
    found = Web(tmp_path)
    yield found
    found.stop()


@dataclass
class Round:
    """What the voters of one sheet saw: `acknowledged` seats, how many requests got no answer."""

    acknowledged: set[int] = field(default_factory=set)
    cut_off: int = 0
    refusals: Counter[int] = field(default_factory=Counter)
    lock: Any = field(default_factory=threading.Lock)

    def insist(self, voter: Voter, seat: BallotSeat, data: dict[str, str]) -> None:
        """Confirm until an answer says that the ballot is in the box."""
        until = time.monotonic() + 120
        while time.monotonic() < until:
            try:
                answer = voter.confirm(seat.sheet_id, data)
            except LOST:
                with self.lock:
                    self.cut_off += 1
                time.sleep(0.05)
                continue
            if answer.status == 302 or (answer.status == 200 and "已经在票箱里" in answer.text):
                with self.lock:
                    self.acknowledged.add(seat.pk)
                return
            with self.lock:
                self.refusals[answer.status] += 1
                if answer.status == 503:
                    assert "再点一次" in answer.text and answer.headers["Retry-After"]
            time.sleep(0.05)


@pytest.mark.rounds
def test_no_acknowledged_ballot_is_lost_or_doubled_in_twenty_rounds_of_kills(as_in_production, web, power):
    """25 members confirm four times at once, 30 requests are cut off by kill -9, the database is cut off twice."""
    hall = Hall(SEATS, NAMES)
    voters, cut_off = {judge.user.pk: Voter(web, judge) for judge in hall.judges}, 0
    for number in range(ROUNDS):
        sitting = hall.sitting()
        sheet = actions.open_ballot(sitting.meeting.sheets.get(), actor=hall.secretary)
        held = Round()
        seeds = vote_under_fire(sheet, voters, held, web, power)
        board = counted(hall, sitting, sheet, held.acknowledged)
        assert {one.pk for one in sheet.roll.all()} == held.acknowledged
        codes = set(Slip.objects.filter(sheet=sheet).values_list("code", flat=True))
        for own in seeds.values():
            inside = [seed for seed in own if set(codes_of(sheet, seed).values()) <= codes]
            assert len(inside) == 1, "exactly one of the four ballots of a seat was counted"
        shown = {voter.receipt(sheet.pk) for voter in voters.values()}
        assert verify_board.problems(board.file.encode(), board.sha256, sorted(shown)) == []
        assert len(shown) == SEATS
        assert set(held.refusals) <= {409, 503}, "the database away, a row held too long; never an error of ours"
        print(f"round {number + 1}: {held.cut_off} requests cut off, refused for the moment {dict(held.refusals)}")
        cut_off += held.cut_off
    assert cut_off >= CUT_OFF * ROUNDS


def vote_under_fire(
    sheet: VoteSheet, voters: dict[int, Voter], held: Round, web: Web, power: Any
) -> dict[int, list[bytes]]:
    """Seeds of the four ballots of each seat."""
    seeds, threads = {}, []
    for seat in sheet.roll.all():
        seeds[seat.pk] = [os.urandom(16) for _ in range(DUPLICATES)]
        for seed in seeds[seat.pk]:
            marks = {number: random.choice(("yes", "no", "abstain")) for number in range(1, NAMES + 1)}
            data = Voter.filled(seat, marks, seed)
            threads.append(threading.Thread(target=held.insist, args=(voters[seat.user_id], seat, data)))
    random.shuffle(threads)
    for thread in threads:
        thread.start()
    restarts = sorted(random.sample(range(2, CUT_OFF - 2), RESTARTS))
    while any(thread.is_alive() for thread in threads) or restarts:
        if held.cut_off < CUT_OFF:
            web.kill_one(random.randrange(99))
        if restarts and (held.cut_off >= restarts[0] or len(held.acknowledged) == SEATS):
            restarts.pop(0)
            before = set(held.acknowledged)
            power.cycle()
            inside = set(SealedBallot.objects.filter(sheet=sheet).values_list("seat", flat=True))
            assert before <= inside, "acknowledged before the power went, and gone"
        time.sleep(random.uniform(0.02, 0.15))
    return seeds


def counted(hall: Hall, sitting: Sitting, sheet: VoteSheet, acknowledged: set[int]) -> Board:
    """Close and unseal; every acknowledged seat has one ballot in the box and each ballot is counted once."""
    rows = list(SealedBallot.objects.filter(sheet=sheet).values_list("seat", flat=True))
    assert len(set(rows)) == len(rows)
    assert acknowledged <= set(rows)
    assert set(rows) == set(sheet.roll.filter(state="voted").values_list("pk", flat=True))
    sheet = actions.close_ballot(reload(sheet), actor=hall.secretary, missing_known=True)
    sheet = actions.unseal_ballot(sheet, actor=hall.tellers[0], shares=sitting.shares)
    assert sheet.ballots == len(rows)
    assert Slip.objects.filter(sheet=sheet).count() == len(rows) * NAMES
    return sheet.board


# -- processes of our own, for the short form and for unsealing ------------------------------------------------


def process(work: Callable[[], Any], start: int | None = None) -> int:
    """Its id. A copy of this process does the work on a connection of its own and ends without any tidying up.

    `start`: it waits until something stands in this pipe.
    """
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        with suppress(BaseException):
            if start is not None:
                os.read(start, 1)
            work()
            os._exit(0)
        os._exit(1)
    return pid


def status_of(pid: int) -> int:
    """Exit status, negative for the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


@pytest.fixture
def waiting_for_the_disk(admin) -> Iterator[None]:
    """What is acknowledged is written; elsewhere the tests' server need not."""
    admin().execute("ALTER ROLE jiaxing_app SET synchronous_commit = on")
    connections.close_all()
    yield
    admin().execute("ALTER ROLE jiaxing_app RESET synchronous_commit")


def test_voters_killed_in_the_middle_and_a_restart_lose_and_double_nothing(waiting_for_the_disk, admin, power):
    """The short form of B5: twelve processes of six members, half of them killed, PostgreSQL cut off once."""
    hall = Hall(6, NAMES)
    sitting = hall.sitting()
    sheet = actions.open_ballot(sitting.meeting.sheets.get(), actor=hall.secretary)
    admin().execute("CHECKPOINT")
    read, write = os.pipe()
    gate, opener = os.pipe()

    def vote(judge: Any) -> None:
        seat = cast(sheet, judge, random.choice(("yes", "no", "abstain")))
        os.write(write, b"%d\n" % seat.pk)

    pids = [process(lambda judge=judge: vote(judge), gate) for judge in hall.judges * 2]
    os.write(opener, bytes(len(pids)))
    for number, pid in enumerate(pids):
        if number % 2 == 0:
            os.kill(pid, signal.SIGKILL)
        time.sleep(random.uniform(0, 0.02))
        if number == len(pids) // 2:
            power.cycle()
    ended = Counter(status_of(pid) for pid in pids)
    for one in (write, gate, opener):
        os.close(one)
    with os.fdopen(read) as told:
        acknowledged = {int(line) for line in told}
    assert ended[-signal.SIGKILL] > 0, ended
    assert acknowledged <= set(SealedBallot.objects.filter(sheet=sheet).values_list("seat", flat=True))
    for judge in hall.judges:
        with suppress(Blocked):  # he has voted
            acknowledged.add(cast(sheet, judge, "yes").pk)
    assert counted(hall, sitting, sheet, acknowledged).sheet.ballots == len(hall.judges)


@pytest.mark.rounds
def test_unsealing_killed_before_and_after_every_statement_is_all_or_nothing(as_in_production):
    """B6 with kill -9: the process that unseals kills itself before its first, second … statement, and behind it."""
    hall = Hall(7, NAMES)
    sitting = hall.sitting()
    sheet = actions.open_ballot(sitting.meeting.sheets.get(), actor=hall.secretary)
    for number, judge in enumerate(hall.judges):
        cast(sheet, judge, "yes" if number < 5 else "no")
    sheet = actions.close_ballot(reload(sheet), actor=hall.secretary)

    def unseal_until(number: int, behind: bool) -> None:
        seen = iter(range(number + 1))

        def wrapper(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
            last = next(seen, None) == number
            if last and not behind:
                os.kill(os.getpid(), signal.SIGKILL)
            result = execute(sql, params, many, context)
            if last:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        with connection.execute_wrapper(wrapper):
            actions.unseal_ballot(sheet, actor=hall.tellers[0], shares=sitting.shares)

    number = 0
    for number in range(1000):
        ended = {status_of(process(lambda n=number, b=behind: unseal_until(n, b))) for behind in (False, True)}
        if ended != {-signal.SIGKILL}:
            break
        lock_free(sheet)
        assert (Slip.objects.count(), Board.objects.count(), reload(sheet).state) == (0, 0, "sealed"), number
        assert not VoteLine.objects.exclude(yes=None).exists()
    print(f"killed before and behind each of {number} statements")
    assert number > 15
    assert 0 in ended, "the first run with no statement left to die at goes through"
    assert set(sheet.lines.values_list("yes", "no")) == {(5, 2)}
    assert Slip.objects.count() == 7 * NAMES


def lock_free(sheet: VoteSheet) -> None:
    """The server has noticed that its client is gone, and rolled back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM reviews_votesheet WHERE id = %s FOR UPDATE", [sheet.pk])
