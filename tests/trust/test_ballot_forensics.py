"""A meeting with committed rows, looked at by somebody with the files: dump, data folder, log, Redis, sessions.

Ground truth (who chose what, with which check codes) is kept by the test alone.
"""

import os
import re
import subprocess
import threading
from urllib.parse import unquote, urlsplit

import psycopg2
import pytest
import redis
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse

from jiaxing_titles.actions import Blocked
from jiaxing_titles.audit.models import AuditEvent, StepReceipt
from reviews import actions
from reviews.models import BallotSeat, SealedBallot, Slip
from reviews.rules.ballot.plaintext import Ballot, roots_from
from tests.engines_plugin import ENGINES
from tests.scenes.balloting import cast, opened
from tests.scenes.registry import reload
from tests.trust.test_racing_officials import race

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def casting(deliberated, keyed, actor):
    """(the open sheet, the shares of its key)"""
    with transaction.atomic():
        meeting = deliberated("张三", "李四")
        _, parts = keyed(meeting)
        return opened(meeting.sheets.get(), actor("committee_sec", "city")), parts


def owner_rows(statement):
    """As whoever owns the tables sees them."""
    with psycopg2.connect(os.environ["DATABASE_OWNER_URL"], dbname=connection.settings_dict["NAME"]) as owner:
        cursor = owner.cursor()
        cursor.execute(statement)
        found = cursor.fetchall()
    owner.close()
    return found


def places(engines) -> dict[str, bytes]:
    """Everything that a thief of files and dumps would carry away, by name."""
    owner, server = urlsplit(os.environ["DATABASE_OWNER_URL"]), engines.postgres
    host = connection.settings_dict["HOST"] or connection.settings_dict["OPTIONS"]["host"]
    argv = [server.programs / "pg_dump", "-h", host, "-U", owner.username, "-d", connection.settings_dict["NAME"]]
    dump = subprocess.run(
        argv, capture_output=True, check=True, env={**os.environ, "PGPASSWORD": unquote(owner.password or "")}
    )
    found = {"dump": dump.stdout}
    data = server.data
    for path in [*data.glob("base/*/*"), *data.glob("pg_wal/*"), *engines.folder.glob("log/*")]:
        if path.is_file():
            found[str(path)] = path.read_bytes()
    store = redis.Redis.from_url(settings.REDIS_URL)
    found["redis"] = b" ".join(key + repr(store.dump(key)).encode() for key in store.scan_iter())
    found["sessions"] = str([one.get_decoded() for one in Session.objects.all()]).encode()
    found["events"] = str(list(AuditEvent.objects.values())).encode()
    found["step receipts"] = str(list(StepReceipt.objects.values())).encode()
    return found


def vote_by_page(client: Client, sheet, marks) -> str:
    """Through all three pages; returns the seed that the page carried."""
    url = reverse("reviews:ballot", args=[sheet.pk])
    seed = re.search(r'name="seed" value="([^"]+)"', client.get(url).content.decode())[1]
    data = {"seed": seed, **{f"choice_{number}": mark for number, mark in marks.items()}}
    assert client.post(url, {**data, "check": "1"}).status_code == 200
    assert client.post(url, {**data, "confirm": "1"}).status_code == 302
    return seed.partition(":")[0]


