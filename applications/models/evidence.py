"""证明材料: a stored file put beside the topic that it proves."""

from __future__ import annotations

from django.db import models

from applications.choices import Topic


class Evidence(models.Model):
    application = models.ForeignKey("TitleApplication", models.CASCADE, related_name="evidence")
    topic = models.CharField("证明的内容", max_length=15, choices=Topic)
    attachment = models.OneToOneField("attachments.Attachment", models.PROTECT, related_name="+", verbose_name="文件")
    note = models.CharField("说明", max_length=100, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "证明材料"
        ordering = ["topic", "pk"]

    def __str__(self) -> str:
        return f"{self.get_topic_display()}：{self.attachment}"
