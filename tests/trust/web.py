"""The real web server (gunicorn, deploy/gunicorn.conf.py) on the test database, and voters at its pages."""

from __future__ import annotations

import http.client
import os
import re
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection

from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.engines.demo import HOST, reserve_port
from jiaxing_titles.engines.processes import Child, Guard, wait_until
from jiaxing_titles.engines.project import LAUNCHER_ONLY, ROOT
from reviews.forms.ballot import signer
from reviews.models import BallotSeat
from tests.scenes.hall import signed_in

TOKEN = "t" * 32
RECEIPT = re.compile(r"\b[0-9a-f]{64}\b")
LOST = (ConnectionError, http.client.HTTPException, TimeoutError)


class Web:
    """`clock`: as libfaketime reads it, `+1h`; PostgreSQL keeps the true time. `folder`: log, mails, media."""

    def __init__(self, folder: Path, *, clock: str = "", workers: int = 4) -> None:
        self.folder, self.log = folder, folder / "web.log"
        self._guard, door = Guard(), reserve_port(0)
        self.port: int = door.getsockname()[1]
        url = os.environ["DATABASE_URL"]
        database = re.sub(r"@/[^?]*", f"@/{connection.settings_dict['NAME']}", url)
        environment = {name: value for name, value in os.environ.items() if name not in LAUNCHER_ONLY}
        environment |= {
            "DATABASE_URL": database,
            "DJANGO_SETTINGS_MODULE": "tests.trust.web_settings",
            "SECRET_KEY": settings.SECRET_KEY,
            "TRUST_FOLDER": str(folder),
            "WEB_BIND": f"fd://{door.fileno()}",
            "WEB_WORKERS": str(workers),
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
        }
        if clock:
            environment |= {"LD_PRELOAD": _libfaketime(), "FAKETIME": clock, "NO_FAKE_STAT": "1"}
        # Loaded before forking, unlike production: a killed worker's successor is there at once.
        gunicorn = ["gunicorn", "-c", str(ROOT / "deploy" / "gunicorn.conf.py"), "--preload", "--log-level", "debug"]
        if clock:
            gunicorn += ["--worker-class", "sync"]  # threads that wait for each other do not wake under libfaketime
        self._child = Child(
            "网站",
            [sys.executable, "-m", *gunicorn, "jiaxing_titles.wsgi:application"],
            self._guard,
            log=self.log,
            env=environment,
            cwd=ROOT,
            pass_fds=(door.fileno(),),
        )
        up = wait_until(lambda: len(self.workers()) == workers and self._answers(), self._child, 60, every=0.1)
        door.close()
        assert up, self._child.last_lines(30)

    def _answers(self) -> bool:
        try:
            return Visitor(self, "").send("GET", "/account/login/").status == 200
        except LOST:
            return False

    def line(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(HOST, self.port, timeout=60)

    def workers(self) -> list[int]:
        """Process ids."""
        master = self._child.process.pid
        try:
            return [int(one) for one in Path(f"/proc/{master}/task/{master}/children").read_text().split()]
        except FileNotFoundError:
            return []

    def kill_one(self, which: int) -> None:
        """kill -9, whatever it was at."""
        workers = self.workers()
        if workers:
            os.kill(workers[which % len(workers)], signal.SIGKILL)

    def stop(self) -> None:
        self._child.stop()
        self._guard.close()


def _libfaketime() -> str:
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    assert found, "needs libfaketime: sh run.sh test trust installs Debian's faketime"
    return str(found[0])


@dataclass(frozen=True)
class Answer:
    status: int
    text: str
    headers: dict[str, str]


class Door(Protocol):
    """What a browser speaks to: the web server, or the proxy in front of it."""

    def line(self) -> http.client.HTTPConnection: ...


class Visitor:
    """A browser with a session. Every request is a connection of its own; `LOST` is raised where no answer came."""

    def __init__(self, door: Door, session: str) -> None:
        self._door = door
        self._headers = {
            "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Referer": f"https://{HOST}/",  # behind the proxy the connection counts as secure, and this is asked for
            "Content-Type": "application/x-www-form-urlencoded",
            "Connection": "close",
        }

    def send(self, method: str, path: str, data: Any = None) -> Answer:
        line = self._door.line()
        try:
            line.request(method, path, urlencode(data) if data else None, self._headers)
            answer = line.getresponse()
            return Answer(answer.status, answer.read().decode("utf-8", "replace"), dict(answer.headers))
        finally:
            line.close()


class Voter(Visitor):
    """A member at the ballot page of one sheet."""

    def __init__(self, door: Door, actor: Actor, session: str = "") -> None:
        self.actor = actor
        super().__init__(door, session or signed_in(actor).cookies["sessionid"].value)

    @staticmethod
    def filled(seat: BallotSeat, marks: dict[int, str], seed: bytes) -> dict[str, str]:
        """What the page of checking sends when he confirms."""
        choices = {f"choice_{number}": mark for number, mark in marks.items()}
        return {**choices, "seed": signer(seat).sign(seed.hex()), "confirm": "1"}

    def confirm(self, sheet: int, data: dict[str, str]) -> Answer:
        return self.send("POST", f"/ballot/{sheet}/", data)

    def receipt(self, sheet: int) -> str:
        """As his page shows it; empty while it shows none."""
        answer = self.send("GET", f"/ballot/{sheet}/")
        found = RECEIPT.search(answer.text) if "已经在票箱里" in answer.text else None
        return found[0] if found else ""
