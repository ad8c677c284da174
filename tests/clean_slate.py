"""Puts the test database back to what the migrations left, for tests that commit.

The app role may not TRUNCATE, so the owner does it, on a connection of its own, and announces it with
`jiaxing.reset`, which the append-only triggers ask for. Rows that migrations made (content types, permissions,
calendar) are kept in a schema beside and laid back when a test changed them. Only tables that hold something are
touched, so a wipe costs milliseconds and not one TRUNCATE for each table of the product.
"""

from typing import Any

import psycopg2
from psycopg2 import sql

KEEP = "as_migrated"
TABLES = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relname <> 'django_migrations' ORDER BY 1
"""
REFERENCES = """
SELECT confrelid::regclass::text, conrelid::regclass::text FROM pg_constraint
WHERE contype = 'f' AND connamespace = 'public'::regnamespace
"""
COLUMNS = """
SELECT attname FROM pg_attribute
WHERE attrelid = ('public.' || quote_ident(%s))::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
"""
FINGERPRINT = "SELECT {name}, count(*), coalesce(sum(hashtextextended(t::text, 0)), 0)::text FROM {table} t"


class CleanSlate:
    """The owner's connection and what the tables held after migration."""

    def __init__(self, settings: dict[str, Any]) -> None:
        """`settings`: Django's settings_dict with the owner's login and the test database's name."""
        options = dict(settings["OPTIONS"]) | {"dbname": settings["NAME"], "user": settings["USER"]}
        for key, name in (("HOST", "host"), ("PORT", "port"), ("PASSWORD", "password")):
            if settings[key]:
                options[name] = settings[key]
        self._options = options
        self._connection = psycopg2.connect(**options)
        with self._connection, self._connection.cursor() as cursor:
            cursor.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(KEEP)))
            cursor.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(KEEP)))
            cursor.execute(TABLES)
            self._tables = [name for (name,) in cursor.fetchall()]
            cursor.execute(REFERENCES)
            self._references = cursor.fetchall()
            self._migrated = self._fingerprints(cursor)
            for table in self._seeded:
                names = {"kept": sql.Identifier(KEEP, table), "live": sql.Identifier("public", table)}
                cursor.execute(sql.SQL("CREATE TABLE {kept} AS TABLE {live}").format(**names))

    @property
    def _seeded(self) -> list[str]:
        return [table for table in self._tables if self._migrated[table][0]]

    def wipe(self) -> None:
        """Truncate what differs from the migrated state and lay the migrated rows back."""
        self._be_connected()
        with self._connection, self._connection.cursor() as cursor:
            now = self._fingerprints(cursor)
            wiped = self._with_referrers({table for table in self._tables if now[table] != self._migrated[table]})
            if not wiped:
                return
            cursor.execute("SET LOCAL jiaxing.reset = 'on'")
            everything = sql.SQL(", ").join(sql.Identifier("public", table) for table in sorted(wiped))
            cursor.execute(sql.SQL("TRUNCATE {}").format(everything))
            self._lay_back(cursor, sorted(wiped & set(self._seeded)))

    def _be_connected(self) -> None:
        """Again, where the test has restarted the server."""
        try:
            with self._connection, self._connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        except psycopg2.Error:
            self._connection = psycopg2.connect(**self._options)

    def close(self) -> None:
        """Let go of the connection, so that the database can be dropped."""
        self._connection.close()

    def _fingerprints(self, cursor: Any) -> dict[str, tuple[int, str]]:
        each = [
            sql.SQL(FINGERPRINT).format(name=sql.Literal(table), table=sql.Identifier("public", table))
            for table in self._tables
        ]
        cursor.execute(sql.SQL(" UNION ALL ").join(each))
        return {table: (count, digest) for table, count, digest in cursor.fetchall()}

    def _with_referrers(self, tables: set[str]) -> set[str]:
        """`tables` and all that point at them: PostgreSQL truncates them together or not at all."""
        while True:
            more = {child for parent, child in self._references if parent in tables} - tables
            if not more:
                return tables
            tables = tables | more

    def _lay_back(self, cursor: Any, tables: list[str]) -> None:
        """Rows come back as they were: no trigger judges them, every foreign key does, once all are there."""
        for table in tables:
            cursor.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(sql.Identifier("public", table)))
        for table in tables:
            cursor.execute(COLUMNS, [table])
            columns = sql.SQL(", ").join(sql.Identifier(name) for (name,) in cursor.fetchall())
            names = {"kept": sql.Identifier(KEEP, table), "live": sql.Identifier("public", table), "columns": columns}
            cursor.execute(
                sql.SQL("INSERT INTO {live} ({columns}) OVERRIDING SYSTEM VALUE SELECT {columns} FROM {kept}").format(
                    **names
                )
            )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(sql.Identifier("public", table)))
