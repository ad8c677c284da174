"""The frozen pool: who may be drawn, who may not and why, as one canonical text with one hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any


def canonical(value: object) -> bytes:
    """The one text of a JSON value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(value: object) -> str:
    return hashlib.sha256(canonical(value)).hexdigest()


def snapshot(
    experts: Iterable[Mapping[str, str]],
    excluded: Iterable[tuple[str, str]],
    *,
    subject: str,
    choose: int = 1,
    at_most: Mapping[str, int] | None = None,
) -> dict[str, Any]:
    """`experts` by `code` with what quotas ask about; `excluded` as (code, reason code); `at_most` of one value each.

    The same people in another order give the same snapshot. Raises ValueError for a code that stands twice.
    """
    inside = sorted((dict(one) for one in experts), key=lambda one: one["code"])
    outside = [{"code": code, "reason": reason} for code, reason in sorted(excluded)]
    codes = [one["code"] for one in [*inside, *outside]]
    if len(set(codes)) != len(codes):
        raise ValueError("an expert stands twice in the pool")
    return {
        "version": 1,
        "subject": subject,
        "choose": choose,
        "at_most": dict(at_most or {}),
        "experts": inside,
        "excluded": outside,
    }
