from django.db import models


class CalendarYear(models.Model):
    """A year whose official 放假调休 notice is in the table; a year without a row is 暂定."""

    year = models.PositiveSmallIntegerField("年份", primary_key=True)
    notice = models.CharField("通知名称", max_length=120)
    number = models.CharField("文号", max_length=60, blank=True)
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "工作日历年度"
        ordering = ["-year"]

    def __str__(self) -> str:
        return f"{self.year}年"


class CalendarDay(models.Model):
    """A day that differs from its weekday: a holiday on a weekday, or a make-up working day on a weekend."""

    day = models.DateField("日期", primary_key=True)
    year = models.ForeignKey(CalendarYear, models.CASCADE, related_name="days", verbose_name="年份")
    is_workday = models.BooleanField("上班")
    name = models.CharField("名称", max_length=40, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "工作日历"
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {'上班' if self.is_workday else '放假'}"
