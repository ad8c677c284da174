"""PostgreSQL and Redis together: what `DATABASE_URL` and `REDIS_URL` name, or our own where they name nothing."""

import os
import shutil

from jiaxing_titles.engines.account import server_account
from jiaxing_titles.engines.postgres import ADMIN, APP, OWNER, TALLY, Postgres
from jiaxing_titles.engines.processes import Guard
from jiaxing_titles.engines.state import Secrets, new_secrets, temporary_folder
from jiaxing_titles.engines.valkey import Valkey


class TestEngines:
    """The servers of one test session, in a folder that goes with it.

    The environment is known before anything runs, so settings can be read at once; `ensure_database` then pays for
    initdb only when a test wants a database.
    """

    __test__ = False  # not a test class, whatever pytest thinks of its name

    def __init__(self) -> None:
        self._account = server_account()
        self.folder = temporary_folder(self._account)
        self._guard = Guard()
        self._guard.order(f"sweep {self.folder}")
        found: Secrets = new_secrets()
        copies = self.folder / "wheels"
        self._postgres: Postgres | None = None
        self._valkey: Valkey | None = None
        self.environment = dict(found.environment)
        run = self.folder / "run"
        if not os.environ.get("DATABASE_URL"):
            self._postgres = Postgres(
                self.folder / "postgres", run, copies, self._account, found.passwords, for_tests=True
            )
            self.environment |= {
                "DATABASE_URL": self._postgres.url(APP),
                "DATABASE_OWNER_URL": self._postgres.url(OWNER),
                "DATABASE_TALLY_URL": self._postgres.url(TALLY),
                "DATABASE_ADMIN_URL": self._postgres.url(ADMIN),
            }
        if not os.environ.get("REDIS_URL"):
            self._valkey = Valkey(run, copies, self._account)
            self.environment["REDIS_URL"] = self._valkey.url

    def start_redis(self) -> None:
        """Start Redis unless one was named."""
        if self._valkey is not None and not self._valkey.running:
            self._valkey.start(self._guard, self.folder / "redis.log")

    def ensure_database(self) -> None:
        """Start PostgreSQL unless one was named; at once the second time."""
        if self._postgres is not None and not self._postgres.running:
            self._postgres.start(self._guard, self.folder / "postgres.log")

    def stop(self) -> None:
        """End what was started and remove the folder."""
        for server in (self._valkey, self._postgres):
            if server is not None:
                server.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
        self._guard.close()
