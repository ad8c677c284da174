"""PostgreSQL and Redis together: what `DATABASE_URL` and `REDIS_URL` name, or our own where they name nothing."""

import os
import shutil
from pathlib import Path

from jiaxing_titles.engines.account import Account, server_account
from jiaxing_titles.engines.postgres import ADMIN, APP, OWNER, TALLY, Postgres
from jiaxing_titles.engines.processes import Guard
from jiaxing_titles.engines.state import Secrets, kept_secrets, make_folder, new_secrets, temporary_folder
from jiaxing_titles.engines.valkey import Valkey


class Engines:
    """The two servers of one folder.

    `environment` holds `DATABASE_URL` (role app), `DATABASE_OWNER_URL`, `DATABASE_TALLY_URL`, `DATABASE_ADMIN_URL`
    (each only where the server is ours), `REDIS_URL` and the application's keys. It is known before anything runs.
    """

    def __init__(
        self, folder: Path, secrets: Secrets, account: Account, guard: Guard, *, for_tests: bool = False
    ) -> None:
        self.folder = folder
        self._guard = guard
        self.postgres: Postgres | None = None
        self.valkey: Valkey | None = None
        self.environment = dict(secrets.environment)
        copies = folder / "wheels"
        run = folder / "run"
        if not os.environ.get("DATABASE_URL"):
            passwords = secrets.passwords
            server = Postgres(folder / "postgres", run, copies, account, passwords, for_tests=for_tests)
            self.postgres = server
            self.environment |= {
                "DATABASE_URL": server.url(APP),
                "DATABASE_OWNER_URL": server.url(OWNER),
                "DATABASE_TALLY_URL": server.url(TALLY),
                "DATABASE_ADMIN_URL": server.url(ADMIN),
            }
        if not os.environ.get("REDIS_URL"):
            self.valkey = Valkey(run, copies, account)
            self.environment["REDIS_URL"] = self.valkey.url

    @classmethod
    def kept(cls, folder: Path, guard: Guard) -> "Engines":
        """Those of a state folder, whose data and secrets stay between runs."""
        account = server_account()
        make_folder(folder, account)
        return cls(folder, kept_secrets(folder), account, guard)

    @classmethod
    def for_one_session(cls, guard: Guard) -> "Engines":
        """Those of one test session, in a temporary folder that goes with it or with its death."""
        account = server_account()
        folder = temporary_folder(account)
        guard.order(f"sweep {folder}")
        return cls(folder, new_secrets(), account, guard, for_tests=True)

    def start_redis(self) -> None:
        """Start Redis unless one was named or ours runs."""
        if self.valkey is not None and not self.valkey.running:
            self.valkey.start(self._guard, self._log("redis"))

    def start_postgres(self) -> None:
        """Start PostgreSQL unless one was named or ours runs."""
        if self.postgres is not None and not self.postgres.running:
            self.postgres.start(self._guard, self._log("postgres"))

    def end_strays(self) -> None:
        """End servers of this folder that lost their launcher; the caller knows that nobody uses them."""
        for server in (self.postgres, self.valkey):
            if server is not None and server.answers():
                server.end_stray()

    def dead(self) -> str:
        """The name of a server that we started and that ended by itself, else ''."""
        for name, server in (("PostgreSQL", self.postgres), ("Redis", self.valkey)):
            if server is not None and not server.running:
                return name
        return ""

    def stop(self) -> None:
        """End what was started."""
        for server in (self.valkey, self.postgres):
            if server is not None:
                server.stop()

    def remove(self) -> None:
        """End what was started and delete the folder: for temporary ones."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _log(self, name: str) -> Path:
        folder = self.folder / "log"
        folder.mkdir(mode=0o700, exist_ok=True)
        path = folder / f"{name}.log"
        path.write_bytes(b"")  # the last run's lines would only mislead
        return path
