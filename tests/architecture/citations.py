"""What each function of rules and gates cites: clauses, rules of the analysis, gates; as rows of citations.csv."""

from __future__ import annotations

import ast
import csv
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
TABLE = Path(__file__).with_name("citations.csv")
STAGES = ("enterprises", "applications", "reviews", "certificates", "jiaxing_titles")
CITED = re.compile(
    r"(办法[一二三四五六]|附件[一二三四]|人社部令第)[（）一二三四五六七\d、号年度设置]*|(R|A|S|Q|PR|T|C|X|F)-\d[\w.()]*|G\d{1,2}"
)


def cited() -> list[tuple[str, str, str]]:
    """(module, function, what it cites, in order of the text), for functions that cite anything."""
    files = [path for stage in STAGES for kind in ("rules", "gates") for path in _sources(stage, kind)]
    return [row for path in files for row in _of_module(path)]


def table() -> list[tuple[str, str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [(row["module"], row["function"], row["cites"]) for row in csv.DictReader(file)]


def write() -> None:
    """Write the table anew; read what changed like a change of the law."""
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([("module", "function", "cites"), *cited()])


def _sources(stage: str, kind: str) -> list[Path]:
    inside = "*/" if stage == "jiaxing_titles" else ""
    found = [*ROOT.glob(f"{stage}/{inside}{kind}/**/*.py"), *ROOT.glob(f"{stage}/{inside}{kind}.py")]
    return sorted(path for path in found if path.name != "__init__.py")


def _of_module(path: Path) -> Iterator[tuple[str, str, str]]:
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    known = vars(importlib.import_module(name))
    tree = ast.parse(path.read_text("utf-8"))
    for node in tree.body:
        inner = [one for one in ast.walk(node) if not _is_docstring(one)]
        values = [_value(one, known) for one in inner if isinstance(one, ast.Constant | ast.Name)]
        cites = dict.fromkeys(value for value in values if value is not None and CITED.fullmatch(value))
        if cites:
            yield name, getattr(node, "name", f"line of {_target(node)}"), " ".join(cites)


def _value(node: ast.Constant | ast.Name, known: dict[str, object]) -> str | None:
    found = node.value if isinstance(node, ast.Constant) else known.get(node.id)
    return found if isinstance(found, str) else None


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _target(node: ast.stmt) -> str:
    return ast.unparse(node).partition(" ")[0].partition(":")[0]


if __name__ == "__main__":
    import django

    django.setup()
    write()
