"""The attack kit on rows (trust B1): what a superuser gets out of xmin, heap order and watching every vote.

Each attack is first tried on a naive ballot with random ids, where it must recover nearly everything.
"""

from __future__ import annotations

import math
import os
import random
from collections import Counter

import psycopg2
import pytest
from django.db import connection, transaction

from jiaxing_titles.audit.models import AuditEvent
from reviews import actions
from reviews.models import BallotSeat
from tests.scenes.balloting import cast, opened
from tests.scenes.registry import reload

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = ("张三", "李四", "王五", "赵六")
VOTERS = 10
CHOICES = ("yes", "no", "abstain")
Marks = dict[tuple[int, int], str]  # (seat, number of the name) → choice

NAIVE = """
CREATE TABLE naive_roll (seat int PRIMARY KEY, voted boolean NOT NULL DEFAULT false);
CREATE TABLE naive_slip (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), number int NOT NULL, choice text NOT NULL);
"""


@pytest.fixture
def owner():
    """The owner's own connection, which reads every column, system columns as well."""
    found = psycopg2.connect(os.environ["DATABASE_OWNER_URL"], dbname=connection.settings_dict["NAME"])
    found.autocommit = True
    yield found.cursor()
    found.cursor().execute("DROP TABLE IF EXISTS naive_roll, naive_slip")
    found.close()


def by_xmin(cursor, roll: str, seat: str, slips: str) -> Marks:
    """Slip and roll of one transaction belong together."""
    cursor.execute(f"SELECT r.{seat}, s.number, s.choice FROM {roll} r JOIN {slips} s ON s.xmin::text = r.xmin::text")
    return {(one, number): choice for one, number, choice in cursor.fetchall()}


def by_heap(cursor, slips: str, order: list[int]) -> Marks:
    """The first slip of each name on the disk belongs to who voted first, and so on; `order` is public knowledge."""
    cursor.execute(f"SELECT number, choice FROM {slips} ORDER BY number, ctid")
    found: Marks = {}
    for number, choice in cursor.fetchall():
        place = sum(1 for _, known in found if known == number)
        found[order[place], number] = choice
    return found


def truth(seats: list[int], names: int, seed: int) -> Marks:
    dice = random.Random(seed)
    return {(seat, number): dice.choice(CHOICES) for seat in seats for number in range(1, names + 1)}


def hits(guess: Marks, real: Marks) -> float:
    """Share of the marks that the guess names rightly."""
    return sum(guess.get(cell) == mark for cell, mark in real.items()) / len(real)


def allowed(real: Marks) -> float:
    """What guessing by each name's published totals gives, and three standard deviations more."""
    names = {number for _, number in real}
    shares = []
    for number in names:
        marks = Counter(mark for (_, one), mark in real.items() if one == number)
        shares.append(sum((count / sum(marks.values())) ** 2 for count in marks.values()))
    chance = sum(shares) / len(shares)
    return chance + 3 * math.sqrt(chance * (1 - chance) / len(real))


def test_the_kit_breaks_the_naive_ballot(owner):
    """The control: random ids and no timestamp do not help."""
    seats = list(range(1, VOTERS + 1))
    real = truth(seats, 4, seed=1)
    owner.execute(NAIVE)
    owner.execute("INSERT INTO naive_roll (seat) SELECT generate_series(1, %s)", [VOTERS])
    random.Random(2).shuffle(seats)
    seen: Marks = {}
    known: set[str] = set()
    for seat in seats:
        owner.execute("BEGIN")
        owner.execute("UPDATE naive_roll SET voted = true WHERE seat = %s", [seat])
        for number in range(1, 5):
            owner.execute("INSERT INTO naive_slip (number, choice) VALUES (%s, %s)", [number, real[seat, number]])
        owner.execute("COMMIT")
        owner.execute("SELECT id::text, number, choice FROM naive_slip")
        new = [row for row in owner.fetchall() if row[0] not in known]
        known |= {row[0] for row in new}
        seen |= {(seat, number): choice for _, number, choice in new}
    assert hits(by_xmin(owner, "naive_roll", "seat", "naive_slip"), real) == 1
    assert hits(by_heap(owner, "naive_slip", seats), real) == 1
    assert hits(seen, real) == 1


def test_the_kit_learns_nothing_from_ours(owner, deliberated, keyed, judge, holder, actor):
    with transaction.atomic():
        meeting = deliberated(*PEOPLE)
        _, parts = keyed(meeting)
        sheet = opened(meeting.sheets.get(), actor("committee_sec", "city"))
    voters = [judge(number) for number in range(1, VOTERS + 1)]
    seats = {BallotSeat.objects.get(sheet=sheet, user=voter.user).pk: voter for voter in voters}
    real = truth(list(seats), len(PEOPLE), seed=3)
    for seat, voter in seats.items():
        before = watched(owner)
        cast(sheet, voter, {number: real[seat, number] for number in range(1, len(PEOPLE) + 1)})
        changed = {table for table, rows in watched(owner).items() if rows != before[table]}
        assert changed == {"reviews_sealedballot", "reviews_ballotseat", "audit_auditevent"}
    sheet = actions.close_ballot(reload(sheet), actor=actor("committee_sec", "city"))
    actions.unseal_ballot(sheet, actor=holder(1), shares=parts[:2])
    cast_events = AuditEvent.objects.filter(step="reviews.cast_ballot", outcome="done").order_by("seq")
    order = list(cast_events.values_list("subject_id", flat=True))
    assert order == list(seats), "who voted when is no secret"
    for roll, seat in (("reviews_ballotseat", "id"), ("reviews_sealedballot", "seat_id")):
        assert by_xmin(owner, roll, seat, "reviews_slip") == {}
    assert hits(by_heap(owner, "reviews_slip", order), real) <= allowed(real)


def watched(owner) -> dict[str, str]:
    """Table → hash of all its rows, of every table in the database."""
    owner.execute("SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'")
    tables = [name for (name,) in owner.fetchall()]
    each = [
        f"SELECT '{name}', coalesce(sum(hashtextextended(t::text, 0)), 0)::text FROM public.\"{name}\" t"
        for name in tables
    ]
    owner.execute(" UNION ALL ".join(each))
    return dict(owner.fetchall())
