"""The register of scenes, and the rows that they return."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

SCENES: dict[str, Callable[..., Any]] = {}


def scene(build: Callable[..., Any]) -> Callable[..., Any]:
    """Register the scene under the function's name."""
    if build.__name__ in SCENES:
        raise ValueError(f"two scenes are called {build.__name__}")
    SCENES[build.__name__] = build
    return build


def stands_on(name: str, other: str) -> bool:
    """Whether the scene is `other`, or needs it somewhere below."""
    if name == other:
        return True
    return name in SCENES and any(stands_on(needed, other) for needed in inspect.signature(SCENES[name]).parameters)


def reload(case: Any) -> Any:
    """The row as it is in the database now."""
    return type(case)._base_manager.get(pk=case.pk)
