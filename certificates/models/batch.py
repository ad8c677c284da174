"""制证数据: batches for the province's system, their files, and the receipts that come back (R-5.4.3)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from certificates import gates
from certificates.choices import BatchKind, BatchLineOutcome, FileFormat
from certificates.choices import BatchState as S
from certificates.models.grant import TitleGrant
from certificates.models.profile import ColumnProfile
from certificates.rules.columns import Column, from_json
from jiaxing_titles.accounts.models import Organisation
from jiaxing_titles.actions import Case, StateField, guarded, move
from jiaxing_titles.documents.models import DocumentJob
from jiaxing_titles.identity.fields import EncryptedField
from jiaxing_titles.policy.models import Cycle


@guarded
class CertificateBatch(Case):
    """Exactly once = lines of which each grant has one live, a file that is made again byte for byte, and a receipt.

    Holds unmasked identity numbers, so it needs a reason and a second official, and each download is recorded.
    """

    organisation_path = "organisation"
    locks = ("cycle",)

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="certificate_batches", verbose_name="年度")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="报送机关")
    kind = models.CharField("类别", max_length=12, choices=BatchKind, default=BatchKind.GRANT)
    number = models.CharField("批次号", max_length=20, unique=True)
    profile = models.ForeignKey(ColumnProfile, models.PROTECT, related_name="batches", verbose_name="列设置")
    columns = models.JSONField("列", default=list, editable=False)
    purpose = models.CharField("用途", max_length=300)
    sealed_at = models.DateTimeField("定稿时间", null=True, editable=False)
    total_rows = models.PositiveIntegerField("总人数", default=0, editable=False)
    delivered_on = models.DateField("报送日期", null=True, editable=False)
    delivery_note = models.CharField("报送方式", max_length=200, blank=True)
    state = StateField(S)

    class Meta:
        verbose_name = verbose_name_plural = "制证数据批次"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"制证数据 {self.number}"

    @property
    def layout(self) -> list[Column]:
        return from_json(self.columns)

    @move(state, S.DRAFT, S.SUBMITTED, gate=gates.batch_rows_are_sound, label="提交审核")
    def submit(self) -> None: ...

    @move(state, S.SUBMITTED, S.MAKING, label="同意生成")
    def make(self) -> None: ...

    @move(state, S.SUBMITTED, S.DRAFT, label="退回修改")
    def send_back(self) -> None: ...

    @move(state, S.MAKING, S.DELIVERED, gate=gates.batch_may_leave, label="登记报送")
    def deliver(self) -> None: ...

    @move(state, S.DELIVERED, S.ACKNOWLEDGED, gate=gates.receipt_is_complete, label="回执对账完毕")
    def acknowledge(self) -> None: ...

    @move(state, [S.DRAFT, S.SUBMITTED, S.MAKING], S.CANCELLED, label="作废")
    def cancel(self) -> None: ...


class BatchLine(models.Model):
    """One person's row, frozen when the batch was sealed. `released` lines no longer bar a further batch."""

    batch = models.ForeignKey(CertificateBatch, models.PROTECT, related_name="lines", verbose_name="批次")
    kind = models.CharField("类别", max_length=12, choices=BatchKind)
    serial = models.PositiveIntegerField("序号")
    grant = models.ForeignKey(TitleGrant, models.PROTECT, related_name="batch_lines", verbose_name="取得的资格")
    row = EncryptedField("数据行", blank=True)
    check_digits = models.CharField("行校验", max_length=12, blank=True)
    outcome = models.CharField("回执", max_length=10, choices=BatchLineOutcome, default=BatchLineOutcome.PENDING)
    refusal = models.CharField("退回原因", max_length=300, blank=True)
    released = models.BooleanField("已释放", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "制证数据行"
        ordering = ["batch_id", "serial"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "serial"], name="one_serial_a_batch"),
            models.UniqueConstraint(
                fields=["grant", "kind"], condition=Q(released=False), name="one_live_line_a_grant"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch.number}-{self.serial}"


class CertificateFile(models.Model):
    """One format of a batch and the job that makes it; a lost file is made again by another job, byte for byte.

    The stored bytes are encrypted: identity numbers never lie open on a disk.
    """

    batch = models.ForeignKey(CertificateBatch, models.PROTECT, related_name="files", verbose_name="批次")
    format = models.CharField("格式", max_length=5, choices=FileFormat)
    job = models.OneToOneField(DocumentJob, models.PROTECT, related_name="certificate_file", verbose_name="生成任务")

    class Meta:
        verbose_name = verbose_name_plural = "制证数据文件"
        ordering = ["batch_id", "format"]
        constraints = [models.UniqueConstraint(fields=["batch", "format"], name="one_file_a_format")]

    def __str__(self) -> str:
        return self.download_name

    @property
    def is_made(self) -> bool:
        return self.job.state == DocumentJob.State.DONE

    @property
    def sha256(self) -> str:
        """Of the file as it leaves, not of the encrypted bytes; empty until it is made."""
        return self.job.filename.partition(".")[0].rpartition("-")[2] if self.is_made else ""

    @property
    def download_name(self) -> str:
        """Batch number and hash, never a name or an identity number."""
        return f"制证数据-{self.batch.number}-{self.sha256[:16]}.{self.format}"


class ReceiptImport(models.Model):
    """One receipt file taken over; the same file a second time changes nothing."""

    batch = models.ForeignKey(CertificateBatch, models.PROTECT, related_name="receipts", verbose_name="批次")
    sha256 = models.CharField("文件校验值", max_length=64)
    accepted = models.PositiveIntegerField("已办理")
    rejected = models.PositiveIntegerField("被退回")
    imported_at = models.DateTimeField("导入时间")

    class Meta:
        verbose_name = verbose_name_plural = "制证回执"
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["batch", "sha256"], name="one_import_a_receipt")]

    def __str__(self) -> str:
        return f"{self.batch.number}回执：办理{self.accepted}人，退回{self.rejected}人"
