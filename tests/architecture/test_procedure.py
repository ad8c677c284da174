"""docs/procedure.md says of every clause what enforces it and what tries it: each name on that page must exist."""

import ast
import importlib
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "procedure.md").read_text()
QUOTED = re.compile(r"`([^`\n]+)`")
DOTTED = re.compile(r"(?:enterprises|applications|reviews|certificates|jiaxing_titles)(?:\.\w+)+")
TEST = re.compile(r"tests/[\w/]+\.py::\w+")
NOT_DONE, UNTRIED = "未做", "无测试"
PROHIBITION_COLUMNS = 8


def numbered(prefix: str, last: int) -> list[str]:
    return [f"{prefix}{number}" for number in range(1, last + 1)]


IDS = [
    *numbered("R-0.", 5),
    *numbered("R-1.", 2),
    *numbered("R-2.", 5),
    "R-3.1",
    *(f"R-3.2{letter}" for letter in "abcde"),
    *(f"R-4.1{letter}" for letter in "abcd"),
    *(f"R-4.2{letter}" for letter in "abcd"),
    *numbered("R-5.1.", 9),
    *numbered("R-5.2.", 11),
    *numbered("R-5.3.", 7),
    *numbered("R-5.4.", 5),
    *numbered("R-6.1.", 4),
    *numbered("R-6.2.", 3),
    *numbered("R-6.3.", 5),
    *numbered("R-6.4.", 3),
    "A-1",
    "A-2",
    "A-3.1",
    *(f"A-3.1({number})" for number in range(1, 7)),
    "A-3.2",
    *(f"A-3.2({number})" for number in range(1, 5)),
    *(f"A-4.0{letter}" for letter in "abc"),
    *(f"A-4.1({number})" for number in range(1, 3)),
    *(f"A-4.2({number})" for number in range(1, 4)),
    *numbered("D-", 13),
    *numbered("T-", 7),
    *numbered("PR-", 11),
    *numbered("C-", 6),
    *numbered("G", 22),
]


def rows(page: str) -> list[list[str]]:
    """The cells of every table row that is neither a heading nor a rule."""
    lines = [line for line in page.splitlines() if line.startswith("| ") and not line.startswith("| 编号")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def quoted(page: str) -> list[str]:
    return sorted(set(QUOTED.findall(page)))


def functions(page: str) -> list[str]:
    return [name for name in quoted(page) if DOTTED.fullmatch(name)]


def trials(page: str) -> list[str]:
    return [name for name in quoted(page) if TEST.fullmatch(name)]


def resolve(dotted: str) -> object:
    """The object behind the path: the longest importable module, then attributes. Raises when there is none."""
    parts = dotted.split(".")
    for cut in range(len(parts), 0, -1):
        name = ".".join(parts[:cut])
        try:
            found: object = importlib.import_module(name)
        except ModuleNotFoundError as missing:
            if missing.name is None or not f"{name}.".startswith(f"{missing.name}."):
                raise  # the module is there and something that it imports is not
            continue
        for part in parts[cut:]:
            found = getattr(found, part)
        return found
    raise ModuleNotFoundError(dotted)


@cache
def defined_in(path: str) -> frozenset[str]:
    """The test functions of the file, in classes too."""
    tree = ast.parse((ROOT / path).read_text())
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, kinds) and node.name.startswith("test_"))


def missing_ids(page: str) -> dict[str, int]:
    """How often each id stands at the head of a row, where that is not once; ids nobody asked for as well."""
    heads = [row[0] for row in rows(page)]
    return {one: heads.count(one) for one in {*IDS, *heads} if heads.count(one) != 1 or one not in IDS}


def incomplete(page: str) -> list[str]:
    """Ids of rows with an empty cell, or whose lack of a function or a test is not said."""
    found = []
    for row in rows(page):
        method, tried = row[3], row[4:]
        told = NOT_DONE in method or functions(method)
        answered = all(NOT_DONE in cell or UNTRIED in cell or trials(cell) for cell in tried)
        wide = len(row) == (PROHIBITION_COLUMNS if row[0].startswith("PR-") else 5)
        if not (told and answered and wide and all(row)):
            found.append(row[0])
    return found


def test_every_id_stands_once():
    assert missing_ids(PAGE) == {}


def test_every_row_is_complete_or_says_what_is_not_done():
    assert incomplete(PAGE) == []


def test_everything_quoted_is_a_function_or_a_test():
    known = {*functions(PAGE), *trials(PAGE), "/console/"}
    assert [name for name in quoted(PAGE) if name not in known] == []


@pytest.mark.parametrize("dotted", functions(PAGE))
def test_the_function_exists(dotted):
    resolve(dotted)


@pytest.mark.parametrize("name", trials(PAGE))
def test_the_test_exists(name):
    path, function = name.split("::")
    assert (ROOT / path).is_file()
    assert function in defined_in(path)


def test_a_wrong_page_is_found():
    """The checks above bite: a row lost, a row twice, a silent gap, names that do not exist."""
    line = next(line for line in PAGE.splitlines() if line.startswith("| G1 |"))
    assert missing_ids(PAGE.replace(f"{line}\n", "")) == {"G1": 0}
    assert missing_ids(f"{PAGE}{line}\n") == {"G1": 2}
    assert missing_ids(f"{PAGE}{line.replace('| G1 |', '| G99 |')}\n") == {"G99": 1}
    assert incomplete("| G1 | 词 | 做法 |  | 无测试 |") == ["G1"]
    assert incomplete("| G1 | 词 | 做法 | `enterprises.gates.intake` | 试过 |") == ["G1"]
    assert incomplete("| PR-1 | 词 | 做法 | 未做 | 未做 | 未做 | 未做 |") == ["PR-1"]
    with pytest.raises(AttributeError):
        resolve("enterprises.gates.no_such_gate")
    with pytest.raises(ModuleNotFoundError):
        resolve("nowhere.gates.intake")
    assert "test_no_such_test" not in defined_in("tests/architecture/test_procedure.py")
