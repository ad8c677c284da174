"""Keeping a file that came with a step."""

from __future__ import annotations

from typing import Any

from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.attachments.models import Attachment
from jiaxing_titles.attachments.store import store


def attach(file: Any, actor: Actor, *, slot: str) -> Attachment:
    """Keep an upload that the form has checked; one handed over as already stored is used as it is."""
    return file if isinstance(file, Attachment) else store(file, actor=actor, slot=slot)
