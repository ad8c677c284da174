"""结果上报 and 市局汇总 (办法五（三）)."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import reverse

from applications.models import AnnualRound, TitleApplication
from jiaxing_titles.accounts.models import Organisation
from jiaxing_titles.actions import Case, StateField, guarded, move
from jiaxing_titles.policy.models import Cycle
from reviews import choices, gates
from reviews.choices import ConsolidationState, ReportState


@guarded
class ResultReport(Case):
    """评审结果上报: every applicant of the round with exactly one end; leaves only when the difference is zero."""

    organisation_path = "round__enterprise__organisation"
    locks = ("round",)

    round = models.OneToOneField(AnnualRound, models.PROTECT, related_name="report", verbose_name="年度评审")
    work_summary = models.TextField("评审工作报告", blank=True)
    content = models.JSONField("上报内容", null=True, blank=True, encoder=DjangoJSONEncoder)
    content_hash = models.CharField("上报内容校验值", max_length=64, blank=True)
    submitted_at = models.DateTimeField("上报时间", null=True, blank=True)
    received_at = models.DateTimeField("接收时间", null=True, blank=True)
    returned_reason = models.TextField("退回原因", blank=True)
    state = StateField(ReportState)

    class Meta:
        verbose_name = verbose_name_plural = "评审结果上报"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "submitted_at"], name="report_state_submitted")]

    def __str__(self) -> str:
        return f"{self.round.enterprise} {self.round.cycle.year}年度评审结果"

    def get_absolute_url(self) -> str:
        return reverse("reviews:report", args=[self.pk])

    @move(state, ReportState.DRAFT, ReportState.AWAITING_LEAD, gate=gates.report_ready)
    def present(self) -> None:
        """Reconciled, in scope, in time; waits for the company's head."""

    @move(state, ReportState.AWAITING_LEAD, ReportState.DRAFT)
    def take_back(self) -> None:
        """Not yet sent."""

    @move(state, ReportState.AWAITING_LEAD, ReportState.SUBMITTED, gate=gates.report_ready)
    def confirm(self) -> None:
        """G13: sent to the city."""

    @move(state, ReportState.SUBMITTED, ReportState.RECEIVED)
    def receive(self) -> None:
        """The city takes it into the consolidation."""

    @move(state, [ReportState.SUBMITTED, ReportState.RECEIVED], ReportState.RETURNED)
    def return_back(self) -> None:
        """The city names what is wrong, until the year's batch is complete; it rewrites nothing (R-1.1)."""

    @move(state, ReportState.RETURNED, ReportState.DRAFT)
    def revise(self) -> None:
        """HR takes it up again."""


class ReportLine(models.Model):
    """One applicant and his one end, as it was reported."""

    report = models.ForeignKey(ResultReport, models.CASCADE, related_name="lines", verbose_name="上报")
    application = models.ForeignKey(TitleApplication, models.PROTECT, related_name="report_lines", verbose_name="申报")
    number = models.PositiveSmallIntegerField("序号")
    outcome = models.CharField("结果", max_length=20, choices=choices.Outcome)
    basis = models.CharField("依据", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "上报人员"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["report", "application"], name="one_report_line_a_person")]

    def __str__(self) -> str:
        return f"{self.number}. {self.application.person.name}"


@guarded
class Consolidation(Case):
    """全市评审结果汇总: complete when every listed company reported, is suspended or excused (decision 42)."""

    organisation_path = "organisation"
    locks = ("cycle",)

    cycle = models.OneToOneField(Cycle, models.PROTECT, related_name="consolidation", verbose_name="年度")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="市局")
    completed_at = models.DateTimeField("汇总完成时间", null=True, blank=True)
    summary = models.JSONField("汇总", null=True, blank=True, encoder=DjangoJSONEncoder)
    state = StateField(ConsolidationState)

    class Meta:
        verbose_name = verbose_name_plural = "评审结果汇总"
        ordering = ["-cycle__year"]

    def __str__(self) -> str:
        return f"{self.cycle.year}年度评审结果汇总"

    def get_absolute_url(self) -> str:
        return self.console_url()

    @move(state, ConsolidationState.OPEN, ConsolidationState.COMPLETE, gate=gates.consolidation_complete)
    def complete(self) -> None:
        """G14."""
