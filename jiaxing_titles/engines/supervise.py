"""What `run.sh` calls once the machine is ready: `python -m jiaxing_titles.engines.supervise demo|test|manage …`."""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from jiaxing_titles.engines.check import check_demo
from jiaxing_titles.engines.demo import Stopped, run_demo, stop_on_signals
from jiaxing_titles.engines.errors import EngineError
from jiaxing_titles.engines.locks import Lock
from jiaxing_titles.engines.processes import Guard
from jiaxing_titles.engines.project import OWNER_COMMANDS, ROOT, Project, say
from jiaxing_titles.engines.state import state_folder
from jiaxing_titles.engines.suite import run_suite

# What a state folder holds besides the lock files, which must survive: others may be waiting at them.
KEPT = ("postgres", "postgres.new", "run", "media", "static", "log", "secrets.json")
DEFAULT_PORT = 8000


def main(words: list[str]) -> int:
    """The exit status; whatever a person must put right is one sentence on standard error and status 1."""
    try:
        if words[:1] == ["demo"]:
            return _demo(words[1:])
        if words[:1] == ["test"]:
            return run_suite(words[1:])
        if words[:1] == ["manage"]:
            return _manage(words[1:])
        raise EngineError("用法：sh run.sh demo | test | manage …")
    except EngineError as problem:
        say(f"错误：{problem}")
        return 1
    except (KeyboardInterrupt, Stopped):
        return 130


def _demo(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="sh run.sh demo", description="启动演示：网站、数据库、后台任务和演示数据。")
    parser.add_argument("--port", type=int, help=f"端口，默认 {DEFAULT_PORT}")
    parser.add_argument("--fresh", action="store_true", help="清空演示数据，从头开始")
    parser.add_argument("--check", action="store_true", help="启动后自检每个角色的页面，然后停止")
    parser.add_argument("--state", type=Path, help="数据目录；自检默认用一个临时目录")
    chosen = parser.parse_args(words)
    folder = chosen.state.expanduser().resolve() if chosen.state else None
    if chosen.check and folder is None:
        temporary = Path(tempfile.mkdtemp(prefix="jiaxing-check-"))
        try:
            return check_demo(temporary, chosen.port or 0)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
    folder = folder or state_folder()
    if chosen.fresh:
        _forget(folder)
    if chosen.check:
        return check_demo(folder, chosen.port or 0)
    return run_demo(folder, DEFAULT_PORT if chosen.port is None else chosen.port)


def _forget(folder: Path) -> None:
    """Delete what earlier runs left, unless something still uses it."""
    if not folder.exists():
        return
    for name in ("demo.lock", "users.lock"):
        if not Lock(folder / name).alone(wait=False):
            raise EngineError(f"数据目录 {folder} 正在使用中，请先停止演示和 manage 命令，再用 --fresh。")
    for path in [*(folder / name for name in KEPT), *folder.glob("*.mark")]:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _manage(words: list[str]) -> int:
    """manage.py with the servers around it: standard input, output and exit status are the command's own."""
    guard = Guard()
    try:
        project = Project.at(state_folder(), guard)
        with stop_on_signals(), project.running():
            owner = bool(words) and words[0] in OWNER_COMMANDS
            environment = project.owner_environment() if owner else project.environment()
            command = subprocess.Popen([sys.executable, "manage.py", *words], cwd=ROOT, env=environment)
            try:
                status = command.wait()
            except Stopped:
                command.terminate()
                status = command.wait()
            return status if status >= 0 else 128 - status
    finally:
        guard.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
