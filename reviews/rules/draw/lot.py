"""The order that the secrets give, and who is taken from its front (HKDF-SHA256 as in draft-thomson-elegy-vrs)."""

from __future__ import annotations

import hmac
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from reviews.rules.draw.pool import digest

Order = list[tuple[str, str]]
"""(order value in hex, code), smallest first."""


def pseudorandom_key(code: bytes, randomness: bytes) -> bytes:
    """HKDF-Extract: the one-time code is the salt."""
    return hmac.digest(code, randomness, "sha256")


def order_value(key: bytes, label: str) -> str:
    """HKDF-Expand of the label to 32 bytes, which is its first block."""
    return hmac.digest(key, label.encode() + b"\x01", "sha256").hex()


def order_of(labels: Iterable[str], code: bytes, randomness: bytes) -> Order:
    key = pseudorandom_key(code, randomness)
    return sorted((order_value(key, label), label) for label in labels)


def randomness(secret: bytes, pool_hash: str) -> bytes:
    """s2 ‖ public. What is public here is the pool's hash, so that the order belongs to this pool alone."""
    return secret + pool_hash.encode()


def first_fitting(pool: Mapping[str, Any], order: Order, unavailable: Collection[str]) -> list[str]:
    """The first of the order who can come and keep the quotas. Fewer than wanted where there are no more."""
    experts = {one["code"]: one for one in pool["experts"]}
    chosen: list[str] = []
    for _, label in order:
        alike = (
            sum(experts[one][key] == experts[label][key] for one in chosen) < most
            for key, most in pool["at_most"].items()
        )
        if len(chosen) < pool["choose"] and label not in unavailable and all(alike):
            chosen.append(label)
    return chosen


class PoolChanged(ValueError):
    """The pool is not the one whose hash was published."""


def run(
    pool: Mapping[str, Any], pool_hash: str, code: bytes, secret: bytes, unavailable: Collection[str] = ()
) -> tuple[Order, list[str]]:
    """(order of the whole pool, chosen). Raises PoolChanged."""
    if digest(pool) != pool_hash:
        raise PoolChanged("专家库名单与备池时公布的校验值不符。")
    order = order_of([one["code"] for one in pool["experts"]], code, randomness(secret, pool_hash))
    return order, first_fitting(pool, order, unavailable)
