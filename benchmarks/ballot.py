"""The electronic ballot at its full size: 25 seats × sheets of 30 names, on a PostgreSQL of its own.

`python -m benchmarks.ballot [--sheets 100] [--mode sealed_by_voter]` prints bytes a ballot and times to cast and to
unseal. Ballots sealed by voters are made beforehand: their phones do that. Opening, casting,
closing, unsealing are the product's own steps; what lies before them is laid down as bare rows with triggers off.
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
from urllib.parse import urlsplit

SEATS, NAMES, BURSTS = 25, 30, 4


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


@contextmanager
def triggers_off() -> Iterator[None]:
    """Rows are taken as they come; for laying the scene, on this server alone."""
    import psycopg2
    from django.db import connection

    app = urlsplit(os.environ["DATABASE_URL"]).username
    with psycopg2.connect(os.environ["DATABASE_ADMIN_URL"]) as admin:
        admin.cursor().execute(f"GRANT SET ON PARAMETER session_replication_role TO {app}")
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = 'replica'")
        yield
        cursor.execute("SET session_replication_role = 'origin'")


def meeting_of(sheets: int, mode: str) -> tuple[Any, list[Any], Any, tuple[Any, ...]]:
    """(the meeting in session, its 25 judges, its secretary, the shares of its key); the sheets wait."""
    from applications.models import TitleApplication
    from enterprises.models import Enterprise, Speciality
    from jiaxing_titles import clock
    from jiaxing_titles.accounts import grants
    from jiaxing_titles.accounts.actor import Actor
    from jiaxing_titles.accounts.models import Membership, Organisation, User
    from jiaxing_titles.accounts.roles import Role
    from jiaxing_titles.policy.models import Cycle
    from reviews import models
    from reviews.rules.ballot import sealing, shares

    def person(role: Role, number: int) -> Any:
        user = User.objects.create(username=f"{role}{number}", name=f"{role.label}{number}", password="!")
        grants.give(user, role, bureau)
        return Actor.of(Membership.objects.select_related("user", "organisation").get(user=user))

    bureau = Organisation.objects.create(kind="city_bureau", name="市人社局", short_name="市人社局", code="330400")
    cycle = Cycle.defaults_for(2026)
    cycle.save()
    judges = [person(Role.COMMITTEE, number) for number in range(SEATS)]
    secretary, tellers = person(Role.COMMITTEE_SEC, 0), [person(Role.TELLER, number) for number in range(3)]
    dealt, now = shares.deal(2, 3), clock.now()
    with triggers_off():
        made = Organisation.objects.create(
            kind="enterprise", name="示例", short_name="示例", code="A", supervisor=bureau
        )
        company = Enterprise.objects.create(organisation=made, credit_code="91330400MA00000000")
        meeting = models.CommitteeMeeting.objects.create(
            cycle=cycle, organisation=bureau, number=1, planned_at=now, place="会议室", state="in_session"
        )
        for judge in judges:
            member = models.CommitteeMember.objects.create(
                meeting=meeting, user=judge.user, speciality=Speciality.objects.first(), employer="院", title="高工"
            )
            models.CommitteeAttendance.objects.create(
                meeting=meeting, member=member, signed_at=now, method="self", promised=True
            )
        models.ReportSlot.objects.create(meeting=meeting, enterprise=company, place=1, state="deliberated")
        key = models.KeyCeremony.objects.create(
            session=meeting,
            organisation=bureau,
            needed=2,
            public_key=dealt.public,
            suite=sealing.SUITES,
            state="checked",
        )
        for number, (teller, fingerprint) in enumerate(zip(tellers, dealt.fingerprints, strict=True), start=1):
            models.KeyHolder.objects.create(ceremony=key, user=teller.user, number=number, fingerprint=fingerprint)
        people = [User.objects.create(username=f"p{n}", name=f"申报人{n}", password="!") for n in range(NAMES)]
        applications = TitleApplication.objects.bulk_create(
            TitleApplication(round_id=1, enterprise=company, cycle=cycle, person=one, level="engineer", speciality_id=1)
            for one in people
        )
        for number in range(1, sheets + 1):
            sheet = models.VoteSheet.objects.create(
                session=meeting,
                organisation=bureau,
                enterprise=company,
                level="engineer",
                number=number,
                mode=mode,
            )
            models.VoteLine.objects.bulk_create(
                models.VoteLine(sheet=sheet, application=one, number=place)
                for place, one in enumerate(applications, start=1)
            )
    return meeting, judges, secretary, (tellers[0], dealt.shares[:2])


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
    from django.test import Client

    from reviews.forms.ballot import signer

    client = Client()
    client.force_login(judge.user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["account_authentication_methods"] = [{"method": "password"}, {"method": "mfa"}]
    session.save()
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


def run(sheets: int, mode: str) -> None:
    from django.db import connection

    from reviews import actions
    from reviews.models import Slip, VoteSheet

    meeting, judges, secretary, (teller, parts) = meeting_of(sheets, mode)
    singles, pages, bursts = [], [], []
    for place, sheet in enumerate(meeting.sheets.order_by("number")):
        sheet = actions.open_ballot(sheet, actor=secretary)
        if place == 0:
            pages = [vote_by_page(sheet, judge) for judge in judges]
        elif place <= BURSTS:
            bursts.append(burst(sheet, judges))
        else:
            singles += [timed(prepared(sheet, judge))[0] for judge in judges]
        actions.close_ballot(sheet, actor=secretary)
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE jiaxing_tally")
        cursor.execute("SELECT min(octet_length(ciphertext)), max(octet_length(ciphertext)) FROM reviews_sealedballot")
        least, most = cursor.fetchone()
        cursor.execute("RESET ROLE")
    busy = time.process_time()
    opening, _ = timed(
        lambda: [
            actions.unseal_ballot(sheet, actor=teller, shares=parts)
            for sheet in VoteSheet.objects.filter(session=meeting).order_by("number")
        ]
    )
    print(f"bytes a ballot: {least} to {most}")
    print(f"confirming by page: median {_ms(statistics.median(pages))}, worst {_ms(max(pages))}")
    if singles:
        print(f"casting alone: median {_ms(statistics.median(singles))}, worst {_ms(max(singles))}")
    if bursts:
        print(f"25 at the same moment: {', '.join(_ms(one) for one in bursts)}")
    busy = time.process_time() - busy
    print(f"unsealing {Slip.objects.count()} marks of {sheets} sheets: {opening:.1f} s, {busy:.1f} s of it Python")


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sheets", type=int, default=100)
    parser.add_argument("--mode", choices=["electronic", "sealed_by_voter"], default="electronic")
    chosen = parser.parse_args()
    with database():
        run(chosen.sheets, chosen.mode)
