"""What the two special routes need: 破格 (办法五（一）, Q-13) and 初定 (附件四)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from applications.choices import CheckResult, ExceptionalFileState
from applications.gates.application import exceptional_file_complete
from jiaxing_titles.actions import Case, StateField, guarded, move

S = ExceptionalFileState


class Recommendation(models.Model):
    """破格申报专家推荐表: two people of standing say why (DOC-14)."""

    application = models.ForeignKey("TitleApplication", models.CASCADE, related_name="recommendations")
    order = models.PositiveSmallIntegerField("推荐人", choices=[(1, "推荐人一"), (2, "推荐人二")])
    name = models.CharField("姓名", max_length=50)
    title = models.CharField("专业技术职务", max_length=40)
    employer = models.CharField("工作单位", max_length=80)
    reason = models.TextField("推荐理由", max_length=1000)
    signed_on = models.DateField("签字日期")

    class Meta:
        verbose_name = verbose_name_plural = "破格推荐"
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["application", "order"], name="two_recommenders")]

    def __str__(self) -> str:
        return f"{self.name}（{self.title}）"


@guarded
class ExceptionalFile(Case):
    """Which criterion of the company's plan the person meets and how; the city bureau has to acknowledge it."""

    organisation_path = "application__enterprise__organisation"
    owner_path = "application__person"
    locks = ("application",)

    application = models.OneToOneField(
        "TitleApplication", models.PROTECT, related_name="exceptional_file", verbose_name="个人申报"
    )
    criterion = models.ForeignKey(
        "enterprises.Criterion", models.PROTECT, null=True, related_name="+", verbose_name="所依据的方案破格条件"
    )
    grounds = models.TextField("符合情况", max_length=2000, blank=True)
    opinion = models.TextField("经办意见", max_length=1000, blank=True)
    decision = models.TextField("审核意见", max_length=1000, blank=True)
    decided_at = models.DateTimeField("审核时间", null=True, blank=True)
    state = StateField(ExceptionalFileState)

    class Meta:
        verbose_name = verbose_name_plural = "破格材料"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["acknowledged", "declined"]) | ~Q(decided_at=None),
                name="a_decision_has_its_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.application.person}的破格申报"

    def get_absolute_url(self) -> str:
        return reverse("applications:review", args=[self.application_id])

    @move(state, S.DRAFT, S.SENT, gate=exceptional_file_complete, label="报市局审核破格材料")
    def send(self) -> None:
        """With HR's endorsement."""

    @move(state, [S.SENT, S.EXAMINED], S.DRAFT, label="退回破格材料")
    def take_back(self) -> None:
        """With the application, when that goes back to the applicant."""

    @move(state, S.SENT, S.EXAMINED, label="提出破格审核意见")
    def examine(self) -> None:
        """经办."""

    @move(state, S.EXAMINED, S.ACKNOWLEDGED, label="同意破格申报")
    def acknowledge(self) -> None:
        """审核: the person may go before the panel; nothing is passed by it."""

    @move(state, S.EXAMINED, S.DECLINED, label="不同意破格申报")
    def decline(self) -> None:
        """审核."""


class InitialCheck(models.Model):
    """初定考核: the company's own assessment that stands in place of panel and vote (附件四 经考核合格)."""

    application = models.OneToOneField("TitleApplication", models.PROTECT, related_name="initial_check")
    result = models.CharField("考核结论", max_length=12, choices=CheckResult)
    checked_on = models.DateField("考核日期")
    assessors = models.CharField("考核人员", max_length=200)
    opinion = models.TextField("考核意见", max_length=1000)
    attachment = models.OneToOneField(
        "attachments.Attachment", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="考核表扫描件"
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "初定考核"
        constraints = [models.CheckConstraint(condition=Q(result__in=CheckResult.values), name="known_check_result")]

    def __str__(self) -> str:
        return f"初定考核{self.get_result_display()}"
