"""Child processes that never outlive the one who started them."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

from jiaxing_titles.engines import guard as guard_script
from jiaxing_titles.engines.account import Account


class Guard:
    """Our end of the pipe to guard.py. One guard serves one launcher or one pytest session."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", guard_script.__file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            text=True,
            cwd="/",
        )

    def order(self, line: str) -> None:
        """Send one line; a guard that has gone cannot be told anything more."""
        pipe = self._process.stdin
        if pipe is None or pipe.closed:
            return
        with contextlib.suppress(BrokenPipeError):
            pipe.write(line + "\n")
            pipe.flush()

    def close(self) -> None:
        """Let the guard do what is left to do and end."""
        if self._process.stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                self._process.stdin.close()
        self._process.wait()


class Child:
    """A running program, leader of its own session, so that Ctrl-C reaches only the launcher.

    `polite` is the signal that makes the program end in good order.
    """

    def __init__(
        self,
        name: str,
        argv: Sequence[str],
        guard: Guard,
        *,
        log: Path | None = None,
        polite: signal.Signals = signal.SIGTERM,
        account: Account | None = None,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        pass_fds: Sequence[int] = (),
    ) -> None:
        self.name = name
        self.log = log
        self._guard = guard
        self._polite = polite
        output: IO[bytes] | int = log.open("ab") if log else subprocess.DEVNULL
        try:
            self.process = subprocess.Popen(
                argv,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                env=dict(os.environ if env is None else env),
                cwd=cwd,
                pass_fds=pass_fds,
                **(account.popen if account else {}),
            )
        finally:
            if not isinstance(output, int):
                output.close()
        guard.order(f"watch {self.process.pid} {int(polite)}")

    @property
    def running(self) -> bool:
        """Whether the leader still runs."""
        return self.process.poll() is None

    def stop(self, patience: float = 10.0) -> None:
        """End in good order within `patience` seconds, else kill the whole group. Safe to call twice."""
        if self.running:
            with contextlib.suppress(ProcessLookupError):
                self.process.send_signal(self._polite)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(patience)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self._guard.order(f"forget {self.process.pid}")

    def last_lines(self, count: int = 8) -> str:
        """The end of its log, for the sentence that says it failed."""
        if self.log is None or not self.log.exists():
            return ""
        return "\n".join(self.log.read_text("utf-8", "replace").splitlines()[-count:])


def wait_until(ready: Callable[[], bool], child: Child, seconds: float, every: float = 0.01) -> bool:
    """Poll the callable `ready` until it is true; False when `child` ended or the time is over."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if ready():
            return True
        if not child.running:
            return False
        time.sleep(every)
    return False
