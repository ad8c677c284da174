"""One Redis (or Valkey) of our own, reached through a socket only. It carries the queue and the cache, nothing that
must not be lost (decision 2), so it keeps nothing on disk."""

import signal
import socket
from pathlib import Path

from jiaxing_titles.engines.account import Account
from jiaxing_titles.engines.binaries import find_redis
from jiaxing_titles.engines.errors import EngineError
from jiaxing_titles.engines.processes import Child, Guard, wait_until


class Valkey:
    """A server whose socket lies in `run`, a folder only the servers' account may enter."""

    def __init__(self, run: Path, copies: Path, account: Account) -> None:
        self.run = run
        self._copies = copies
        self._account = account
        self._child: Child | None = None

    @property
    def socket(self) -> Path:
        """The file through which clients connect."""
        return self.run / "redis.sock"

    @property
    def url(self) -> str:
        """As redis-py reads it; settings.py turns it into Celery's spelling."""
        return f"unix://{self.socket}"

    def start(self, guard: Guard, log: Path) -> None:
        """Start and wait until it answers PING."""
        program = find_redis(self._copies, self._account)
        self.run.mkdir(exist_ok=True)
        self._account.own(self.run, 0o700)
        self.socket.unlink(missing_ok=True)
        settings = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "save": "",
            "appendonly": "no",
            "daemonize": "no",
            "dir": str(self.run),
            "maxmemory-policy": "noeviction",  # a full queue is an error to be seen, never a task lost
        }
        argv = [str(program), *(part for name, value in settings.items() for part in (f"--{name}", value))]
        self._child = Child("Redis", argv, guard, log=log, polite=signal.SIGTERM, account=self._account, cwd=self.run)
        if not wait_until(self.answers, self._child, 20):
            tail = self._child.last_lines()
            self.stop()
            raise EngineError(f"Redis 没有启动成功，日志 {log} 的结尾是：\n{tail}")

    def stop(self) -> None:
        """End the server if we started it."""
        if self._child is not None:
            self._child.stop()
            self._child = None

    @property
    def running(self) -> bool:
        """Whether the server that we started still runs."""
        return self._child is not None and self._child.running

    def answers(self) -> bool:
        """Whether a PING comes back."""
        return self._say(b"PING\r\n").startswith(b"+PONG")

    def end_stray(self) -> None:
        """End a server whose launcher and guard are both gone. The caller knows that nobody uses it."""
        self._say(b"SHUTDOWN NOSAVE\r\n")

    def _say(self, words: bytes) -> bytes:
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
                line.settimeout(2)
                line.connect(str(self.socket))
                line.sendall(words)
                return line.recv(64)
        except OSError:
            return b""
