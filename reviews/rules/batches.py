"""How a list of names is cut into ballot sheets that fit one page (decision 30)."""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
NAMES_PER_SHEET = 30


def cut(names: Sequence[T], size: int = NAMES_PER_SHEET) -> list[list[T]]:
    """Consecutive sheets of at most `size` names, the order kept; nothing for an empty list."""
    return [list(names[start : start + size]) for start in range(0, len(names), size)]
