"""An uploaded workbook between checking and confirming; nothing of it is written before the confirmation."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from applications.choices import ImportState
from jiaxing_titles.actions import Case, StateField, guarded, move


@guarded
class ImportBatch(Case):
    """The file stays as uploaded and is read again when confirmed, so no personal number is kept twice.

    `findings` = {"errors": [{sheet, row, column, value, problem}], "warnings": […], "counts": {…}}.
    """

    organisation_path = "enterprise__organisation"
    locks = ("enterprise",)

    enterprise = models.ForeignKey(
        "enterprises.Enterprise", models.PROTECT, related_name="imports", verbose_name="企业"
    )
    round = models.ForeignKey(
        "AnnualRound", models.PROTECT, null=True, blank=True, related_name="imports", verbose_name="年度评审"
    )
    attachment = models.OneToOneField("attachments.Attachment", models.PROTECT, related_name="+", verbose_name="工作簿")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    findings = models.JSONField("检查结果", default=dict)
    outcome = models.JSONField("导入结果", default=dict)
    state = StateField(ImportState)

    class Meta:
        verbose_name = verbose_name_plural = "批量导入"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"批量导入{self.pk or ''}"

    def get_absolute_url(self) -> str:
        return reverse("applications:import_result", args=[self.pk])

    @move(state, ImportState.CHECKED, ImportState.DONE, label="确认导入")
    def finish(self) -> None:
        """Rows without an error are written; the others stay out."""

    @move(state, ImportState.CHECKED, ImportState.DISCARDED, label="放弃导入")
    def discard(self) -> None:
        """Nothing is written."""
