"""The electronic ballot at its full size: 25 seats × sheets of 30 names, on a PostgreSQL of its own.

`python -m benchmarks.ballot [--sheets 100] [--mode sealed_by_voter]` prints bytes a ballot and times to cast and to
unseal beside what is wanted; exit status 1 when something wanted is missed. Ballots sealed by voters are made
beforehand: their phones do that. Opening, casting, closing, unsealing are the product's own steps; what lies before
them is laid down as bare rows (tests/scenes/hall.py).
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SEATS, NAMES, BURSTS = 25, 30, 4
SERVER_MS, BYTES, BURST_S, UNSEAL_MARKS_A_SECOND = 50, 8 * 1024, 2.0, 75_000 / 10


@contextmanager
def database() -> Iterator[None]:
    """A migrated PostgreSQL for the length of the run; Django is set up on it as the app role."""
    from jiaxing_titles.engines.pair import Engines
    from jiaxing_titles.engines.processes import Guard

    guard = Guard()
    engines = Engines.for_one_session(guard)
    try:
        os.environ.update(engines.environment, DJANGO_SETTINGS_MODULE="jiaxing_titles.settings_test")
        engines.start_redis()
        engines.start_postgres()
        owner = {**os.environ, "DATABASE_URL": os.environ["DATABASE_OWNER_URL"]}
        root = Path(__file__).parents[1]
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=root, env=owner, check=True)
        import django

        django.setup()
        yield
    finally:
        engines.remove()
        guard.close()


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def prepared(sheet: Any, judge: Any) -> Callable[[], Any]:
    """The judge's ballot on its way: what is left to do is the server's part."""
    from reviews import actions

    seat = sheet.roll.get(user=judge.user)
    marks = {number: ("yes", "no", "abstain")[(number + seat.pk) % 3] for number in range(1, NAMES + 1)}
    if not sheet.sealed_by_voter:
        return lambda: actions.cast_ballot(seat, actor=judge, marks=marks, seed=os.urandom(16))
    ballot = sealed(sheet, marks)
    return lambda: actions.cast_sealed_ballot(seat, actor=judge, sealed=ballot)


def sealed(sheet: Any, marks: dict[int, str]) -> bytes:
    from reviews.rules.ballot import plaintext, sealing
    from reviews.rules.ballot.form import read_form

    form = read_form(sheet.form)
    ballot = plaintext.Ballot(marks, plaintext.roots_from(os.urandom(16), form.numbers))
    plain = plaintext.encode(ballot, form.hash, form.numbers)
    return sealing.seal(plain, bytes(sheet.sitting.key.public_key), form.context, form.suite)


def vote_by_page(sheet: Any, judge: Any) -> float:
    """Seconds of the POST that confirms, signing in and choosing not counted."""
    from reviews.forms.ballot import signer
    from tests.scenes.hall import signed_in

    client = signed_in(judge)
    marks = dict.fromkeys(range(1, NAMES + 1), "yes")
    if sheet.sealed_by_voter:
        ballot = {"sealed": sealed(sheet, marks).hex()}
        seconds, answer = timed(lambda: client.post(f"/ballot/{sheet.pk}/sealed/", ballot))
        assert answer.status_code == 200, answer.status_code
        return seconds
    data = {f"choice_{number}": mark for number, mark in marks.items()}
    data |= {"seed": signer(sheet.roll.get(user=judge.user)).sign(os.urandom(16).hex()), "confirm": "1"}
    seconds, answer = timed(lambda: client.post(f"/ballot/{sheet.pk}/", data))
    assert answer.status_code == 302, answer.status_code
    return seconds


def burst(sheet: Any, judges: list[Any]) -> float:
    """Seconds until all 25 have their receipt when they confirm at the same moment."""
    from django.db import connections

    barrier = threading.Barrier(len(judges) + 1)

    def one(cast: Callable[[], Any]) -> None:
        barrier.wait()
        cast()
        connections.close_all()

    threads = [threading.Thread(target=one, args=(prepared(sheet, judge),)) for judge in judges]
    for thread in threads:
        thread.start()
    barrier.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began


def run(sheets: int, mode: str) -> bool:
    """Whether everything that is wanted was reached."""
    from django.db import connection

    from reviews import actions
    from reviews.models import Slip, VoteSheet
    from tests.scenes.hall import Hall

    hall = Hall(SEATS, NAMES)
    sitting, judges = hall.sitting(sheets, mode=mode), hall.judges
    singles, pages, bursts = [], [], []
    for place, sheet in enumerate(sitting.meeting.sheets.order_by("number")):
        sheet = actions.open_ballot(sheet, actor=hall.secretary)
        if place == 0:
            pages = [vote_by_page(sheet, judge) for judge in judges]
        elif place <= BURSTS:
            bursts.append(burst(sheet, judges))
        else:
            singles += [timed(prepared(sheet, judge))[0] for judge in judges]
        actions.close_ballot(sheet, actor=hall.secretary)
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE jiaxing_tally")
        cursor.execute("SELECT min(octet_length(ciphertext)), max(octet_length(ciphertext)) FROM reviews_sealedballot")
        least, most = cursor.fetchone()
        cursor.execute("RESET ROLE")
    busy = time.process_time()
    opening, _ = timed(
        lambda: [
            actions.unseal_ballot(sheet, actor=hall.tellers[0], shares=sitting.shares)
            for sheet in VoteSheet.objects.filter(session=sitting.meeting).order_by("number")
        ]
    )
    busy, marks = time.process_time() - busy, Slip.objects.count()
    page = statistics.median(pages) * 1000
    reached = [
        told(f"bytes a ballot: {least} to {most}", f"{BYTES}", most <= BYTES),
        told(
            f"confirming by page: median {page:.0f} ms, worst {_ms(max(pages))}", f"≤ {SERVER_MS} ms", page <= SERVER_MS
        ),
    ]
    if singles:
        print(f"  casting alone: median {_ms(statistics.median(singles))}, worst {_ms(max(singles))}")
    if bursts:
        each = ", ".join(_ms(one) for one in bursts)
        sentence = f"{SEATS} at the same moment, the last receipt: {each}"
        reached.append(told(sentence, f"{BURST_S:.0f} s", max(bursts) <= BURST_S))
    bound = marks / UNSEAL_MARKS_A_SECOND
    sentence = f"unsealing {marks} marks of {sheets} sheets: {opening:.1f} s, {busy:.1f} s of it Python"
    reached.append(told(sentence, f"{bound:.1f} s", opening <= bound))
    return all(reached)


def told(measured: str, wanted: str, reached: bool) -> bool:
    print(f"{'ok  ' if reached else 'MISS'} {measured} (at most {wanted})")
    return reached


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sheets", type=int, default=100)
    parser.add_argument("--mode", choices=["electronic", "sealed_by_voter"], default="electronic")
    chosen = parser.parse_args()
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"{os.cpu_count()} cores, load before the run {load}")
    with database():
        reached = run(chosen.sheets, chosen.mode)
    sys.exit(0 if reached else 1)
