"""What an applicant declares, record by record (附件; 评审表)."""

from __future__ import annotations

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from applications.choices import (
    AchievementKind,
    Award,
    EducationLevel,
    Grade,
    HoursKind,
    Outcome,
    PostTitle,
    Relation,
    StudyMode,
)
from applications.models.fields import PartialDateField
from applications.rules.partial_dates import first_day, last_day


class Record(models.Model):
    """A line of one topic of an application; `order` is the order in which it was entered."""

    order = models.PositiveSmallIntegerField("序号", default=0)

    class Meta:
        abstract = True
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name}{self.order + 1}"


def _in_order(began: str, ended: str, field: str, sentence: str) -> None:
    if began and ended and last_day(ended) < first_day(began):
        raise ValidationError({field: sentence})


class Education(Record):
    application = models.ForeignKey("TitleApplication", models.CASCADE, related_name="education")
    level = models.CharField("层次", max_length=20, choices=EducationLevel)
    award = models.CharField("取得", max_length=10, choices=Award)
    outcome = models.CharField("结论", max_length=10, choices=Outcome, default=Outcome.GRADUATED)
    mode = models.CharField("学习形式", max_length=12, choices=StudyMode)
    school = models.CharField("学校", max_length=80)
    major = models.CharField("专业", max_length=60)
    started_on = PartialDateField("入学时间", blank=True)
    awarded_on = PartialDateField("毕业（取得）时间")
    certificate_number = models.CharField("证书编号", max_length=40, blank=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "学历学位"

    def clean(self) -> None:
        _in_order(self.started_on, self.awarded_on, "awarded_on", "毕业时间早于入学时间，核对这两个日期。")


class WorkPeriod(Record):
    application = models.ForeignKey("TitleApplication", models.CASCADE, related_name="work_periods")
    began_on = PartialDateField("开始时间")
    ended_on = PartialDateField("结束时间", blank=True, help_text="仍在岗的留空。")
    employer = models.CharField("工作单位", max_length=80)
    position = models.CharField("岗位", max_length=60)
    engineering = models.BooleanField("从事工程技术工作", default=True)
    relation = models.CharField("与申报专业的关系", max_length=10, choices=Relation, default=Relation.SAME)
    full_time = models.BooleanField("全职", default=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "工作经历"

    def clean(self) -> None:
        _in_order(self.began_on, self.ended_on, "ended_on", "结束时间早于开始时间，核对这两个日期。")


class HeldPost(Record):
    application = models.ForeignKey("TitleApplication", models.CASCADE, related_name="held_posts")
    title = models.CharField("聘任职务", max_length=20, choices=PostTitle)
    appointed_from = PartialDateField("聘任开始")
    appointed_to = PartialDateField("聘任结束", blank=True, help_text="仍在聘的留空。")
    employer = models.CharField("聘任单位", max_length=80)
    document_number = models.CharField("聘任文号", max_length=40, blank=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "聘任职务"

    def clean(self) -> None:
        _in_order(self.appointed_from, self.appointed_to, "appointed_to", "聘任结束早于聘任开始，核对这两个日期。")


class AnnualAssessment(Record):
    application = models.ForeignKey("TitleApplication", models.CASCADE, related_name="assessments")
    year = models.PositiveSmallIntegerField("年度", validators=[MinValueValidator(1980), MaxValueValidator(2100)])
    grade = models.CharField("考核等次", max_length=20, choices=Grade)
    employer = models.CharField("考核单位", max_length=80, blank=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "年度考核"
        constraints = [models.UniqueConstraint(fields=["application", "year"], name="one_grade_a_year")]


class ContinuingEducation(Record):
    application = models.ForeignKey("TitleApplication", models.CASCADE, related_name="continuing_education")
    year = models.PositiveSmallIntegerField("年度", validators=[MinValueValidator(1980), MaxValueValidator(2100)])
    kind = models.CharField("类别", max_length=10, choices=HoursKind)
    content = models.CharField("学习内容", max_length=120)
    organiser = models.CharField("组织单位", max_length=80, blank=True)
    hours = models.DecimalField("学时", max_digits=6, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))])
    certificate_number = models.CharField("证书编号", max_length=40, blank=True)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "继续教育"


class Achievement(Record):
    application = models.ForeignKey("TitleApplication", models.CASCADE, related_name="achievements")
    kind = models.CharField("类型", max_length=10, choices=AchievementKind)
    title = models.CharField("名称", max_length=100)
    began_on = PartialDateField("开始时间", blank=True)
    ended_on = PartialDateField("完成时间", blank=True)
    content = models.TextField("做了什么", max_length=1000)
    part = models.CharField("本人作用", max_length=200)
    effect = models.TextField("完成情况和效果", max_length=1000)
    on_front_line = models.BooleanField("在生产、施工一线完成", default=False)
    is_outstanding = models.BooleanField("作为突出贡献申报", default=False)

    class Meta(Record.Meta):
        verbose_name = verbose_name_plural = "业绩成果"

    def clean(self) -> None:
        _in_order(self.began_on, self.ended_on, "ended_on", "完成时间早于开始时间，核对这两个日期。")
