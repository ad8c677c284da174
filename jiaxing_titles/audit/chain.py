"""Writing and checking the chain of events."""

from __future__ import annotations

import contextvars
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models

from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.audit.models import GENESIS, AuditEvent

# One number for the whole city: events are linked one after the other.
CHAIN_LOCK = 20191227

request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="")


@dataclass
class Draft:
    """An event before it is linked. `facts` must be JSON primitives, dates, decimals or UUIDs."""

    step: str
    label: str
    outcome: str = AuditEvent.Outcome.DONE
    subject: models.Model | None = None
    before: str = ""
    after: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    reason: str = ""


def record(actor: Actor, drafts: Iterable[Draft]) -> list[AuditEvent]:
    """Link and write events in order; call inside the transaction of the deed, as late as possible.

    The chain's lock is held from here to commit, so what follows must be short (decision 22).
    """
    drafts = list(drafts)
    at = clock.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
    last = AuditEvent.objects.order_by("-seq").values_list("seq", "hash").first() or (0, GENESIS)
    seq, head = last
    events = []
    for draft in drafts:
        seq += 1
        event = _event(actor, draft, seq, head, at)
        head = event.hash = event.digest()
        events.append(event)
    return AuditEvent.objects.bulk_create(events)


def _event(actor: Actor, draft: Draft, seq: int, head: str, at: dt.datetime) -> AuditEvent:
    subject = draft.subject
    return AuditEvent(
        seq=seq,
        at=at,
        outcome=draft.outcome,
        step=draft.step,
        label=draft.label,
        user_id=actor.user.pk if actor.user else None,
        user_name=actor.user.name if actor.user else "",
        role=actor.role,
        organisation_id=actor.organisation.pk if actor.organisation else None,
        organisation_name=actor.organisation.name if actor.organisation else "",
        subject_type_id=ContentType.objects.get_for_model(subject).pk if subject else None,
        subject_id=subject.pk if subject else None,
        subject_label=str(subject)[:200] if subject else "",
        before=draft.before,
        after=draft.after,
        facts=primitive(draft.facts),
        reason=draft.reason,
        request_id=request_id.get(),
        prev_hash=head,
    )


def primitive(value: Any) -> Any:
    """Facts as they read back from JSON, so that the hash of a stored event can be taken again."""
    if isinstance(value, dict):
        return {str(key): primitive(item) for key, item in value.items()}
    if isinstance(value, models.Model):
        return f"{value._meta.label_lower}:{value.pk}"
    if isinstance(value, models.QuerySet | list | tuple | set | frozenset):
        return [primitive(item) for item in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    name = getattr(value, "name", None)
    return str(name if name is not None else value)


def broken_links(chunk: int = 2000) -> Iterator[str]:
    """Sentences naming each event that does not follow from the one before; none when the chain is whole."""
    head, expected = GENESIS, 1
    for event in AuditEvent.objects.order_by("seq").iterator(chunk_size=chunk):
        if event.seq != expected:
            yield f"第 {expected} 条办理记录缺失（下一条是第 {event.seq} 条）"
        elif event.prev_hash != head:
            yield f"第 {event.seq} 条办理记录与上一条不相连"
        if event.digest() != event.hash:
            yield f"第 {event.seq} 条办理记录（{event.label}，{event.subject_label}）被改动过"
        head, expected = event.hash, event.seq + 1
