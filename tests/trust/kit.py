"""The attack kit of a superuser who wants to know who chose what (trust B1).

Every attack gets a `Prey` and returns what it believes, by seat and name; nothing of ours is asked. `WATCH` runs while
people vote, the others afterwards, on the data files and on the write-ahead log.
"""

from __future__ import annotations

import math
import re
import struct
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CHOICES = ("yes", "no", "abstain")
Marks = dict[tuple[int, int], str]
"""(seat, number of the name) → choice"""
SEGMENT, PAGE, SHORT_HEADER, LONG_HEADER = 16 * 1024 * 1024, 8192, 24, 40
# A small number, then a choice as PostgreSQL writes short texts: one byte for the length, then the letters.
MARK = re.compile(rb"([\x01-\x1f])\x00(?:\x00\x00)?(?:\x09(yes)|\x07(no)|\x11(abstain))")


@dataclass
class Prey:
    """One vote. `order`: seats as they voted, which is no secret; `xids`: transaction of a vote → its seat."""

    roll: str
    slips: str
    of_this_vote: str
    """SQL: which rows of `slips`."""
    real: Marks
    order: list[int] = field(default_factory=list)
    xids: dict[int, int] = field(default_factory=dict)
    seen: Marks = field(default_factory=dict)
    """What the watcher saw."""
    touched: set[str] = field(default_factory=set)
    """Tables and sequences that a vote changed."""
    writers: set[int] = field(default_factory=set)
    """Transactions that wrote slips."""

    def in_order(self, rows: Iterable[tuple[int, str]]) -> Marks:
        """The first mark of each name belongs to who voted first, and so on; `rows` are (number, choice)."""
        places: dict[int, int] = defaultdict(int)
        found: Marks = {}
        for number, choice in rows:
            if places[number] < len(self.order):
                found[self.order[places[number]], number] = choice
            places[number] += 1
        return found


# -- while people vote -------------------------------------------------------------------------------------


class Watcher:
    """Reads every table and sequence after each vote: rows that were not there before belong to who just voted."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor
        cursor.execute("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'")
        tables = [name for (name,) in cursor.fetchall()]
        rows = " UNION ALL ".join(
            f"SELECT '{name}', count(*), jsonb_agg(to_jsonb(t)) FILTER (WHERE t.xmin::text::bigint >= $1) "
            f'FROM public."{name}" t'
            for name in tables
        )
        cursor.execute("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'S'")
        sequences = " UNION ALL ".join(
            f"SELECT '{name}', last_value, is_called FROM public.\"{name}\"" for (name,) in cursor.fetchall()
        )
        # Prepared: planning a hundred tables takes longer than reading them.
        cursor.execute("DEALLOCATE ALL")
        cursor.execute(f"PREPARE rows (bigint) AS {rows}")
        cursor.execute(f"PREPARE sequences AS {sequences}")
        self._counts: dict[str, int] = {}
        self._values: dict[str, tuple[int, bool]] = {}
        self._next = 0

    def begin(self) -> None:
        """What is there now was there before the first vote."""
        self._look()

    def after_vote(self, prey: Prey, seat: int) -> None:
        prey.order.append(seat)
        for table, rows, counted in self._look():
            if rows or counted:
                prey.touched.add(table)
            for row in rows:
                if row.get("choice") in CHOICES:
                    prey.seen[seat, row["number"]] = row["choice"]
        self._cursor.execute(f"SELECT xmin::text::bigint FROM {prey.roll} WHERE id = %s", [seat])
        prey.xids[self._cursor.fetchone()[0]] = seat

    def _look(self) -> list[tuple[str, list[dict[str, Any]], bool]]:
        self._cursor.execute("EXECUTE rows (%s)", [self._next or 2**33])
        found = []
        for table, count, rows in self._cursor.fetchall():
            found.append((table, rows or [], self._counts.get(table, count) != count))
            self._counts[table] = count
        self._cursor.execute("EXECUTE sequences")
        values = {name: (last, called) for name, last, called in self._cursor.fetchall()}
        found += [(name, [], True) for name, value in values.items() if self._values.get(name, value) != value]
        self._values = values
        self._cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
        self._next = self._cursor.fetchone()[0]
        return found


def watched(cursor: Any, prey: Prey) -> Marks:
    """What was there after a vote and not before."""
    return prey.seen


# -- afterwards, by rows -----------------------------------------------------------------------------------


def live_xmin(cursor: Any, prey: Prey) -> Marks:
    """Slip and roll of one transaction belong together."""
    cursor.execute(f"SELECT xmin::text::bigint, number, choice FROM {prey.slips} WHERE {prey.of_this_vote}")
    return {(prey.xids[xid], number): choice for xid, number, choice in cursor.fetchall() if xid in prey.xids}


def heap_order(cursor: Any, prey: Prey) -> Marks:
    """As the slips lie on the disk."""
    cursor.execute(f"SELECT number, choice FROM {prey.slips} WHERE {prey.of_this_vote} ORDER BY ctid")
    return prey.in_order(cursor.fetchall())


def commit_times(cursor: Any, prey: Prey) -> Marks:
    """As they were committed (track_commit_timestamp)."""
    cursor.execute(
        f"SELECT number, choice FROM {prey.slips} WHERE {prey.of_this_vote} "
        "ORDER BY pg_xact_commit_timestamp(xmin), ctid"
    )
    return prey.in_order(cursor.fetchall())


def column_order(cursor: Any, prey: Prey) -> Marks:
    """By the column that gives most away: keys, sequences, times. The attacker is granted to know which."""
    cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
        [prey.slips],
    )
    best: Marks = {}
    for (column,) in cursor.fetchall():
        if column in ("number", "choice"):
            continue
        cursor.execute(f'SELECT number, choice FROM {prey.slips} WHERE {prey.of_this_vote} ORDER BY "{column}"')
        guess = prey.in_order(cursor.fetchall())
        if whole(guess, prey.real) > whole(best, prey.real) or not best:
            best = guess
    return best


def dead_rows(cursor: Any, prey: Prey) -> Marks:
    """Every version of a slip that still lies in a page, replaced and rolled back ones as well (pageinspect)."""
    found: Marks = {}
    for xid, number, choice in _versions(cursor, prey.slips, "number", "choice"):
        told = choice[1:].decode("ascii", "replace")  # behind the byte of its length
        if xid in prey.xids and told in CHOICES:
            found[prey.xids[xid], int.from_bytes(number, "little")] = told
    return found


def _versions(cursor: Any, table: str, *columns: str) -> Iterator[tuple[Any, ...]]:
    """(transaction that wrote it, the bytes of these columns) of everything in the table's pages."""
    cursor.execute(
        "SELECT array_agg(attnum - 1 ORDER BY attnum) FROM pg_attribute "
        "WHERE attrelid = %s::regclass AND attname = ANY(%s)",
        [table, list(columns)],
    )
    [places] = cursor.fetchone()
    cursor.execute(
        "SELECT i.t_xmin::text::bigint, i.t_attrs "
        f"FROM generate_series(0, pg_relation_size('{table}') / {PAGE} - 1) p, "
        f"LATERAL heap_page_item_attrs(get_raw_page('{table}', p::int), '{table}'::regclass) i "
        "WHERE i.t_attrs IS NOT NULL"
    )
    for xid, values in cursor.fetchall():
        yield xid, *(bytes(values[place] or b"") for place in places)


