"""What a scene wrote, kept as rows: the same scene in the same city is laid back instead of walked again.

Walking is the product's own steps, some hundred queries and triggers each; laying back is one COPY a table. Both leave
the same rows with the same keys, which stay free because sequences never go back. Needs the right to switch triggers
off for a moment (`session_replication_role`), which only the launcher's own server gives the tests.
"""

from __future__ import annotations

import copy
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, models, transaction

from jiaxing_titles.accounts.actor import Actor

CLOCK = "clock_setting"
TOUCHED = """
SELECT relname, n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_xact_user_tables
WHERE schemaname = 'public' AND n_tup_ins + n_tup_upd + n_tup_del > 0
"""
COLUMNS = """
SELECT quote_ident(attname) FROM pg_attribute
WHERE attrelid = quote_ident(%s)::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
"""
# The row is written, so that the savepoint has a number of its own; every later one is greater.
NUMBER = f"UPDATE {CLOCK} SET shift = shift RETURNING xmin::text::bigint"


@dataclass(frozen=True)
class Table:
    """The rows of one table that the scene made or changed, as COPY writes them."""

    name: str
    columns: str
    rows: str
    replaced: tuple[int, ...]
    """Keys of rows that may have been there before."""
    left: tuple[int, ...] | None
    """Keys of all rows afterwards, where some were deleted."""


@dataclass(frozen=True)
class Tape:
    """Rows, the clock, what the city knew of its people, and what the scene returned."""

    tables: tuple[Table, ...]
    clock: tuple[Any, Any]
    memory: dict[str, Any]
    result: Any

    def lay_back(self, memory: dict[str, Any]) -> Any:
        """Write the rows, bring `memory` to what it was after the scene; the scene's result, read again."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = 'replica'")
            for table in self.tables:
                if table.left is not None:
                    cursor.execute(f'DELETE FROM "{table.name}" WHERE NOT id = ANY(%s)', [list(table.left)])
                if table.replaced:
                    cursor.execute(f'DELETE FROM "{table.name}" WHERE id = ANY(%s)', [list(table.replaced)])
                cursor.copy_expert(f'COPY "{table.name}" ({table.columns}) FROM STDIN', io.StringIO(table.rows))
            cursor.execute("SET LOCAL session_replication_role = 'origin'")
            cursor.execute(f"UPDATE {CLOCK} SET shift = %s, frozen_at = %s", self.clock)
        memory.clear()
        memory.update(copy.deepcopy(self.memory))
        return _again(self.result)


class Recorder:
    """Runs a scene and keeps what it wrote.

    `reads`: it wrote nothing. `tape` is None then, and where the result or the rows cannot be kept.
    """

    def __init__(self, scene: Callable[[], Any], memory: dict[str, Any]) -> None:
        self.tape: Tape | None = None
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(NUMBER)
            first = cursor.fetchone()[0]
            before = _touched(cursor)
            self.result = scene()
            self.reads = _touched(cursor) == before
            if not self.reads and _may_be_kept(self.result) and not _sealed(cursor, before):
                tables = tuple(_tables(cursor, before, first))
                cursor.execute(f"SELECT shift, frozen_at FROM {CLOCK}")
                self.tape = Tape(tables, cursor.fetchone(), copy.deepcopy(memory), copy.copy(self.result))


def _touched(cursor: Any) -> dict[str, tuple[int, int, int]]:
    cursor.execute(TOUCHED)
    return {name: tuple(counts) for name, *counts in cursor.fetchall()}


def _sealed(cursor: Any, before: dict[str, tuple[int, int, int]]) -> bool:
    """Whether it wrote what the app role may not read back (sealed ballots)."""
    written = [name for name, counts in _touched(cursor).items() if counts != before.get(name)]
    cursor.execute("SELECT bool_and(has_table_privilege(quote_ident(one), 'SELECT')) FROM unnest(%s) one", [written])
    return not cursor.fetchone()[0]


def _tables(cursor: Any, before: dict[str, tuple[int, int, int]], first: int) -> Iterator[Table]:
    for name, after in sorted(_touched(cursor).items()):
        _, updated, deleted = (now - then for now, then in zip(after, before.get(name, (0, 0, 0)), strict=True))
        if after == before.get(name) or name == CLOCK:
            continue
        cursor.execute(COLUMNS, [name])
        columns = ", ".join(row[0] for row in cursor.fetchall())
        new = f'FROM "{name}" WHERE xmin::text::bigint >= {first}'
        rows = io.StringIO()
        cursor.copy_expert(f"COPY (SELECT {columns} {new}) TO STDOUT", rows)
        replaced = _keys(cursor, f"SELECT id {new}") if updated or deleted else ()
        left = _keys(cursor, f'SELECT id FROM "{name}"') if deleted else None
        yield Table(name, columns, rows.getvalue(), replaced, left)


def _keys(cursor: Any, query: str) -> tuple[int, ...]:
    cursor.execute(query)
    return tuple(key for (key,) in cursor.fetchall())


def _may_be_kept(result: Any) -> bool:
    if isinstance(result, dict):
        return _may_be_kept(list(result.values()))
    if isinstance(result, list | tuple):
        return all(isinstance(one, models.Model) for one in result)
    return result is None or isinstance(result, models.Model | Actor)


def _again(result: Any) -> Any:
    if isinstance(result, dict):
        return {key: _again(one) for key, one in result.items()}
    if isinstance(result, list | tuple):
        return type(result)(_again(one) for one in result)
    if isinstance(result, models.Model):
        return type(result)._base_manager.get(pk=result.pk)
    return copy.deepcopy(result)


@contextmanager
def watching(writes: Callable[[str, Sequence[Any]], None]) -> Iterator[None]:
    """Call `writes` with every statement of this connection that changes rows."""

    def pass_on(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            writes(sql, params)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(pass_on):
        yield
