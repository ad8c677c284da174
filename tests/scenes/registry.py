"""The register of scenes, and the rows that they return."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

SCENES: dict[str, Callable[..., Any]] = {}


def scene(build: Callable[..., Any]) -> Callable[..., Any]:
    """Register the scene under the function's name."""
    if build.__name__ in SCENES:
        raise ValueError(f"two scenes are called {build.__name__}")
    SCENES[build.__name__] = build
    return build


def reload(case: Any) -> Any:
    """The row as it is in the database now."""
    return type(case)._base_manager.get(pk=case.pk)
