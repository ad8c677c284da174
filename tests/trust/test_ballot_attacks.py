"""The attack kit (trust B1): what a superuser gets out of rows, pages, the write-ahead log and watching every vote.

Each attack is also tried on a naive ballot with random ids and no timestamp, of which it must recover nearly all:
else it could not have seen a leak of ours.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from reviews import actions
from tests.engines_plugin import ENGINES
from tests.scenes.balloting import cast
from tests.scenes.hall import Hall
from tests.scenes.registry import reload
from tests.trust import kit

pytestmark = pytest.mark.django_db(transaction=True)
SEATS, NAMES, MEETINGS = 25, 20, 50
ATTACKS: dict[str, Callable[[Any, kit.Prey], kit.Marks]] = {
    "watching every vote": kit.watched,
    "live xmin": kit.live_xmin,
    "heap order": kit.heap_order,
    "order of a column": kit.column_order,
}
WITH_SETTINGS = {"dead rows": kit.dead_rows, "commit times": kit.commit_times}
"""What needs Debian's PostgreSQL with pageinspect, and track_commit_timestamp."""

NAIVE = """
CREATE TABLE naive_roll (id int PRIMARY KEY, voted boolean NOT NULL DEFAULT false);
CREATE TABLE naive_slip (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), line bigserial, sheet int NOT NULL, number int NOT NULL,
    choice text NOT NULL);
"""


@pytest.fixture
def naive_tables(admin) -> Iterator[None]:
    yield
    admin().execute("DROP TABLE IF EXISTS naive_roll, naive_slip")


def truth(seats: list[int]) -> kit.Marks:
    return {(seat, number): random.choice(kit.CHOICES) for seat in seats for number in range(1, NAMES + 1)}


class Naive:
    """Random keys, no time, one transaction a ballot."""

    def __init__(self, admin: Any) -> None:
        self._admin, self._votes = admin, 0
        admin.execute(NAIVE)

    def vote(self, watcher: kit.Watcher) -> kit.Prey:
        self._votes += 1
        seats = [self._votes * 100 + place for place in range(SEATS)]
        self._admin.execute("INSERT INTO naive_roll (id) SELECT unnest(%s)", [seats])
        prey = kit.Prey("naive_roll", "naive_slip", f"sheet = {self._votes}", truth(seats))
        random.shuffle(seats)
        watcher.begin()
        for seat in seats:
            self._admin.execute("BEGIN")
            self._admin.execute("UPDATE naive_roll SET voted = true WHERE id = %s", [seat])
            for number in range(1, NAMES + 1):
                self._admin.execute(
                    "INSERT INTO naive_slip (sheet, number, choice) VALUES (%s, %s, %s)",
                    [self._votes, number, prey.real[seat, number]],
                )
            self._admin.execute("COMMIT")
            watcher.after_vote(prey, seat)
        return prey


class Ours:
    """Meetings of the product, each with one sheet and a key of its own."""

    def __init__(self) -> None:
        self._hall = Hall(SEATS, NAMES)

    def vote(self, watcher: kit.Watcher) -> kit.Prey:
        hall, sitting = self._hall, self._hall.sitting()
        sheet = actions.open_ballot(sitting.meeting.sheets.get(), actor=hall.secretary)
        seats = dict(sheet.roll.values_list("pk", "user_id"))
        voters = {judge.user.pk: judge for judge in hall.judges}
        prey = kit.Prey("reviews_ballotseat", "reviews_slip", f"sheet_id = {sheet.pk}", truth(list(seats)))
        order = list(seats)
        random.shuffle(order)
        watcher.begin()
        for seat in order:
            cast(sheet, voters[seats[seat]], {number: prey.real[seat, number] for number in range(1, NAMES + 1)})
            watcher.after_vote(prey, seat)
        sheet = actions.close_ballot(reload(sheet), actor=hall.secretary)
        actions.unseal_ballot(sheet, actor=hall.tellers[0], shares=sitting.shares)
        return prey


def attacked(admin: Any, model: Any, meetings: int, engines: Any, attacks: Any) -> tuple[list[kit.Prey], Any]:
    """The meetings held and, by attack, what it believes of each."""
    admin.execute("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn")
    start, watcher = int(admin.fetchone()[0]), kit.Watcher(admin)
    preys = [model.vote(watcher) for _ in range(meetings)]
    guesses = {name: [attack(admin, prey) for prey in preys] for name, attack in attacks.items()}
    for prey in preys:
        admin.execute(f"SELECT DISTINCT xmin::text::bigint FROM {prey.slips} WHERE {prey.of_this_vote}")
        prey.writers = {xid for (xid,) in admin.fetchall()}
    admin.execute("SELECT pg_switch_wal()")  # writes down what it still held back
    log = kit.Log.read(engines.postgres.data / "pg_wal", start)
    assert log.records > 100 * meetings
    assert len(log.marks) >= meetings * SEATS * NAMES, "every slip is found in the log"
    guesses["log, by transaction"] = [log.by_transaction(prey) for prey in preys]
    guesses["log, by order"] = [log.by_order(prey) for prey in preys]
    return preys, guesses


@pytest.mark.parametrize("meetings", [1, pytest.param(MEETINGS, marks=pytest.mark.rounds)])
def test_the_kit_breaks_the_naive_ballot_and_learns_nothing_from_ours(meetings, request, admin, naive_tables):
    attacks = dict(ATTACKS)
    if meetings > 1:
        request.getfixturevalue("as_in_production")
        attacks |= WITH_SETTINGS
    superuser, engines, total = admin(), request.config.stash[ENGINES], meetings * SEATS
    preys, guesses = attacked(superuser, Naive(superuser), meetings, engines, attacks)
    for name, found in guesses.items():
        broken = sum(kit.whole(guess, prey.real) for guess, prey in zip(found, preys, strict=True))
        print(f"naive, {name}: {broken} of {total} whole ballots")
        assert broken >= 0.95 * total, f"{name} is no attack: {broken} of {total}"

    preys, guesses = attacked(superuser, Ours(), meetings, engines, attacks)
    touched = set.union(*(prey.touched for prey in preys))
    assert touched == {"reviews_sealedballot", "reviews_ballotseat", "audit_auditevent"}
    assert all(len(prey.writers) == 1 and not prey.writers & set(prey.xids) for prey in preys)
    expected, marks = sum(kit.chance(prey.real) for prey in preys), total * NAMES
    for name, found in guesses.items():
        pairs = list(zip(found, preys, strict=True))
        known = sum(kit.cells(guess, prey.real) for guess, prey in pairs)
        print(f"ours, {name}: {known} of {marks} marks, by guessing {expected:.0f}")
        assert sum(kit.whole(guess, prey.real) for guess, prey in pairs) == 0, name
        assert known <= kit.most(expected, marks), name