# -- afterwards, by the write-ahead log --------------------------------------------------------------------


def records(folder: Path, start: int) -> Iterator[tuple[int, bytes]]:
    """(transaction, bytes) of each record of the log from the segment on that holds the address `start`."""
    first = start // SEGMENT
    names = sorted(path for path in folder.glob("[0-9A-F]" * 24))
    stream, borders = bytearray(), []
    for path in names:
        number = int(path.name[8:16], 16) * 256 + int(path.name[16:], 16)
        if number < first:
            continue
        data = path.read_bytes()
        if struct.unpack_from("<Q", data, 8)[0] != number * SEGMENT:  # kept for reuse, not written yet
            break
        if not borders:
            skip = struct.unpack_from("<I", data, 16)[0]
        borders.append(len(stream))
        stream += data[LONG_HEADER:PAGE]
        for page in range(PAGE, SEGMENT, PAGE):
            if struct.unpack_from("<Q", data, page + 8)[0] != number * SEGMENT + page:
                stream += bytes(PAGE - SHORT_HEADER)
            else:
                stream += data[page + SHORT_HEADER : page + PAGE]
    at = -(-skip // 8) * 8
    while at + SHORT_HEADER <= len(stream):
        length, xid = struct.unpack_from("<II", stream, at)
        if length < SHORT_HEADER:  # the rest of the segment was left empty
            later = [border for border in borders if border > at]
            if not later:
                return
            at = later[0]
            continue
        yield xid, bytes(stream[at : at + length])
        at += -(-length // 8) * 8


@dataclass
class Log:
    """The marks that stand in the write-ahead log, in its order: (transaction, number, choice)."""

    marks: list[tuple[int, int, str]]
    records: int

    @classmethod
    def read(cls, folder: Path, start: int) -> Log:
        marks, count = [], 0
        for xid, data in records(folder, start):
            count += 1
            for found in MARK.finditer(data):
                choice = next(one for one in found.groups()[1:] if one)
                marks.append((xid, found[1][0], choice.decode()))
        return cls(marks, count)

    def by_transaction(self, prey: Prey) -> Marks:
        """What the transaction of a vote wrote beside it."""
        found: Marks = {}
        for xid, number, choice in self.marks:
            if xid in prey.xids:
                found.setdefault((prey.xids[xid], number), choice)  # in the image of a page the newest row comes first
        return found

    def by_order(self, prey: Prey) -> Marks:
        """As the slips were written one after another."""
        return prey.in_order((number, choice) for xid, number, choice in self.marks if xid in prey.writers)


# -- what came out -----------------------------------------------------------------------------------------


def whole(guess: Marks, real: Marks) -> int:
    """Seats whose every mark is known."""
    wrong = {seat for (seat, number), mark in real.items() if guess.get((seat, number)) != mark}
    return len({seat for seat, _ in real} - wrong)


def cells(guess: Marks, real: Marks) -> int:
    """Marks that are known."""
    return sum(guess.get(cell) == mark for cell, mark in real.items())


def chance(real: Marks) -> float:
    """How many marks one knows by guessing with each name's published totals."""
    totals = Counter((number, mark) for (_, number), mark in real.items())
    voters = Counter(number for _, number in real)
    return sum(count**2 / voters[number] for (number, _), count in totals.items())


def most(expected: float, total: int) -> float:
    """Four standard deviations above chance: an honest kit of eight attacks reports falsely once in 4,000 runs."""
    share = expected / total
    return expected + 4 * math.sqrt(total * share * (1 - share))
