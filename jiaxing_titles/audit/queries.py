"""Reading the record."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import QuerySet

from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.audit.chain import Draft, record
from jiaxing_titles.audit.models import AuditEvent


def events_of(subject: models.Model) -> QuerySet[AuditEvent]:
    """Everything done to the case, oldest first."""
    return AuditEvent.objects.filter(
        subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk
    ).order_by("seq")


def doers(subject: models.Model, steps: Iterable[str]) -> set[int]:
    """Ids of the users who did any of these steps on the case since it last came back to its first state.

    Used by the rule that nobody approves what he submitted (decision 29).
    """
    done = events_of(subject).filter(step__in=list(steps), outcome=AuditEvent.Outcome.DONE)
    return {user for user in done.values_list("user_id", flat=True) if user is not None}


def record_reveal(actor: Actor, subject: models.Model, what: str, purpose: str) -> None:
    """Note that somebody read a personal number in full; shown to the person as 谁看过我的信息."""
    with transaction.atomic():
        draft = Draft(
            "reveal", f"查看{what}", AuditEvent.Outcome.REVEALED, subject, facts={"what": what}, reason=purpose
        )
        record(actor, [draft])
