"""Panel experts read the materials of the people whom they assess, never of one they are recused for.

The signed minutes are for the desk and the offices: they name also those for whom an expert is recused.
"""

from __future__ import annotations

from applications.models import Evidence, SubmittedVersion
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.attachments.access import resolver
from jiaxing_titles.attachments.models import Attachment
from reviews.documents.panel import PRINTERS
from reviews.models import MeetingItem, ReviewMeeting


@resolver("reviews.agenda")
def of_an_agenda_item(attachment: Attachment, actor: Actor) -> bool | None:
    """True for a seated expert's own items; everything else is the answer of the stage before."""
    if actor.role != Role.PANEL_EXPERT:
        return None
    applications = list(Evidence.objects.filter(attachment=attachment).values_list("application_id", flat=True))
    applications += SubmittedVersion.objects.filter(files=attachment).values_list("application_id", flat=True)
    items = MeetingItem.objects.visible_to(actor).filter(application__in=applications)
    return True if applications and items.exists() else None


@resolver("reviews.minutes")
def of_a_meeting(attachment: Attachment, actor: Actor) -> bool | None:
    meetings = ReviewMeeting.objects.filter(signed_minutes=attachment)
    if actor.role in PRINTERS and meetings.visible_to(actor).exists():
        return True
    return False if meetings.exists() else None
