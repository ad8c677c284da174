"""发文字号登记: a number once used is never used again, whatever kind of document it was for."""

from django.db import models


class IssuedNumber(models.Model):
    prefix = models.CharField("机关代字", max_length=10)
    year = models.PositiveSmallIntegerField("年份")
    serial = models.PositiveSmallIntegerField("序号")
    used_for = models.CharField("文件", max_length=200)
    issued_on = models.DateField("登记日期")

    class Meta:
        verbose_name = verbose_name_plural = "发文字号"
        ordering = ["-year", "-serial"]
        constraints = [
            models.UniqueConstraint(fields=["prefix", "year", "serial"], name="one_document_a_number"),
            models.CheckConstraint(condition=models.Q(serial__gte=1), name="numbers_start_at_one"),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}〔{self.year}〕{self.serial}号"
