"""One PostgreSQL cluster of our own: no TCP, a socket folder nobody else may enter, passwords all the same."""

import os
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from jiaxing_titles.engines.account import Account
from jiaxing_titles.engines.binaries import PostgresBinaries, find_postgres
from jiaxing_titles.engines.errors import EngineError
from jiaxing_titles.engines.processes import Child, Guard, wait_until

DATABASE = "jiaxing_titles"
ADMIN, OWNER, APP, TALLY = "jiaxing_admin", "jiaxing_owner", "jiaxing_app", "jiaxing_tally"
ROLES_SQL = Path(__file__).with_name("roles.sql")
LONGEST_SOCKET_PATH = 100  # bytes; the kernel's limit is 107 with the file name

# Row values must not reach the server's log: no statements, no parameters, no DETAIL lines (they quote the key).
SETTINGS = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0700",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    "lc_messages": "'C'",
    "jit": "off",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
# A test database may be lost with the machine, so nothing waits for the disk.
SETTINGS_FOR_TESTS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


@dataclass(frozen=True)
class Passwords:
    """One for each database role; the admin (superuser) is for the launcher and the attack tests only."""

    admin: str
    owner: str
    app: str
    tally: str


class Postgres:
    """A cluster in `data` that is reached through the socket in `run`.

    `data` and `run` are made as needed and belong to the servers' account; `copies` takes the wheel's binaries.
    """

    def __init__(
        self, data: Path, run: Path, copies: Path, account: Account, passwords: Passwords, *, for_tests: bool = False
    ) -> None:
        self.data = data
        self.run = run
        self._copies = copies
        self._account = account
        self._passwords = passwords
        self._for_tests = for_tests
        self._child: Child | None = None

    def url(self, role: str, database: str = DATABASE) -> str:
        """A libpq URL that django-environ reads as well."""
        password = {
            ADMIN: self._passwords.admin,
            OWNER: self._passwords.owner,
            APP: self._passwords.app,
            TALLY: self._passwords.tally,
        }[role]
        return f"postgresql://{role}:{quote(password, safe='')}@/{database}?host={quote(str(self.run), safe='/')}"

    @property
    def socket(self) -> Path:
        """The file through which clients connect."""
        return self.run / ".s.PGSQL.5432"

    def start(self, guard: Guard, log: Path) -> None:
        """Make the cluster when `data` is empty, start it and wait until it answers."""
        if len(os.fsencode(str(self.socket))) > LONGEST_SOCKET_PATH:
            raise EngineError(
                f"数据目录的路径过长，数据库套接字无法建立：{self.run}。请用 JIAXING_STATE 指定较短的目录。"
            )
        made = self.data / "PG_VERSION"
        fresh = not made.exists()
        binaries = find_postgres(self._copies, self._account, None if fresh else int(made.read_text().strip()))
        self.run.mkdir(exist_ok=True)
        self._account.own(self.run, 0o700)
        if fresh:
            self._initialise(binaries)
        (self.data / "jiaxing.conf").write_text(self._configuration())
        (self.data / "postmaster.pid").unlink(missing_ok=True)  # the caller holds the lock: whoever wrote it is dead
        self._child = Child(
            "PostgreSQL",
            [str(binaries.folder / "postgres"), "-D", str(self.data)],
            guard,
            log=log,
            polite=signal.SIGINT,  # fast shutdown: sessions are ended, data is flushed
            account=self._account,
            env=_clean_environment(),
            cwd=Path("/"),
        )
        if not wait_until(self._ready, self._child, 60):
            tail = self._child.last_lines()
            self.stop()
            raise EngineError(f"PostgreSQL 没有启动成功，日志 {log} 的结尾是：\n{tail}")
        if fresh:
            self._make_roles(binaries)

    def stop(self) -> None:
        """End the server if we started it."""
        if self._child is not None:
            self._child.stop(patience=20)
            self._child = None

    @property
    def running(self) -> bool:
        """Whether the server that we started still runs."""
        return self._child is not None and self._child.running

    def answers(self) -> bool:
        """Whether a server accepts connections on our socket, whoever started it."""
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
                line.settimeout(2)
                line.connect(str(self.socket))
            return True
        except OSError:
            return False

    @property
    def programs(self) -> Path:
        """The folder of psql and pg_dump, of the cluster's own major version."""
        major = int((self.data / "PG_VERSION").read_text().strip())
        return find_postgres(self._copies, self._account, major).folder

    def let_app_move_clock(self) -> None:
        """For the demo: its visitor may travel through the year. In production no role of the service can."""
        binaries = find_postgres(self._copies, self._account, int((self.data / "PG_VERSION").read_text().strip()))
        self._psql(binaries, DATABASE, f"GRANT UPDATE ON clock_setting TO {APP};")

    def end_stray(self) -> None:
        """End a server whose launcher and guard are both gone. The caller knows that nobody uses it."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except (OSError, ValueError):
            return
        if os.fsencode(str(self.data)) not in command:
            return
        os.kill(pid, signal.SIGINT)
        until = time.monotonic() + 20
        while self.answers() and time.monotonic() < until:
            time.sleep(0.05)

    def _initialise(self, binaries: PostgresBinaries) -> None:
        draft = self.data.with_name(self.data.name + ".new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        self._account.own(draft, 0o700)
        secret = self.run / "first-password"
        secret.touch(mode=0o600)
        secret.write_text(self._passwords.admin)
        self._account.own(secret, 0o600)
        argv = [str(binaries.folder / "initdb"), "-D", str(draft), "-U", ADMIN]
        argv += ["--auth=scram-sha-256", f"--pwfile={secret}"]
        # Code point order everywhere: the wheel has no Chinese collation, and lists sort by a pinyin column.
        argv += ["--encoding=UTF8", "--locale=C"]
        argv += ["--no-sync"] if self._for_tests else []
        try:
            done = subprocess.run(
                argv, capture_output=True, text=True, cwd="/", env=_clean_environment(), **self._account.popen
            )
        finally:
            secret.unlink()
        if done.returncode != 0:
            raise EngineError(f"数据库目录 {self.data} 建立失败：\n{done.stderr.strip()}")
        with (draft / "postgresql.conf").open("a") as configuration:
            configuration.write("\ninclude_if_exists = 'jiaxing.conf'\n")
        draft.rename(self.data)

    def _configuration(self) -> str:
        settings = SETTINGS | {"unix_socket_directories": f"'{self.run}'"}
        if self._for_tests:
            settings |= SETTINGS_FOR_TESTS
        return "".join(f"{name} = {value}\n" for name, value in settings.items())

    def _ready(self) -> bool:
        """The last line of postmaster.pid says so, as pg_ctl reads it."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) >= 8 and lines[7].strip() == "ready"

    def _make_roles(self, binaries: PostgresBinaries) -> None:
        self._psql(binaries, "template1", ROLES_SQL.read_text())
        # Only a test cluster's owner may make databases: pytest makes its own.
        createdb = f"ALTER ROLE {OWNER} CREATEDB;" if self._for_tests else ""
        self._psql(binaries, "postgres", f"{createdb}\nCREATE DATABASE {DATABASE} OWNER {OWNER};")
        self._psql(
            binaries,
            "postgres",
            f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC;"
            f"GRANT CONNECT, TEMPORARY ON DATABASE {DATABASE} TO {APP}, {TALLY};",
        )

    def _psql(self, binaries: PostgresBinaries, database: str, script: str) -> None:
        words = self._passwords
        given = (
            f"\\set owner_password {words.owner}\n\\set app_password {words.app}\n\\set tally_password {words.tally}\n"
        )
        done = subprocess.run(
            [binaries.folder / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", self.url(ADMIN, database)],
            input=given + script,
            capture_output=True,
            text=True,
            cwd="/",
            env=_clean_environment(),
        )
        if done.returncode != 0:
            raise EngineError(f"数据库角色建立失败：\n{done.stderr.strip()}")


def _clean_environment() -> dict[str, str]:
    """Ours without PG… variables, which would send the programs to another server."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C"}
