"""评审权: what a company may review in one year; suspended, withdrawn, given up only as dated facts (decision 36)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from enterprises.choices import Level
from enterprises.models.approved_list import ApprovedListEntry
from enterprises.models.organisation import Enterprise, Speciality
from enterprises.rules.scope import SERIES
from enterprises.rules.standing import AuthorityFacts, Interval
from jiaxing_titles.actions import Case


class ReviewAuthority(Case):
    """授予的评审权限: series, specialities and levels of one company in one year (R-6.2.3)."""

    organisation_path = "enterprise__organisation"
    locks = ("enterprise",)

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="authorities", verbose_name="企业")
    cycle = models.ForeignKey("policy.Cycle", models.PROTECT, related_name="authorities", verbose_name="年度")
    entry = models.OneToOneField(ApprovedListEntry, models.PROTECT, related_name="authority", verbose_name="名单依据")
    series = models.CharField("系列", max_length=20, default=SERIES, editable=False)
    levels = ArrayField(models.CharField(max_length=20, choices=Level), verbose_name="级别")
    specialities = models.ManyToManyField(Speciality, related_name="+", verbose_name="专业")
    granted_on = models.DateField("授予日期")
    withdrawn_on = models.DateField("收回日期", null=True, blank=True)
    exited_on = models.DateField("退出日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "评审权"
        ordering = ["-cycle", "pk"]
        constraints = [models.UniqueConstraint(fields=["enterprise", "cycle"], name="one_authority_a_year")]

    def __str__(self) -> str:
        return f"{self.enterprise}{self.cycle.year}年度评审权"

    def facts(self) -> AuthorityFacts:
        """The dated facts that rules.standing reads."""
        intervals = tuple(Interval(one.from_on, one.to_on) for one in self.suspensions.all())
        return AuthorityFacts(self.granted_on, intervals, self.withdrawn_on, self.exited_on)


class Suspension(models.Model):
    """暂停: from its first day until the day that the resuming decision names, both included (C-2)."""

    authority = models.ForeignKey(ReviewAuthority, models.PROTECT, related_name="suspensions", verbose_name="评审权")
    sanction = models.OneToOneField(
        "enterprises.SanctionCase", models.PROTECT, related_name="suspension", verbose_name="处置事项"
    )
    from_on = models.DateField("暂停起")
    to_on = models.DateField("暂停止", null=True, blank=True)
    reason = models.CharField("事由", max_length=300)
    resumed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="恢复决定人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "暂停记录"
        ordering = ["from_on"]
        constraints = [
            models.CheckConstraint(condition=Q(to_on=None) | Q(to_on__gte=F("from_on")), name="suspension_runs_forward")
        ]

    def __str__(self) -> str:
        return f"{self.from_on} — {self.to_on or ''}"
