"""A document or export being made: its row is the truth about progress, result and failure."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from jiaxing_titles import clock


class DocumentJob(models.Model):
    """Written only by jobs.py. `claim` names the worker run that holds it until `lease_until`."""

    class State(models.TextChoices):
        QUEUED = "queued", "排队中"
        RUNNING = "running", "正在生成"
        DONE = "done", "已完成"
        FAILED = "failed", "未成功"

    kind = models.CharField("种类", max_length=80)
    title = models.CharField("标题", max_length=200)
    parameters = models.JSONField("参数", default=dict, blank=True)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.QUEUED)
    progress_done = models.PositiveIntegerField("已处理", default=0)
    progress_total = models.PositiveIntegerField("总数", default=0)
    error = models.TextField("未成功的原因", blank=True)
    note = models.TextField("提示", blank=True)
    file = models.FileField("文件", blank=True, max_length=100, editable=False)
    filename = models.CharField("文件名", max_length=200, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="申请人",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="document_jobs",
    )
    organisation = models.ForeignKey(
        "accounts.Organisation",
        verbose_name="申请时所在单位",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    role = models.CharField("申请时身份", max_length=20)
    created_at = models.DateTimeField("申请时间", default=clock.now)
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)
    claim = models.UUIDField("执行编号", null=True, blank=True, editable=False)
    lease_until = models.DateTimeField("租约到期", null=True, blank=True, editable=False)
    published_at = models.DateTimeField("派发时间", null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField("执行次数", default=0, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "文书任务"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["requested_by", "-id"], name="document_job_mine"),
            models.Index(
                fields=["id"], condition=models.Q(state__in=["queued", "running"]), name="document_job_unfinished"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("documents:job", args=[self.pk])

    @property
    def has_file(self) -> bool:
        """Whether it can still be downloaded (jobs.FILES_KEPT)."""
        return self.state == self.State.DONE and bool(self.file)

    @property
    def is_unfinished(self) -> bool:
        return self.state in (self.State.QUEUED, self.State.RUNNING)
