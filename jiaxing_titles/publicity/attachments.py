"""Who may read what was handed in with an objection: those who see the objection."""

from __future__ import annotations

from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.attachments.access import resolver
from jiaxing_titles.attachments.models import Attachment
from jiaxing_titles.publicity.models import Objection


@resolver("publicity.objection")
def of_objection(attachment: Attachment, actor: Actor) -> bool | None:
    found = Objection.objects.filter(evidence=attachment)
    if not found.exists():
        return None
    return bool(found.filter(pk__in=Objection.objects.visible_to(actor).values("pk")).exists())
