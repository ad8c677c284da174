"""While it is asked what stands against a step, nothing is read twice.

Gates of several stages ask the same questions (what day is it, may the company review) for each person of a list.
Inside `one_reading` such an answer is kept; outside it, and after it, every question is asked anew.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

from django.db import models

P = ParamSpec("P")
R = TypeVar("R")

_answers: ContextVar[dict[Any, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def one_reading() -> Iterator[None]:
    """Nothing may be written inside; a reading within a reading is part of it."""
    if _answers.get() is not None:
        yield
        return
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def read_once(question: Callable[P, R]) -> Callable[P, R]:
    """Keep the answer for the rest of the reading. Arguments: saved rows, compared by key, or hashable values."""

    @functools.wraps(question)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        answers = _answers.get()
        if answers is None:
            return question(*args, **kwargs)
        key = (question, *map(_key, args), *((name, _key(value)) for name, value in sorted(kwargs.items())))
        if key not in answers:
            answers[key] = question(*args, **kwargs)
        found: R = answers[key]
        return found

    return asked


def _key(value: Any) -> Any:
    return (type(value), value.pk) if isinstance(value, models.Model) else value
