"""Who may start, use and end the servers of a state folder.

Two lock files, both released by the kernel when their holder dies:
`start.lock`  held while servers are started, ended or migrated, so that two launchers never do so together;
`users.lock`  shared by everybody who uses the servers; whoever gets it alone knows that nobody does.
`demo.lock`   held by the one running demo.
"""

import fcntl
from pathlib import Path
from typing import IO


class Lock:
    """One lock file, opened once; the lock goes with the process."""

    def __init__(self, path: Path) -> None:
        self._file: IO[str] = path.open("a+")

    def alone(self, *, wait: bool) -> bool:
        """Take it exclusively (also from shared); False where somebody else holds it and `wait` is off."""
        return self._take(fcntl.LOCK_EX, wait)

    def shared(self) -> None:
        """Take it together with others (also from exclusive)."""
        self._take(fcntl.LOCK_SH, True)

    def release(self) -> None:
        """Give it back."""
        fcntl.flock(self._file, fcntl.LOCK_UN)

    def _take(self, kind: int, wait: bool) -> bool:
        try:
            fcntl.flock(self._file, kind if wait else kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
