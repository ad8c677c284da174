"""`sh run.sh test`: everything that must hold before a change is taken, in the order of how fast it can say no.

`test`            all of it            `test quick`  without browser, launcher and the walks of the procedure
`test trust`      the attack tests, their long rounds too
`test walk`       the full year clicked in Chromium, on phone and desk width
`test ARGS…`      pytest alone, with these arguments
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
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
    if words == ["trust"]:
        return _pytest([*_side_by_side(), "-m", "", "tests/trust"])  # the long rounds too
    if words == ["walk"]:
        return _pytest(["tests/browser/test_full_year.py"])
    if words not in ([], ["quick"]):
        return _pytest(words)
    failed = [name for name, argv in LINTERS if _part(name, _program(argv)) != 0]
    name, argv = MIGRATIONS
    if _with_engines(lambda environment: _part(name, [sys.executable, *argv], environment)) != 0:
        failed.append(name)
    marks = "not browser and not slow" if words else "not walk and not rounds"
    if _pytest([*_side_by_side(), "-m", marks]) != 0:
        failed.append("测试")
    if failed:
        raise EngineError(f"没有通过：{'、'.join(failed)}。")
    return 0


def _side_by_side() -> list[str]:
    """Each process has engines of its own; a module stays whole, because its tests share what stands (tests/scenes).

    One process more than there are cores: some tests wait, for a killed worker's task or for Chromium. In the order of
    collection: by default files with few tests, which are the long ones, would come last.
    """
    return ["-n", str(min((os.cpu_count() or 1) + 1, 4)), "--dist", "loadfile", "--no-loadscope-reorder"]


def _with_engines(work: Callable[[dict[str, str]], int]) -> int:
    guard = Guard()
    engines = Engines.for_one_session(guard)
    try:
        engines.start_redis()
        engines.start_postgres()
        return work({**os.environ, **engines.environment})
    finally:
        engines.remove()
        guard.close()


def _pytest(words: Sequence[str]) -> int:
    """pytest brings its own engines (tests/engines_plugin.py)."""
    return _part("测试", _program(["pytest", *words]))


def _program(argv: Sequence[str]) -> list[str]:
    """A program of our own virtual environment, whatever the PATH says."""
    return [str(Path(sys.executable).with_name(argv[0])), *argv[1:]]


def _part(name: str, argv: list[str], environment: dict[str, str] | None = None) -> int:
    say(f"· {name}")
    began = time.monotonic()
    status = subprocess.run(argv, cwd=ROOT, env=environment).returncode
    say(f"  {name}{'通过' if status == 0 else '未通过'}（{time.monotonic() - began:.0f} 秒）")
    return status
