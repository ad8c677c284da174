"""A dump of the migrated test database, kept between sessions: the migrations run again only when one changes.

Used with our own engines alone; a server named by DATABASE_URL is migrated every time.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from jiaxing_titles.engines.locks import Lock

ROOT = Path(__file__).parent.parent
KEPT = 3
PATIENCE = 120.0  # seconds for another process to make it, after which everybody makes his own


class MigratedCopy:
    """`programs`: the folder of psql and pg_dump, of the server's own version."""

    def __init__(self, programs: Path) -> None:
        state = os.environ.get("JIAXING_STATE") or f"{tempfile.gettempdir()}/jiaxing-titles-{os.getuid()}"
        self._folder = Path(state) / "migrated"
        self._programs = programs
        self.path = self._folder / f"{_fingerprint(programs)}.sql"
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._making = Lock(self._folder / "making.lock")
        self.there = self._wait()

    def _wait(self) -> bool:
        """True once the copy is there; False for the one process that is to make it while the others wait."""
        until = time.monotonic() + PATIENCE
        while not self.path.exists() and time.monotonic() < until:
            if self._making.alone(wait=False):
                break
            time.sleep(0.1)
        if self.path.exists():
            self._making.release()
            return True
        return False

    def lay_back(self, settings: dict[str, Any], name: str) -> None:
        """Make the database `name` out of the copy, with the rights that the copy names and no others.

        Out of template0: the default rights of our servers' template1 would be added to those of every table.
        """
        self._run(settings, "psql", "-d", settings["NAME"], "-c", f'CREATE DATABASE "{name}" TEMPLATE template0')
        self._run(settings, "psql", "-d", name, "-1", "-f", str(self.path))

    def keep(self, settings: dict[str, Any]) -> None:
        """Dump the database as the migrations left it; the oldest copies go."""
        draft = self.path.with_suffix(f".{os.getpid()}")
        self._run(settings, "pg_dump", "-d", settings["NAME"], "-f", str(draft))
        draft.rename(self.path)
        self._making.release()
        for old in sorted(self._folder.glob("*.sql"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
            old.unlink(missing_ok=True)

    def _run(self, settings: dict[str, Any], program: str, *arguments: str) -> None:
        host = settings["HOST"] or settings["OPTIONS"]["host"]  # our own engines name their socket in the query
        argv = [str(self._programs / program), "-h", host, "-U", settings["USER"], *arguments]
        argv += ["-q", "-X", "-v", "ON_ERROR_STOP=1"] if program == "psql" else []
        environment = {**os.environ, "PGPASSWORD": settings["PASSWORD"], "PGOPTIONS": ""}
        subprocess.run(argv, check=True, env=environment, stdout=subprocess.DEVNULL)


def _fingerprint(programs: Path) -> str:
    """Of all that the migrated database follows from: our migrations, the roles, the locked packages, the server."""
    digest = hashlib.sha256(f"{sys.version}{programs}".encode())
    sources = [ROOT / "requirements" / "runtime.txt", ROOT / "tests" / "conftest.py"]
    sources += sorted(ROOT.glob("*/migrations/*.py")) + sorted(ROOT.glob("jiaxing_titles/*/migrations/*.py"))
    sources += [ROOT / "jiaxing_titles" / "accounts" / "roles.py", ROOT / "jiaxing_titles" / "workdays" / "seed.py"]
    sources += [ROOT / "jiaxing_titles" / "engines" / "roles.sql"]
    for path in sources:
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    # Content types, permissions and triggers are made from the models after migrating.
    models = ("*/models/*.py", "*/choices.py", "jiaxing_titles/*/models.py", "jiaxing_titles/actions/*.py")
    for path in sorted(path for pattern in models for path in ROOT.glob(pattern)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:24]
