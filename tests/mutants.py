"""Breaks the rules one place at a time and tells which breaks no test saw.

    python -m tests.mutants reviews/rules/thresholds.py tests/reviews/rules/test_thresholds.py [more tests]

Every comparison, sum, constant, sentence and condition of the module is changed once; a fork of this process then
runs the given tests against the changed module, in memory: no file is touched. What survives is printed with its
line and the process ends with 1. The tests named must pass by themselves, without the engines (`tests/*/rules`).
"""

import ast
import contextlib
import copy
import io
import os
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from itertools import count
from pathlib import Path
from types import CodeType

import django
import pytest

ROOT = Path(__file__).parent.parent
LIMIT = 120  # seconds for one mutant; an endless loop counts as seen
SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.And: ast.Or,
    ast.Or: ast.And,
}
# Of a dataclass: they guard against programmers, not against a wrong verdict.
MANNERS = {"frozen", "slots", "kw_only", "strict"}


class Places(ast.NodeVisitor):
    """Where a module can be changed, in `found`: (line, what is done, node, attribute, index, new value)."""

    def __init__(self) -> None:
        self.found: list[tuple[int, str, ast.AST, str, int | None, object]] = []

    def _add(self, at: ast.AST, told: str, node: ast.AST, attribute: str, index: int | None, new: object) -> None:
        self.found.append((getattr(at, "lineno", 0), told, node, attribute, index, new))

    def visit_Compare(self, node: ast.Compare) -> None:
        for index, operator in enumerate(node.ops):
            new = SWAPPED[type(operator)]
            self._add(node, f"{type(operator).__name__} → {new.__name__}", node, "ops", index, new())
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        if new := SWAPPED.get(type(node.op)):
            self._add(node, f"{type(node.op).__name__} → {new.__name__}", node, "op", None, new())
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        new = SWAPPED[type(node.op)]
        self._add(node, f"{type(node.op).__name__} → {new.__name__}", node, "op", None, new())
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        old = node.value
        if isinstance(old, bool):
            new: object = not old
        elif isinstance(old, int):
            new = old + 1
        elif isinstance(old, str) and old.strip():
            new = old + "变"
        else:
            return
        self._add(node, f"{old!r} → {new!r}", node, "value", None, new)

    def generic_visit(self, node: ast.AST) -> None:
        for name, field in ast.iter_fields(node):
            if name in ("annotation", "returns"):
                continue
            children = field if isinstance(field, list) else [field]
            for index, child in enumerate(children):
                if not isinstance(child, ast.AST) or _beside_the_point(node, name, index, child):
                    continue
                if isinstance(child, ast.UnaryOp) and isinstance(child.op, ast.Not):
                    place = index if isinstance(field, list) else None
                    self._add(child, "not → nothing", node, name, place, child.operand)
                self.visit(child)


def _beside_the_point(parent: ast.AST, name: str, index: int, child: ast.AST) -> bool:
    """A docstring, a type, a dataclass's manners, `__all__`, what a programmer is told in English."""
    if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
        return True
    if isinstance(child, ast.keyword) and child.arg in MANNERS:
        return True
    if isinstance(parent, ast.Raise) and isinstance(child, ast.Call) and all(map(_in_english, child.args)):
        return True
    if isinstance(child, ast.Subscript) and getattr(child.value, "id", "") in ("Literal", "TypeVar", "Callable"):
        return True
    if isinstance(child, ast.Assign) and getattr(child.targets[0], "id", "") == "__all__":
        return True
    return isinstance(parent, ast.Call) and getattr(parent.func, "id", "") == "cast" and index == 0


def _in_english(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isascii()


def mutants(source: str) -> Iterator[tuple[int, str, ast.Module]]:
    """(line, what was changed, the changed module) for each place of `source`."""
    for number in count():
        tree = copy.deepcopy(ast.parse(source))
        places = Places()
        places.visit(tree)
        if number >= len(places.found):
            return
        line, told, node, attribute, index, new = places.found[number]
        if index is None:
            setattr(node, attribute, new)
        else:
            getattr(node, attribute)[index] = new
        yield line, told, ast.fix_missing_locations(tree)


class Changed(MetaPathFinder, SourceFileLoader):
    """Gives the changed module in place of the one on disk; all others are found as ever."""

    def __init__(self, name: str, path: Path, tree: ast.Module) -> None:
        super().__init__(name, str(path))
        self.tree = tree

    def find_spec(self, fullname: str, path=None, target=None) -> ModuleSpec | None:
        if fullname != self.name:
            return None
        spec = PathFinder.find_spec(fullname, path)
        if spec is not None:
            spec.loader = self
        return spec

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.tree, self.path, "exec")


def _tests_pass(tests: list[str]) -> bool:
    options = ["-c", os.devnull, "--rootdir", str(ROOT), "--import-mode=importlib", "-o", f"pythonpath={ROOT}"]
    options += ["--noconftest", "-p", "no:django", "-p", "no:cacheprovider", "-p", "no:xdist"]
    options += ["-q", "-x", "-W", "ignore"]
    if os.environ.get("DJANGO_SETTINGS_MODULE"):
        django.setup()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return pytest.main([*options, *tests]) == 0


def _seen(name: str, path: Path, tree: ast.Module | None, tests: list[str]) -> bool:
    """Whether a test failed, in a process of its own: one that hangs or dies has been seen too."""
    child = os.fork()
    if child == 0:
        if tree is not None:
            sys.meta_path.insert(0, Changed(name, path, tree))
        try:
            os._exit(0 if _tests_pass(tests) else 1)
        except BaseException:
            os._exit(1)
    until = time.monotonic() + LIMIT
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status) != 0
        time.sleep(0.01)
    os.kill(child, 9)
    os.waitpid(child, 0)
    return True


def main(module: str, *tests: str) -> int:
    path = ROOT / module
    package = path.parent if path.name == "__init__.py" else path.with_suffix("")
    name = ".".join(package.relative_to(ROOT).parts)
    import_module("hypothesis")  # once, before the forks
    if _seen(name, path, None, list(tests)):
        print(f"{module}: the tests do not pass as it stands", flush=True)
        return 2
    tried = survived = 0
    for line, told, tree in mutants(path.read_text()):
        tried += 1
        if not _seen(name, path, tree, list(tests)):
            survived += 1
            print(f"{module}:{line}: {told}", flush=True)
    print(f"{module}: {tried} tried, {survived} survived", flush=True)
    return int(survived > 0)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
