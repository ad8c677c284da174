"""docs/ballot.md says which tests stand behind each guarantee and each attack: every name there must exist."""

from pathlib import Path

import pytest

from tests.architecture.test_procedure import ROOT, TEST, defined_in, numbered, quoted, rows

PAGE = (Path(ROOT) / "docs" / "ballot.md").read_text()
IDS = [*numbered("B", 12), *numbered("G", 16)]
TESTS = [name for name in quoted(PAGE) if "::" in name]


def kept() -> list[list[str]]:
    return [row for row in rows(PAGE) if row[0][:1] in ("B", "G")]


def test_every_guarantee_and_attack_stands_once():
    assert [row[0] for row in kept()] == IDS


def test_each_names_a_test():
    assert [row[0] for row in kept() if not any(TEST.search(cell) for cell in row)] == []


@pytest.mark.parametrize("name", TESTS)
def test_the_test_exists(name):
    assert TEST.fullmatch(name), name
    path, function = name.split("::")
    assert (ROOT / path).is_file()
    assert function in defined_in(path)
