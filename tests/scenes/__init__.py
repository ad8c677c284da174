"""Scenes: how far the year has come, each built on the ones before by the product's own steps.

A scene is a function whose parameters name the scenes that it stands on, like a fixture; what it returns is what a
test uses: `open_round("A")`. Every scene is a fixture of its name (tests/fixtures/city.py).

What all tests of a module begin with is built once, in a transaction around them all, when the module has a function
`stands(scenes)`. A scene called again with the same words is then read again instead of built. Between modules and
tests that begin alike, what a scene wrote is laid back from its tape (tests/scenes/tape.py).
"""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, models

from tests.scenes import announcing, balloting, committee, declaring, pilot, reviewing, town  # noqa: F401 -- they register scenes
from tests.scenes.city import City, found, set_clock
from tests.scenes.registry import SCENES, reload
from tests.scenes.tape import CLOCK, Recorder, Tape, watching

TAPES: dict[tuple[str, ...], Tape | None] = {}
"""What was done since the migrated database, in order → what the last of it wrote; None where that was nothing."""


class Scenes:
    """The scenes of one city, as attributes: `scenes.open_round("A")`."""

    def __init__(self, *, taped: bool) -> None:
        """`taped`: whether scenes may be kept and laid back."""
        self.at = set_clock
        self._made: dict[str, Any] = {}
        self._stood: dict[Any, models.Model] = {}
        self._standing = False
        self._path: tuple[str, ...] | None = () if taped else None  # None: something else has been written
        self._depth = 0
        self.city = City({}, None, None)
        self._play("found", lambda: self.city.__dict__.update(found().__dict__))

    def stand(self, build: Callable[[Scenes], Any]) -> None:
        """Build what later copies find there."""
        self._standing = True
        build(self)
        self._standing = False

    def copy(self) -> Scenes:
        """The same city for one test: what the test changes in memory is its own."""
        copied = copy.copy(self)
        copied.city, copied._made, copied._depth = copy.deepcopy(self.city), {}, 0
        return copied

    @contextmanager
    def watched(self) -> Iterator[Scenes]:
        """As long as nothing but scenes and the clock has written, scenes may come from their tapes."""
        with watching(self._written):
            yield self

    def _written(self, sql: str, params: Sequence[Any]) -> None:
        if self._depth or self._path is None:
            return
        self._path = (*self._path, f"{sql} {params}") if sql.startswith(f"UPDATE {CLOCK}") else None

    def __getattr__(self, name: str) -> Any:
        if name not in SCENES:
            raise AttributeError(name)
        if name not in self._made:
            build = SCENES[name]
            needs = [getattr(self, needed) for needed in inspect.signature(build).parameters]
            made = self._play(name, lambda: build(*needs))
            self._made[name] = self._remembering(name, made) if inspect.isfunction(made) else made
        return self._made[name]

    def _remembering(self, name: str, make: Callable[..., Any]) -> Callable[..., Any]:
        def made(*words: Any, **choices: Any) -> Any:
            asked = inspect.signature(make).bind(*words, **choices)
            asked.apply_defaults()
            call = (name, _key(asked.arguments))
            if call in self._stood:
                return reload(self._stood[call])
            result = self._play(repr(call), lambda: make(*words, **choices))
            if self._standing and isinstance(result, models.Model):
                self._stood[call] = result
            return result

        return made

    def _play(self, call: str, scene: Callable[[], Any]) -> Any:
        """Walk the scene, or lay it back where the same was done before it once already."""
        if self._depth or self._path is None:
            return scene()
        before, path = self._path, (*self._path, call)
        self._depth, self._path = self._depth + 1, None
        try:
            if path not in TAPES and connection.in_atomic_block:
                recorder = Recorder(scene, self.city.__dict__)
                if recorder.reads or recorder.tape:
                    TAPES[path] = recorder.tape
                    self._path = path if recorder.tape else before
                return recorder.result
            tape = TAPES.get(path)
            result = tape.lay_back(self.city.__dict__) if tape else scene()
            if path in TAPES:
                self._path = path if tape else before
            return result
        finally:
            self._depth -= 1


def _key(words: Any) -> str:
    """Equal for calls that mean the same: a row counts by its key, not by what it held at the time."""
    if isinstance(words, models.Model):
        return f"{words._meta.label}:{words.pk}"
    if isinstance(words, dict):
        return repr(sorted((key, _key(value)) for key, value in words.items()))
    return repr([_key(word) for word in words]) if isinstance(words, list | tuple) else repr(words)
