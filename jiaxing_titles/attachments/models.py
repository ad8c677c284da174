"""Uploaded files. A file never changes; a better one is another row."""

import secrets

from django.conf import settings
from django.db import models
from django.urls import reverse

from jiaxing_titles import clock


def storage_name(attachment: "Attachment", filename: str) -> str:
    """A name nobody can guess, without anything of the original (which may hold a person's name)."""
    token = secrets.token_hex(16)
    return f"attachments/{token[:2]}/{token}"


class Attachment(models.Model):
    """One checked file in private storage; stages link to it by FK or M2M and say who may read it (access.py)."""

    class Kind(models.TextChoices):
        """What the content is, found by opening it; the name of the file is not believed."""

        PDF = "pdf", "PDF"
        JPG = "jpg", "图片（JPG）"
        PNG = "png", "图片（PNG）"
        XLSX = "xlsx", "Excel 工作簿"
        DOCX = "docx", "Word 文档"
        OFD = "ofd", "OFD 版式文件"

    file = models.FileField("文件", upload_to=storage_name, max_length=100, editable=False)
    original_name = models.CharField("原文件名", max_length=200)
    size = models.PositiveIntegerField("大小（字节）", help_text="入库后的大小；图片重新编码后可能与上传时不同")
    sha256 = models.CharField("SHA-256", max_length=64, help_text="入库文件的摘要")
    kind = models.CharField("类型", max_length=4, choices=Kind.choices)
    pages = models.PositiveIntegerField("页数", null=True, blank=True)
    slot = models.CharField("材料类别", max_length=60, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="上传人",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    uploaded_at = models.DateTimeField("上传时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.original_name

    def get_absolute_url(self) -> str:
        """Download."""
        return reverse("attachments:download", args=[self.pk])

    @property
    def view_url(self) -> str:
        """The page that shows it, made to be framed beside a checklist."""
        return reverse("attachments:view", args=[self.pk])

    @property
    def is_viewable(self) -> bool:
        """Whether pages can be shown as pictures; other kinds are downloaded."""
        return self.kind in (self.Kind.PDF, self.Kind.JPG, self.Kind.PNG)
