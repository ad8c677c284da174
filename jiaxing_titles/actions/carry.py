"""Moving many cases inside one step of something else: chunked, locked in id order, one guarded UPDATE a chunk."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.actions.case import state_field
from jiaxing_titles.actions.errors import Blocked
from jiaxing_titles.audit.chain import Draft, record
from jiaxing_titles.reasons import Reason

CHUNK = 1000


def carry(
    queryset: QuerySet[Any],
    name: str,
    *,
    actor: Actor,
    because: str,
    strict: bool = True,
    set: dict[str, Any] | None = None,
) -> tuple[list[int], list[tuple[int, list[Reason]]]]:
    """Run the FSM move `name` on every row; returns (moved ids, refused (id, reasons)).

    Permission is that of the step named in `because`, inside whose transaction this must run. Guards run in Python
    for each row; a row refused leaves the others alone unless `strict`, which raises Blocked with all reasons.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("carry() belongs inside a step")
    model = queryset.model
    ids = list(queryset.order_by("pk").values_list("pk", flat=True))
    moved: list[int] = []
    refused: list[tuple[int, list[Reason]]] = []
    for start in range(0, len(ids), CHUNK):
        rows = (
            model._base_manager.filter(pk__in=ids[start : start + CHUNK]).order_by("pk").select_for_update(of=("self",))
        )
        moved += _carry_chunk(model, list(rows), name, actor, because, set or {}, refused)
    if strict and refused:
        raise Blocked([reason for _, reasons in refused for reason in reasons])
    return moved, refused


def _carry_chunk(
    model: Any,
    rows: list[Any],
    name: str,
    actor: Actor,
    because: str,
    values: dict[str, Any],
    refused: list[tuple[int, list[Reason]]],
) -> list[int]:
    state = state_field(model).name
    table = getattr(model, name)._django_fsm
    label = next(iter(table.transitions.values())).custom.get("label") or name
    ready: dict[tuple[str, str], list[int]] = defaultdict(list)
    drafts = []
    for row in rows:
        before = getattr(row, state)
        one = table.get_transition(before)
        if one is None:
            display = getattr(row, f"get_{state}_display")()
            refused.append((row.pk, [Reason(f"{row}现在是“{display}”，不能{label}。")]))
            continue
        gate = one.custom.get("gate")
        if reasons := (gate(row) if gate else []):
            refused.append((row.pk, reasons))
            continue
        ready[str(before), str(one.target)].append(row.pk)
        drafts.append(Draft(because, label, subject=row, before=str(before), after=str(one.target)))
    for (before, target), pks in ready.items():
        changed = model._base_manager.filter(pk__in=pks, **{state: before}).update(
            **{state: target, "version": F("version") + 1, "updated_at": clock.now(), **values}
        )
        if changed != len(pks):
            raise RuntimeError(f"{model.__name__}.{name}: {changed} of {len(pks)} rows moved although locked")
    if drafts:
        record(actor, drafts)
    return [pk for pks in ready.values() for pk in pks]
