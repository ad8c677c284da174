"""Files stay small enough that a newcomer finds one thing in one room."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("jiaxing_titles", "enterprises", "applications", "reviews", "certificates")


def sources(*patterns: str) -> list[Path]:
    return sorted(path for pattern in patterns for path in ROOT.glob(pattern) if "migrations" not in path.parts)


@pytest.mark.parametrize(
    ("paths", "most"),
    [
        (sources(*(f"{package}/**/*.py" for package in PACKAGES)), 400),
        (sources("templates/**/*.html"), 150),
        (sources("tests/**/*.py"), 500),
        (sources("tests/conftest.py"), 150),
    ],
    ids=["source", "templates", "tests", "conftest"],
)
def test_no_file_is_longer_than_its_budget(paths, most):
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in paths}
    assert {name: length for name, length in lengths.items() if length > most} == {}


def test_no_file_is_called_after_nothing():
    forbidden = {"utils.py", "helpers.py", "common.py", "misc.py"}
    assert [path for path in sources("**/*.py") if path.name in forbidden and ".venv" not in path.parts] == []
