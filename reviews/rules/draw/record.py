"""The published record of a draw, as the text that verify_draw.py checks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reviews.rules.draw.pool import canonical, digest


def record_file(
    pool: dict[str, Any],
    pool_hash: str,
    commitment: str,
    supervisor_hash: str,
    runs: Sequence[dict[str, Any]],
    key: dict[str, Any] | None = None,
) -> bytes:
    """`key` opens the codes of a blind pool; its digest stands in the pool as `names_hash`."""
    record: dict[str, Any] = {
        "pool": pool,
        "pool_hash": pool_hash,
        "commitment": commitment,
        "supervisor_hash": supervisor_hash,
        "runs": list(runs),
    }
    if key is not None:
        record["key"] = key
    return canonical({"record": record, "sha256": digest(record)})
