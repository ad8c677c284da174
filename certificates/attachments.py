"""Who may read the files that hang on a case of this stage."""

from __future__ import annotations

from certificates.models import Annulment, Appointment
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.attachments.access import resolver
from jiaxing_titles.attachments.models import Attachment


@resolver("certificates.appointment")
def of_appointment(attachment: Attachment, actor: Actor) -> bool | None:
    """聘任兑现凭证: whoever sees the appointment."""
    found = Appointment.objects.filter(evidence=attachment)
    if not found.exists():
        return None
    return found.filter(pk__in=Appointment.objects.visible_to(actor).values("pk")).exists()


@resolver("certificates.annulment")
def of_annulment(attachment: Attachment, actor: Actor) -> bool | None:
    """证据: whoever sees the case, which for the person and the company begins with the 告知."""
    found = Annulment.objects.filter(evidence=attachment)
    if not found.exists():
        return None
    return found.filter(pk__in=Annulment.objects.visible_to(actor).values("pk")).exists()
