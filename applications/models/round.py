"""年度评审: one a company and year, from the call to the end of the in-house notice (办法五（二）)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from applications.choices import RoundState
from applications.gates.round import closing, opening
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Case, StateField, guarded, move


@guarded
class AnnualRound(Case):
    """The company calls its people to apply; everything of the year hangs on it and on the frozen plan version."""

    organisation_path = "enterprise__organisation"
    locks = ("enterprise",)

    enterprise = models.ForeignKey("enterprises.Enterprise", models.PROTECT, related_name="rounds", verbose_name="企业")
    cycle = models.ForeignKey("policy.Cycle", models.PROTECT, related_name="rounds", verbose_name="年度")
    plan = models.ForeignKey(
        "enterprises.PilotPlan", models.PROTECT, related_name="rounds", verbose_name="试点工作方案版本"
    )
    opens_on = models.DateField("申报开始")
    closes_on = models.DateField("申报截止", help_text="当天24:00截止。")
    contact = models.CharField("咨询人", max_length=50)
    phone = models.CharField("咨询电话", max_length=40)
    instructions = models.TextField("申报须知", blank=True, max_length=4000)
    state = StateField(RoundState)

    class Meta:
        verbose_name = verbose_name_plural = "年度评审"
        ordering = ["-cycle", "enterprise"]
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "cycle"], name="one_round_a_year"),
            models.CheckConstraint(condition=Q(opens_on__lte=F("closes_on")), name="round_dates_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise}{self.cycle}评审"

    @classmethod
    def also_visible(cls, actor: Actor) -> Q:
        """Staff see their company's call once it is open; they have no other way to begin."""
        if actor.role != Role.APPLICANT or actor.organisation is None:
            return Q(pk__in=[])
        return Q(enterprise__organisation=actor.organisation.pk) & ~Q(state=RoundState.DRAFT)

    def get_absolute_url(self) -> str:
        return reverse("applications:round", args=[self.pk])

    @move(state, RoundState.DRAFT, RoundState.OPEN, gate=opening, label="启动年度评审")
    def open(self) -> None:
        """布置年度评审工作（办法五（二））."""

    @move(state, RoundState.OPEN, RoundState.CLOSED, gate=closing, label="截止申报")
    def close(self) -> None:
        """No more submissions; HR settles what is left and opens the notice."""

    @move(state, RoundState.CLOSED, RoundState.OPEN, label="重新开放申报")
    def reopen(self) -> None:
        """Before the notice only: once names hang on the wall nobody is added."""

    @move(state, RoundState.CLOSED, RoundState.NOTICING, label="发布单位公示")
    def start_notice(self) -> None:
        """评前公示 begins."""

    @move(state, RoundState.NOTICING, RoundState.NOTICED, label="单位公示结束")
    def end_notice(self) -> None:
        """The period has closed; persons with an objection stay behind one by one."""

    @move(state, [RoundState.NOTICED], RoundState.DONE, label="完成年度评审")
    def finish(self) -> None:
        """Everything reported upwards; called by the review stage."""
