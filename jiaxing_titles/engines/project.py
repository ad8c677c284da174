"""The source tree together with one running pair of servers: everything that launcher commands do to both."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from jiaxing_titles.engines.errors import EngineError
from jiaxing_titles.engines.locks import Lock
from jiaxing_titles.engines.pair import Engines
from jiaxing_titles.engines.processes import Guard

ROOT = Path(__file__).resolve().parents[2]
# Commands that change tables; everything else runs with the rights of the web processes.
OWNER_COMMANDS = {"migrate", "flush", "pgtrigger"}
LAUNCHER_ONLY = ("DATABASE_OWNER_URL", "DATABASE_ADMIN_URL")


def say(sentence: str) -> None:
    """What the launcher itself has to say never mixes with a command's own output."""
    print(sentence, file=sys.stderr, flush=True)


class Project:
    """`folder`: the state folder; see state.py for what lies in it."""

    def __init__(self, engines: Engines) -> None:
        self.engines = engines
        self.folder = engines.folder
        self._users = Lock(self.folder / "users.lock")
        self._start = Lock(self.folder / "start.lock")

    @classmethod
    def at(cls, folder: Path, guard: Guard) -> "Project":
        """The project on the servers of a state folder, made when it does not exist."""
        return cls(Engines.kept(folder, guard))

    @contextmanager
    def running(self, *, only_user: bool = False) -> Iterator[None]:
        """Servers up and tables migrated inside the block; ended behind it if we started them.

        `only_user`: refuse to share servers that another launcher started, and do not wait for guests at the end.
        """
        self._start.alone(wait=True)
        started = self._users.alone(wait=False)
        try:
            if started:
                self._start_servers()
            elif only_user:
                raise EngineError("另一条 sh run.sh manage 命令正在使用同一数据目录；等它结束后再启动。")
            self._users.shared()
            self.migrate()
            self._start.release()
            yield
        finally:
            self._start.release()
            if started:
                if not only_user and not self._users.alone(wait=False):
                    say("另一条命令还在使用数据库，等它结束后再停止。")
                    self._users.alone(wait=True)
                self.engines.stop()
            self._users.release()

    def environment(self, **extra: str) -> dict[str, str]:
        """For Django processes; what the caller's environment sets already wins, except the servers we run."""
        ours = {
            "MEDIA_ROOT": str(self.folder / "media"),
            "STATIC_ROOT": str(self.folder / "static"),
            "SMS_FILE": str(self.folder / "log" / "sms.log"),
            "DEMO": "1",
            "PYTHONUNBUFFERED": "1",
        }
        named = {name: value for name, value in os.environ.items() if value}  # an empty variable names nothing
        found = {**ours, **self.engines.environment, **named, **extra}
        return found

    def owner_environment(self) -> dict[str, str]:
        """For commands that change tables."""
        found = self.environment()
        return found | {"DATABASE_URL": found.get("DATABASE_OWNER_URL", found["DATABASE_URL"])}

    def process_environment(self, **extra: str) -> dict[str, str]:
        """For web, worker and beat: without the rights to change tables."""
        return {name: value for name, value in self.environment(**extra).items() if name not in LAUNCHER_ONLY}

    def django(self, *words: str, owner: bool = False) -> None:
        """Run one management command, its output on our standard error; EngineError when it fails."""
        self._run(words, self.owner_environment() if owner else self.environment(), sys.stderr)

    def output(self, *words: str, **extra: str) -> bytes:
        """The standard output of one management command; EngineError when it fails."""
        return self._run(words, self.environment(**extra), subprocess.PIPE)

    def migrate(self) -> None:
        """Bring the tables up to date when a migration or the locked libraries changed since the last time."""
        files = sorted(ROOT.glob("*/migrations/*.py")) + sorted(ROOT.glob("jiaxing_titles/*/migrations/*.py"))
        with self.once("migrated", [*files, ROOT / "requirements" / "runtime.txt"]) as due:
            if due:
                say("· 更新数据表")
                self.django("migrate", "--no-input", "--verbosity", "0", owner=True)
                if self.engines.postgres is not None:
                    self.engines.postgres.let_app_move_clock()

    def collect_static(self) -> None:
        """Gather the static files when one of them changed."""
        files = sorted(
            path for folder in (ROOT / "static", *ROOT.glob("jiaxing_titles/*/static")) for path in folder.rglob("*.*")
        )
        with self.once("collected", [*files, ROOT / "requirements" / "runtime.txt"]) as due:
            if due:
                say("· 收集静态文件")
                self.django("collectstatic", "--no-input", "--clear", "--verbosity", "0")

    @contextmanager
    def once(self, name: str, files: Iterable[Path]) -> Iterator[bool]:
        """Yields whether `files` or the database differ from the last time the block ended without an error."""
        digest = hashlib.sha256(self.environment()["DATABASE_URL"].encode())
        for path in files:
            digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
        mark = self.folder / f"{name}.mark"
        due = not mark.exists() or mark.read_text() != digest.hexdigest()
        yield due
        if due:
            mark.write_text(digest.hexdigest())

    def _run(self, words: Sequence[str], environment: dict[str, str], output: IO[str] | int) -> bytes:
        done = subprocess.run(
            [sys.executable, "manage.py", *words], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=output
        )
        if done.returncode != 0:
            raise EngineError(f"命令 manage.py {' '.join(words)} 没有成功（退出码 {done.returncode}），原因见上。")
        return done.stdout or b""

    def _start_servers(self) -> None:
        self.engines.end_strays()
        if self.engines.postgres is not None:
            say("· 启动 PostgreSQL")
        self.engines.start_postgres()
        if self.engines.valkey is not None:
            say("· 启动 Redis")
        self.engines.start_redis()


def has_command(name: str) -> bool:
    """Whether one of our apps brings this management command."""
    pattern = f"management/commands/{name}.py"
    return any(ROOT.glob(f"*/{pattern}")) or any(ROOT.glob(f"jiaxing_titles/*/{pattern}"))
