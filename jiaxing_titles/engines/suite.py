"""`sh run.sh test`: everything that must hold before a change is taken, in the order of how fast it can say no.

`test`            all of it            `test quick`  without browser and slow tests
`test trust`      the attack tests     `test ARGS…`  pytest alone, with these arguments
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from jiaxing_titles.engines.errors import EngineError
from jiaxing_titles.engines.pair import Engines
from jiaxing_titles.engines.processes import Guard
from jiaxing_titles.engines.project import ROOT, say

PACKAGES = ("jiaxing_titles", "enterprises", "applications", "reviews", "certificates")
LINTERS = (
    ("代码检查", ["ruff", "check", "."]),
    ("代码格式", ["ruff", "format", "--check", "."]),
    ("分层约束", ["lint-imports"]),
    ("类型检查", ["mypy", *PACKAGES]),
)
MIGRATIONS = ("迁移文件齐全", ["manage.py", "makemigrations", "--check", "--dry-run"])


def run_suite(words: list[str]) -> int:
    """Exit status; a part that fails does not hide the later ones, all failed parts are named at the end."""
    guard = Guard()
    engines = Engines.for_one_session(guard)
    try:
        engines.start_redis()
        engines.start_postgres()
        environment = {**os.environ, **engines.environment}
        if words == ["trust"]:
            return _pytest(["tests/trust"], environment)
        if words not in ([], ["quick"]):
            return _pytest(words, environment)
        failed = [name for name, argv in LINTERS if _part(name, _program(argv), environment) != 0]
        name, argv = MIGRATIONS
        if _part(name, [sys.executable, *argv], environment) != 0:
            failed.append(name)
        chosen = ["-m", "not browser and not slow"] if words else []
        if _pytest(chosen, environment) != 0:
            failed.append("测试")
        if failed:
            raise EngineError(f"没有通过：{'、'.join(failed)}。")
        return 0
    finally:
        engines.remove()
        guard.close()


def _pytest(words: Sequence[str], environment: dict[str, str]) -> int:
    return _part("测试", _program(["pytest", *words]), environment)


def _program(argv: Sequence[str]) -> list[str]:
    """A program of our own virtual environment, whatever the PATH says."""
    return [str(Path(sys.executable).with_name(argv[0])), *argv[1:]]


def _part(name: str, argv: list[str], environment: dict[str, str]) -> int:
    say(f"· {name}")
    began = time.monotonic()
    status = subprocess.run(argv, cwd=ROOT, env=environment).returncode
    say(f"  {name}{'通过' if status == 0 else '未通过'}（{time.monotonic() - began:.0f} 秒）")
    return status
