"""Who may read the files of this stage: whoever may see the case that they hang on."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from enterprises.models import CreditRecord, Enterprise, PilotApplication, PilotPlan, SanctionCase
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.attachments.access import resolver
from jiaxing_titles.attachments.models import Attachment

# Where a file can hang: the case, and the path from it to the attachment.
OWNERS: tuple[tuple[Any, str], ...] = (
    (Enterprise, "category_proofs__attachment"),
    (PilotApplication, "materials__attachment"),
    (PilotPlan, "resolutions__attachment"),
    (CreditRecord, "evidence"),
    (SanctionCase, "evidence"),
)


@resolver("enterprises.cases")
def of_the_stage(attachment: Attachment, actor: Actor) -> bool | None:
    """True as soon as one owner is visible to the actor; None when no case of this stage holds the file."""
    owned = False
    for model, path in OWNERS:
        holds = Q(**{path: attachment})
        if model.objects.visible_to(actor).filter(holds).exists():
            return True
        owned = owned or model._base_manager.filter(holds).exists()
    return False if owned else None
