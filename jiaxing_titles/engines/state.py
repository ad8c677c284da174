"""The folder outside the source that holds the servers' data, the secrets and the logs.

Layout: `postgres/` and `run/` belong to the servers' account; `secrets.json` (0600), `media/`, `static/` and `log/`
to whoever starts the product; `wheels/` holds copies of the wheels' programs for `nobody`.
"""

import base64
import json
import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path

from jiaxing_titles.engines.account import Account
from jiaxing_titles.engines.errors import EngineError
from jiaxing_titles.engines.postgres import Passwords


def state_folder() -> Path:
    """`JIAXING_STATE`, else the usual place of this account's data; for root one that `nobody` may enter."""
    named = os.environ.get("JIAXING_STATE")
    if named:
        return Path(named).expanduser().resolve()
    if os.geteuid() == 0:
        return Path("/var/lib/jiaxing-titles")
    base = os.environ.get("XDG_STATE_HOME") or "~/.local/state"
    return Path(base).expanduser().resolve() / "jiaxing-titles"


def make_folder(folder: Path, account: Account) -> Path:
    """Make the state folder; others may at most pass through it, and only where the servers need that."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700 if account.uid is None else 0o711)
    except OSError as refused:
        raise EngineError(
            f"数据目录 {folder} 不可写（{refused.strerror}）：请用 JIAXING_STATE 指定另一个目录。"
        ) from refused
    if not account.can_enter(folder):
        raise EngineError(
            f"数据库以系统账号 nobody 运行，但它进不了 {folder} 的上级目录；"
            "请用 JIAXING_STATE 指定如 /var/lib/jiaxing-titles 的目录。"
        )
    return folder


def temporary_folder(account: Account) -> Path:
    """A new folder for one test session, in the system's temporary place: socket paths must be short."""
    return make_folder(Path(tempfile.mkdtemp(prefix="jiaxing-tests-")), account)


@dataclass(frozen=True)
class Secrets:
    """What is made once and kept: database passwords and the application's keys."""

    passwords: Passwords
    environment: dict[str, str]


def new_secrets() -> Secrets:
    """Fresh random ones; passwords are URL-safe so that they need no quoting anywhere."""
    return _read(
        {
            "passwords": {role: secrets.token_urlsafe(24) for role in ("admin", "owner", "app", "tally")},
            "environment": {
                "SECRET_KEY": secrets.token_urlsafe(50),
                "FIELD_KEYS": f"k1={base64.b64encode(secrets.token_bytes(32)).decode()}",
                "BLIND_INDEX_KEY": secrets.token_urlsafe(48),
            },
        }
    )


def kept_secrets(folder: Path) -> Secrets:
    """Those of this state folder, made at the first call."""
    path = folder / "secrets.json"
    if not path.exists():
        made = new_secrets()
        text = json.dumps({"passwords": vars(made.passwords), "environment": made.environment}, indent=2)
        draft = folder / "secrets.json.new"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(text)
        draft.rename(path)
    return _read(json.loads(path.read_text()))


def _read(found: dict[str, dict[str, str]]) -> Secrets:
    return Secrets(Passwords(**found["passwords"]), found["environment"])
