"""Files that people hand in: kept privately under random names, with their hash and what was found inside."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models


def random_name(attachment: Attachment, filename: str) -> str:
    """The stored name says nothing of person or content."""
    return f"attachments/{secrets.token_hex(1)}/{secrets.token_hex(16)}"


class Attachment(models.Model):
    """One file as handed in. Owners (applications, plans, …) point to it; it never changes."""

    file = models.FileField("文件", upload_to=random_name, max_length=120)
    original_name = models.CharField("文件名", max_length=200)
    kind = models.CharField("类型", max_length=10)
    size = models.PositiveIntegerField("大小（字节）")
    sha256 = models.CharField("校验值", max_length=64)
    pages = models.PositiveIntegerField("页数", null=True, blank=True)
    slot = models.CharField("材料名称", max_length=60, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    uploaded_at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = verbose_name_plural = "附件"

    def __str__(self) -> str:
        return self.original_name
