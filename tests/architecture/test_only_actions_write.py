"""Only steps change anything: no page, form, admin or task writes to the database itself."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STAGES = ("enterprises", "applications", "reviews", "certificates")
FACES = ("views", "admin", "forms", "urls", "inbox")
WRITES = {"save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
# Names that write nothing although they are called like a write.
HARMLESS = {"self", "fields", "context", "kwargs", "initial", "attrs", "data", "errors", "seen", "session", "digest"}


def face_files() -> list[Path]:
    found: list[Path] = []
    for stage in STAGES:
        for face in FACES:
            found += [*ROOT.glob(f"{stage}/{face}.py"), *ROOT.glob(f"{stage}/{face}/**/*.py")]
    return found


def writes(source: str) -> list[str]:
    """`line: call` of each method call that would write to the database."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            owner = node.func.value
            name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            if name not in HARMLESS:
                found.append(f"{node.lineno}: {ast.unparse(node.func)}")
    return found


@pytest.mark.parametrize("path", face_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_faces_write_nothing(path):
    assert writes(path.read_text()) == []


def test_a_planted_write_is_found():
    assert writes("def post(self):\n    case.save()\n    Model.objects.filter(pk=1).update(state='x')") == [
        "2: case.save",
        "3: Model.objects.filter(pk=1).update",
    ]
