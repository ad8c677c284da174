"""Who may read the files of this stage: the person, the company's desk, the bureaus above (decision 9)."""

from __future__ import annotations

from applications.models import Evidence, ImportBatch, InitialCheck, SubmittedVersion, TitleApplication
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.attachments.access import resolver
from jiaxing_titles.attachments.models import Attachment


@resolver("applications.evidence")
def of_an_application(attachment: Attachment, actor: Actor) -> bool | None:
    """Files named by any submitted version stay readable though taken off the draft later."""
    ids = (
        Evidence.objects.filter(attachment=attachment)
        .values_list("application_id", flat=True)
        .union(
            InitialCheck.objects.filter(attachment=attachment).values_list("application_id", flat=True),
            SubmittedVersion.objects.filter(files=attachment).values_list("application_id", flat=True),
        )
    )
    found = list(ids)
    if not found:
        return None
    return bool(TitleApplication.objects.visible_to(actor).filter(pk__in=found).exists())


@resolver("applications.import")
def of_an_import(attachment: Attachment, actor: Actor) -> bool | None:
    """The uploaded workbook is for the company's HR alone: it holds everybody's numbers."""
    batch = ImportBatch.objects.filter(attachment=attachment).first()
    if batch is None:
        return None
    return actor.role == Role.ENT_HR and bool(ImportBatch.objects.visible_to(actor).filter(pk=batch.pk).exists())
