"""Scenes: how far the year has come, each built on the ones before by the product's own steps.

A scene is a function whose parameters name the scenes that it stands on, like a fixture; what it returns is what a
test uses: `open_round("A")`. Every scene is a fixture of its name (tests/fixtures/city.py).

What all tests of a module begin with is built once, in a transaction around them all, when the module has a function
`stands(scenes)`. A scene called again with the same words is then read again instead of built.
"""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable
from typing import Any

from django.db import models

from tests.scenes import announcing, balloting, committee, declaring, pilot, reviewing, town  # noqa: F401 -- they register scenes
from tests.scenes.city import City, set_clock
from tests.scenes.registry import SCENES, reload


class Scenes:
    """The scenes of one city, as attributes: `scenes.open_round("A")`."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.at = set_clock
        self._made: dict[str, Any] = {}
        self._stood: dict[Any, models.Model] = {}
        self._standing = False

    def stand(self, build: Callable[[Scenes], Any]) -> None:
        """Build what later copies find there."""
        self._standing = True
        build(self)
        self._standing = False

    def copy(self) -> Scenes:
        """The same city for one test: what the test changes in memory is its own."""
        copied = Scenes(copy.deepcopy(self.city))
        copied._stood = self._stood
        return copied

    def __getattr__(self, name: str) -> Any:
        if name not in SCENES:
            raise AttributeError(name)
        if name not in self._made:
            build = SCENES[name]
            made = build(*[getattr(self, needed) for needed in inspect.signature(build).parameters])
            self._made[name] = self._remembering(name, made) if inspect.isfunction(made) else made
        return self._made[name]

    def _remembering(self, name: str, make: Callable[..., Any]) -> Callable[..., Any]:
        def made(*words: Any, **choices: Any) -> Any:
            asked = inspect.signature(make).bind(*words, **choices)
            asked.apply_defaults()
            call = (name, _key(asked.arguments))
            if call in self._stood:
                return reload(self._stood[call])
            result = make(*words, **choices)
            if self._standing and isinstance(result, models.Model):
                self._stood[call] = result
            return result

        return made


def _key(words: Any) -> str:
    """Equal for calls that mean the same: a row counts by its key, not by what it held at the time."""
    if isinstance(words, models.Model):
        return f"{words._meta.label}:{words.pk}"
    if isinstance(words, dict):
        return repr(sorted((key, _key(value)) for key, value in words.items()))
    return repr([_key(word) for word in words]) if isinstance(words, list | tuple) else repr(words)
