"""Personal names: how they are folded, masked and ordered (domain 2.4)."""

from __future__ import annotations

from pypinyin import lazy_pinyin


def sort_key(name: str) -> str:
    """Pinyin order for lists, computed once and stored: SQL collations differ from machine to machine."""
    return " ".join(lazy_pinyin(name))[:200]
