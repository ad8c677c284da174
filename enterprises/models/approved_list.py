"""年度核准名单: what is proposed, what was decided, what is published – the same list, by hash (F-10)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from enterprises import gates
from enterprises.choices import ApprovedListState as S
from enterprises.choices import Level, Outcome
from enterprises.models.organisation import Speciality
from enterprises.models.pilot import PilotApplication
from jiaxing_titles.accounts.models import Organisation
from jiaxing_titles.actions import Case, StateField, guarded, move


@guarded
class ApprovedList(Case):
    """当年度符合自主评审企业单位名单 (办法四（二）); a late application comes onto a further list of the year."""

    locks = ("cycle",)

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="市局")
    cycle = models.ForeignKey("policy.Cycle", models.PROTECT, related_name="approved_lists", verbose_name="年度")
    number = models.PositiveSmallIntegerField("批次")
    state = StateField(S)
    submitted_at = models.DateTimeField("提交审核时间", null=True, blank=True)
    decided_at = models.DateTimeField("审定时间", null=True, blank=True)
    published_at = models.DateTimeField("公布时间", null=True, blank=True)
    opened_at = models.DateTimeField("审核打开时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "核准名单"
        ordering = ["-cycle", "-number"]
        constraints = [models.UniqueConstraint(fields=["cycle", "number"], name="lists_are_numbered")]

    def __str__(self) -> str:
        batch = f"（第{self.number}批）" if self.number > 1 else ""
        return f"{self.cycle.year}年度嘉兴市民营企业自主评审企业名单{batch}"

    def get_absolute_url(self) -> str:
        return reverse("enterprises:list", args=[self.cycle.year])

    @move(state, S.DRAFT, S.SUBMITTED, gate=gates.list_complete)
    def submit(self) -> None: ...

    @move(state, S.SUBMITTED, S.DRAFT)
    def send_back(self) -> None: ...

    @move(state, S.REVIEWED, S.DRAFT)
    def reject(self) -> None: ...

    @move(state, S.SUBMITTED, S.REVIEWED)
    def review(self) -> None: ...

    @move(state, S.REVIEWED, S.DECIDED)
    def decide(self) -> None: ...

    @move(state, S.DECIDED, S.PUBLISHED, gate=gates.list_as_decided)
    def publish(self) -> None: ...


def no_levels() -> list[str]:
    """Inside the class `list` is the field below, not the type."""
    return []


class ApprovedListEntry(models.Model):
    """One company on the list: outcome, the granted scope, or the reason per condition."""

    list = models.ForeignKey(ApprovedList, models.CASCADE, related_name="entries", verbose_name="名单")
    application = models.OneToOneField(
        PilotApplication, models.PROTECT, related_name="list_entry", verbose_name="试点申请"
    )
    outcome = models.CharField("结论", max_length=10, choices=Outcome)
    levels = ArrayField(
        models.CharField(max_length=20, choices=Level), verbose_name="级别", default=no_levels, blank=True
    )
    specialities = models.ManyToManyField(Speciality, related_name="+", blank=True, verbose_name="专业")
    reason = models.TextField("理由", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "名单企业"
        ordering = ["application__enterprise__credit_code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="approve") | ~Q(reason=""), name="a_refusal_on_the_list_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application.enterprise}：{self.get_outcome_display()}"


class DecisionRecord(models.Model):
    """研究确定: the meeting that decided, bound to the very list by its SHA-256 (R-4.2c)."""

    list = models.OneToOneField(ApprovedList, models.PROTECT, related_name="decision", verbose_name="名单")
    held_on = models.DateField("研究日期")
    meeting = models.CharField("会议名称", max_length=100)
    attendees = models.TextField("参加人员", max_length=500)
    conclusion = models.TextField("结论", max_length=1000)
    list_hash = models.CharField("名单校验值", max_length=64)
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "研究决定记录"

    def __str__(self) -> str:
        return f"{self.held_on}{self.meeting}"
