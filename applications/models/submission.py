"""What was handed in, promised, checked and sent back: dated rows that are never changed."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from applications.choices import Finding, Topic


class SubmittedVersion(models.Model):
    """The application as handed in: the text judged by, with what the eligibility engine said that day (F-30).

    `snapshot` holds the topics as in `queries.snapshot.taken`; `findings` the engine's whole output.
    """

    application = models.ForeignKey("TitleApplication", models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("版本")
    submitted_at = models.DateTimeField("提交时间")
    snapshot = models.JSONField("申报内容")
    snapshot_hash = models.CharField("内容校验值", max_length=64)
    verdict = models.CharField("自查结论", max_length=20)
    findings = models.JSONField("资格条件核对")
    rule_set = models.CharField("规则版本", max_length=80)
    as_of = models.DateField("计算截止日")
    input_hash = models.CharField("输入校验值", max_length=64)
    supplement = models.CharField("补充事项", max_length=100, blank=True)
    files = models.ManyToManyField("attachments.Attachment", related_name="+", verbose_name="证明材料")

    class Meta:
        verbose_name = verbose_name_plural = "提交版本"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["application", "number"], name="one_version_a_number")]
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.application}（第{self.number}次提交）"


class Commitment(models.Model):
    """诚信承诺: the very words that were signed, by typed name, and when (F-27)."""

    version = models.OneToOneField(SubmittedVersion, models.PROTECT, related_name="commitment")
    text_version = models.CharField("承诺书版本", max_length=20)
    text = models.TextField("承诺内容")
    typed_name = models.CharField("签署姓名", max_length=50)
    signed_at = models.DateTimeField("签署时间")

    class Meta:
        verbose_name = verbose_name_plural = "诚信承诺"
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.typed_name} {self.signed_at:%Y-%m-%d}"


class FactCheck(models.Model):
    """HR's word on one declared fact. Tied to the fact's content, so that a changed fact must be looked at anew."""

    application = models.ForeignKey("TitleApplication", models.CASCADE, related_name="checks")
    topic = models.CharField("部分", max_length=15, choices=Topic)
    fact_hash = models.CharField("事实校验值", max_length=64)
    label = models.CharField("事实", max_length=200)
    finding = models.CharField("结论", max_length=10, choices=Finding)
    note = models.CharField("说明", max_length=200, blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="核实人")
    checked_at = models.DateTimeField("核实时间")

    class Meta:
        verbose_name = verbose_name_plural = "人事核实"
        ordering = ["topic", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "fact_hash"], name="one_check_a_fact"),
            models.CheckConstraint(condition=~Q(finding=Finding.DOUBT) | ~Q(note=""), name="a_doubt_is_explained"),
        ]

    def __str__(self) -> str:
        return f"{self.label}：{self.get_finding_display()}"


class ReturnNotice(models.Model):
    """一次性告知: everything to put right, said at once; `items` = [{topic, problem, remedy}]."""

    application = models.ForeignKey("TitleApplication", models.PROTECT, related_name="returns")
    number = models.PositiveSmallIntegerField("次数")
    items = models.JSONField("需补正的内容")
    due_on = models.DateField("补正期限")
    why_not_earlier = models.CharField("上次未一并告知的原因", max_length=300, blank=True)
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="退回人")
    returned_at = models.DateTimeField("退回时间")

    class Meta:
        verbose_name = verbose_name_plural = "补正告知"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="one_return_a_number"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(why_not_earlier=""), name="a_second_return_is_explained"),
        ]
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"第{self.number}次补正告知"
