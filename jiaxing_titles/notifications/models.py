"""Messages: in-site always; mail and SMS through an outbox written in the transaction of the deed."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Notification(models.Model):
    """What a person reads in the product; the source of truth for every channel."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="notifications", verbose_name="收件人"
    )
    key = models.CharField("事件", max_length=200)
    title = models.CharField("标题", max_length=80)
    text = models.TextField("正文")
    url = models.CharField("链接", max_length=200, blank=True)
    created_at = models.DateTimeField("时间")
    read_at = models.DateTimeField("已读时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "站内信"
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_notification_an_event")]
        indexes = [models.Index(fields=["user", "-id"], name="notification_box")]

    def __str__(self) -> str:
        return self.title


class Outgoing(models.Model):
    """One mail or SMS. `sending` without an end after a crash becomes `unknown` and is shown to a person,
    never silently sent twice."""

    class Channel(models.TextChoices):
        EMAIL = "email", "邮件"
        SMS = "sms", "短信"

    class State(models.TextChoices):
        QUEUED = "queued", "待发送"
        SENDING = "sending", "发送中"
        SENT = "sent", "已发送"
        FAILED = "failed", "发送失败"
        UNKNOWN = "unknown", "结果不明"

    notification = models.ForeignKey(Notification, models.PROTECT, related_name="outgoing", verbose_name="站内信")
    channel = models.CharField("方式", max_length=10, choices=Channel)
    state = models.CharField("状态", max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    due_at = models.DateTimeField("发送时间")
    taken_at = models.DateTimeField("开始发送", null=True, blank=True)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)
    error = models.CharField("失败原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "待发消息"
        constraints = [models.UniqueConstraint(fields=["notification", "channel"], name="one_outgoing_a_channel")]
        indexes = [models.Index(fields=["due_at", "id"], condition=Q(state="queued"), name="outgoing_due")]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}：{self.notification}"
