"""The facts of a submitted version, one by one, as HR ticks them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from applications.rules.material import in_order

_NOT_DECLARED = ("id", "application", "order")


@dataclass(frozen=True)
class CheckItem:
    """One declared fact; `fact_hash` is taken over its content, so a changed fact is a new one."""

    topic: str
    label: str
    fact_hash: str


def check_items(application: Any) -> list[CheckItem]:
    """Everything in the submitted version that HR has to look at, in the order of the form."""
    found = []
    for topic, entries in in_order(application.snapshot.get("topics", {})):
        for entry in entries:
            found.append(CheckItem(topic, entry["label"], fact_hash(topic, entry["values"])))
    return found


def values_of(source: Any, names: Iterable[str]) -> dict[str, Any]:
    """Fields of a record as JSON primitives, which `fact_hash` is taken over."""
    read = {name: getattr(source, name) for name in names}
    return {
        name: value if value is None or isinstance(value, bool | int | str) else str(value)
        for name, value in read.items()
    }


def declared_fields(record: Any) -> list[str]:
    """What the person has filled in of a record, without keys and order."""
    return [field.name for field in record._meta.concrete_fields if field.name not in _NOT_DECLARED]


def fact_hash(topic: str, values: dict[str, Any]) -> str:
    """SHA-256 over topic and content; two identical lines are one fact."""
    canonical = json.dumps([topic, values], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
