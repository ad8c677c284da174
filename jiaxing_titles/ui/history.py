"""What the timeline of a case tells, and to whom."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import models

from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import steps
from jiaxing_titles.audit.models import AuditEvent
from jiaxing_titles.audit.queries import events_of
from jiaxing_titles.ui.components import TONES, Event

# A move into one of these tones speaks to the person or company concerned.
ADDRESSED = frozenset({"amber", "grey", "red"})


def history_of(case: models.Model, actor: Actor | None) -> list[Event]:
    """The events that this reader may see, oldest first.

    Officials read everything with names, but for events of which the case says `hides_who`. Companies read what was
    done, by which office, and the reasons addressed to them. An applicant reads his own stage only: what a meeting
    did to his case reaches him as the published result (ux D4), not by way of the timeline.
    """
    if not actor:  # a lazy object: never None itself
        return []
    events = list(events_of(case).exclude(outcome=AuditEvent.Outcome.REVEALED))
    if actor.is_official:
        return [_full(case, event) for event in events]
    done = [event for event in events if event.outcome == AuditEvent.Outcome.DONE]
    if actor.role == Role.APPLICANT:
        done = [event for event in done if event.step.startswith(f"{case._meta.app_label}.")]
    return [_public(case, event) for event in done]


def _full(case: models.Model, event: AuditEvent) -> Event:
    refused = event.outcome == AuditEvent.Outcome.REFUSED
    place = event.organisation_name + Role(event.role).label
    hidden = hasattr(case, "hides_who") and case.hides_who(event)
    who = f"{event.user_name}（{place}）" if event.user_name and not hidden else place
    label = f"{event.label}（被拒绝）" if refused else event.label
    comment = _refusal(event.facts) if refused else event.reason
    return Event(label, event.at, who, _change(case, event), comment)


def _public(case: models.Model, event: AuditEvent) -> Event:
    comment = event.reason if _is_addressed(case, event) else ""
    return Event(event.label, event.at, event.organisation_name + Role(event.role).label, _change(case, event), comment)


def _is_addressed(case: models.Model, event: AuditEvent) -> bool:
    """Whether the reason is for the company or person: given because it had to be, for a move back or against them.

    An opinion that officials write to one another on the way up is none of these.
    """
    if event.before == event.after or tones_of(type(case)).get(event.after) not in ADDRESSED:
        return False
    step = steps.get(event.step)
    asked = step.form.base_fields.get("reason") if step and step.form else None
    return asked is not None and asked.required


def _change(case: models.Model, event: AuditEvent) -> str:
    if not event.after or event.after == event.before:
        return ""
    names = state_labels(type(case))
    before, after = names.get(event.before, event.before), names.get(event.after, event.after)
    return f"{before} → {after}" if before else str(after)


def _refusal(facts: dict[str, Any]) -> str:
    reasons: Sequence[dict[str, str]] = facts.get("reasons", [])
    return "；".join(reason["text"] for reason in reasons) or str(facts.get("sentence", ""))


def state_labels(model: type[models.Model]) -> dict[str, str]:
    """{value: label} of the model's states; empty for registers that steps change but that have no state."""
    field = next((one for one in model._meta.concrete_fields if one.name == "state"), None)
    return {str(value): str(label) for value, label in field.flatchoices} if field is not None else {}


def state_of(case: Any) -> tuple[str, str]:
    """(label, tone) of where the case stands; two empty texts where it has no state."""
    labels = state_labels(type(case))
    if not labels:
        return "", ""
    return labels[case.state], tones_of(type(case)).get(case.state, "grey")


@cache
def tones_of(model: type[models.Model]) -> dict[str, str]:
    """{state value: tone}, from the model's choices module: `tones()` of the state's choices class, or `…_TONES`.

    The state field keeps only value and label, so the class is recognised by its values.
    """
    values = set(state_labels(model))
    choices = f"{model._meta.app_config.name}.choices"
    if not values or importlib.util.find_spec(choices) is None:
        return {}
    for name, member in vars(importlib.import_module(choices)).items():
        if isinstance(member, type) and issubclass(member, models.TextChoices):
            found = member.tones() if hasattr(member, "tones") else {}
        else:
            found = member if name.endswith("_TONES") else {}
        tones = {str(value): tone for value, tone in found.items()}
        if set(tones) == values and set(tones.values()) <= TONES:
            return tones
    return {}
