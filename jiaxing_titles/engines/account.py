"""Which Unix account the servers run as.

PostgreSQL refuses to run as root. A root shell therefore starts both servers as `nobody`: no account is made and no
permission of a folder that is not ours is touched, which is why server files must lie where `nobody` can reach them.
"""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jiaxing_titles.engines.errors import EngineError


@dataclass(frozen=True)
class Account:
    """The account of the servers; `uid` None means the account we already are."""

    uid: int | None = None
    gid: int | None = None

    @property
    def popen(self) -> dict[str, Any]:
        """Keyword arguments that make `subprocess` start a program under this account."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path, mode: int) -> None:
        """Give `path` to this account alone."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)
        path.chmod(mode)

    def can_enter(self, folder: Path) -> bool:
        """Whether every folder on the way to `folder` lets this account pass."""
        if self.uid is None:
            return True
        for part in [folder.resolve(), *folder.resolve().parents]:
            found = part.stat()
            bit = 0o100 if found.st_uid == self.uid else 0o010 if found.st_gid == self.gid else 0o001
            if not found.st_mode & bit:
                return False
        return True


def server_account() -> Account:
    """`nobody` for root, ourselves otherwise."""
    if os.geteuid() != 0:
        return Account()
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError as missing:
        raise EngineError(
            "以 root 运行时数据库由系统账号 nobody 启动，但本机没有该账号；请改用普通用户运行。"
        ) from missing
    return Account(entry.pw_uid, entry.pw_gid)
