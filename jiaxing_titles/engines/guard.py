"""A tiny process that outlives its parent only to clean up after it.

Run as a script with a pipe as standard input. Lines: `watch PID SIGNAL`, `forget PID`, `sweep FOLDER`. When the pipe
closes — the parent has ended, even by `kill -9` — every process group still watched is told to stop in reverse order
of its start, killed if it does not, and every folder named by `sweep` is removed. Works on any Unix, unlike PDEATHSIG,
and reaches grandchildren as well, because every child is the leader of its own process group.
"""

import contextlib
import os
import shutil
import signal
import sys
import time

PATIENCE = 8.0  # seconds between the polite signal and SIGKILL


def _gone(pid: int) -> bool:
    """True when the leader has ended, also when nobody has collected its status yet."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as status:
            return status.read().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return False


def _end(pid: int, polite: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, polite)
    until = time.monotonic() + PATIENCE
    while not _gone(pid) and time.monotonic() < until:
        time.sleep(0.02)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def main() -> None:
    """Follow the parent's orders until the pipe closes, then clean up."""
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(ignored, signal.SIG_IGN)
    watched: dict[int, int] = {}
    folders: list[str] = []
    for line in sys.stdin:
        order, _, rest = line.rstrip("\n").partition(" ")
        if order == "watch":
            pid, polite = rest.split()
            watched[int(pid)] = int(polite)
        elif order == "forget":
            watched.pop(int(rest), None)
        elif order == "sweep":
            folders.append(rest)
    for pid in reversed(watched):
        _end(pid, watched[pid])
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