def test_no_file_dump_session_or_event_holds_what_was_chosen(casting, judge, holder, login, actor, pytestconfig):
    """B2 and B4: nothing while the box is open; afterwards slips of one transaction that no ballot shares."""
    server = pytestconfig.stash[ENGINES]
    if server.postgres is None:
        pytest.fail("needs our own PostgreSQL: its files are read")
    (sheet, parts), sec = casting, actor("committee_sec", "city")
    truth = {}
    for number in range(1, 10):
        marks = {1: "yes" if number % 2 else "no", 2: "abstain" if number % 3 else "yes"}
        if number <= 2:
            seed = bytes.fromhex(vote_by_page(login("committee", "city", f"评委{number}"), sheet, marks))
        else:
            seed = os.urandom(16)
            cast(sheet, judge(number), marks, seed)
        ballot = Ballot(marks, roots_from(seed, [1, 2]))
        truth[number] = (seed, ballot.codes(sheet.form_hash), ballot.roots)
    planted = {}
    for number, (seed, codes, roots) in truth.items():
        planted |= {f"seed of {number}": seed.hex().encode(), f"raw seed of {number}": seed}
        planted |= {f"seed's root of {number} on {name}": root for name, root in roots.items()}
        planted |= {f"code of {number} on {name}": code.encode() for name, code in codes.items()}
        planted |= {f"raw code of {number} on {name}": bytes.fromhex(code) for name, code in codes.items()}
    found = places(server)
    assert len(found) > 50
    assert sheet.form_hash.encode() in found["dump"], "what is there is found"
    assert any(sheet.form_hash.encode() in data for name, data in found.items() if "pg_wal" in name), "in the WAL too"
    hits = [(what, where) for where, data in found.items() for what, text in planted.items() if text in data]
    assert hits == []
    shares = [share.secret.hex().encode() for share in parts] + [share.secret for share in parts]
    assert [where for where, data in found.items() if any(share in data for share in shares)] == []

    sheet = actions.close_ballot(reload(sheet), actor=sec, missing_known=True)
    actions.unseal_ballot(sheet, actor=holder(1), shares=parts[:2])
    [(slips,)] = owner_rows("SELECT array_agg(DISTINCT xmin::text) FROM reviews_slip")
    [(ballots,)] = owner_rows("SELECT array_agg(DISTINCT xmin::text) FROM reviews_sealedballot")
    assert (len(slips), len(ballots)) == (1, 9)
    assert not set(slips) & set(ballots)
    seeds = [what for what in planted if "seed" in what]
    found = places(server)
    assert [what for what in seeds for data in found.values() if planted[what] in data] == []
    assert {code for _, codes, _ in truth.values() for code in codes.values()} == set(
        Slip.objects.values_list("code", flat=True)
    )


def test_parallel_duplicates_put_one_ballot_of_a_seat_into_the_box(casting, judge, holder, actor):
    """B5, in one process: each of six members confirms four times at the same moment, with different choices."""
    sheet, parts = casting
    for number in range(1, 7):
        voter = judge(number)
        choices = ("yes", "no", "abstain", "yes")
        results = race(*[lambda mark=mark, voter=voter: cast(sheet, voter, mark) for mark in choices])
        won = [one for one in results if isinstance(one, BallotSeat)]
        lost = [one for one in results if isinstance(one, Blocked)]
        assert (len(won), len(lost)) == (1, 3), results
    assert SealedBallot.objects.filter(sheet=sheet).values("seat").distinct().count() == 6
    sheet = actions.close_ballot(reload(sheet), actor=actor("committee_sec", "city"), missing_known=True)
    sheet = actions.unseal_ballot(sheet, actor=holder(1), shares=parts[:2])
    assert sheet.ballots == 6


def test_closing_counts_every_ballot_that_was_acknowledged(casting, judge, holder, actor):
    """G7 and G13: ten members vote while the secretary closes; who has a receipt is in the box, nobody else."""
    sheet, parts = casting
    sec, voters = actor("committee_sec", "city"), [judge(number) for number in range(1, 11)]
    calls = [lambda voter=voter: cast(sheet, voter, "yes") for voter in voters]
    calls.insert(5, lambda: actions.close_ballot(sheet, actor=sec, missing_known=True))
    results = race(*calls)
    acknowledged = [one for one in results if isinstance(one, BallotSeat)]
    refused = [one for one in results if isinstance(one, Blocked)]
    assert len(acknowledged) + len(refused) == 10, results
    sheet = actions.unseal_ballot(reload(sheet), actor=holder(1), shares=parts[:2])
    assert sheet.ballots == len(acknowledged)
    assert {seat.pk for seat in acknowledged} == set(SealedBallot.objects.values_list("seat", flat=True))


def test_a_backend_that_dies_while_unsealing_leaves_nothing_and_the_next_one_counts(casting, judge, holder, actor):
    """B6 with a real loss: the connection is cut between the slips and the commit."""
    sheet, parts = casting
    for number in range(1, 6):
        cast(sheet, judge(number), "yes")
    sheet = actions.close_ballot(reload(sheet), actor=actor("committee_sec", "city"), missing_known=True)

    def cut(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if "reviews_board" in sql and sql.startswith("INSERT"):
            context["connection"].connection.close()
        return result

    def unseal():
        try:
            with connection.execute_wrapper(cut):
                actions.unseal_ballot(sheet, actor=holder(1), shares=parts[:2])
        except Exception as lost:
            failures.append(lost)
        finally:
            connections.close_all()

    failures = []
    thread = threading.Thread(target=unseal)
    thread.start()
    thread.join(timeout=30)
    assert failures
    assert (Slip.objects.count(), reload(sheet).state) == (0, "sealed")
    sheet = actions.unseal_ballot(reload(sheet), actor=holder(2), shares=parts[1:])
    assert list(sheet.lines.values_list("yes", flat=True)) == [5, 5]
