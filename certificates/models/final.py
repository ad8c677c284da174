"""Rows that say for ever what they said on their day."""

from __future__ import annotations

from collections.abc import Sequence

import pgtrigger


def final_once(state: str, columns: Sequence[str]) -> list[pgtrigger.Trigger]:
    """From `state` on neither these columns nor the row itself can go; a lost PDF may still be made again."""
    columns = [*columns, "state"]
    old, new = (", ".join(f'{side}."{column}"' for column in columns) for side in ("OLD", "NEW"))
    changed = pgtrigger.Condition(f"OLD.\"state\" = '{state}' AND ROW({old}) IS DISTINCT FROM ROW({new})")
    return [
        pgtrigger.Protect(name=f"{state}_is_final", operation=pgtrigger.Update, condition=changed),
        pgtrigger.Protect(name=f"{state}_stays", operation=pgtrigger.Delete, condition=pgtrigger.Q(old__state=state)),
    ]
