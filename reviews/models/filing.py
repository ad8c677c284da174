"""会前备案 (办法五（二）：评审会开评前须向市人力社保局备案) and the expert whom the city may send."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse

from applications.models import AnnualRound
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Case, StateField, guarded, move
from reviews import choices, gates
from reviews.choices import FilingState, GuidanceState
from reviews.models import bars
from reviews.models.meeting import ReviewMeeting
from reviews.models.panel import Panel


@guarded
class ReviewFiling(Case):
    """The package of one meeting, generated from frozen data; nothing in it is retyped (F-40)."""

    organisation_path = "round__enterprise__organisation"
    locks = ("round", "panel", "meeting")

    round = models.ForeignKey(AnnualRound, models.PROTECT, related_name="filings", verbose_name="年度评审")
    panel = models.ForeignKey(Panel, models.PROTECT, related_name="filings", verbose_name="评审机构")
    meeting = models.OneToOneField(ReviewMeeting, models.PROTECT, related_name="filing", verbose_name="评审会")
    package = models.JSONField("备案内容", null=True, blank=True, encoder=DjangoJSONEncoder)
    package_hash = models.CharField("备案内容校验值", max_length=64, blank=True)
    contact = models.CharField("联系人及电话", max_length=80, blank=True)
    submitted_at = models.DateTimeField("报送时间", null=True, blank=True)
    receipt_number = models.CharField("备案编号", max_length=30, null=True, blank=True, unique=True)
    acknowledged_at = models.DateTimeField("备案时间", null=True, blank=True)
    consented_externals = models.PositiveSmallIntegerField(
        "同意的外聘人数", null=True, blank=True, help_text="外聘超过三分之一时，市局同意到会的外聘专家最多人数。"
    )
    opinion = models.TextField("市局意见", blank=True)
    returned_reason = models.TextField("退回原因", blank=True)
    state = StateField(FilingState)

    class Meta:
        verbose_name = verbose_name_plural = "评审会备案"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "submitted_at"], name="filing_state_submitted")]
        triggers = [bars.FILED_WHILE_IT_SITS]

    def __str__(self) -> str:
        return f"{self.meeting}备案"

    def get_absolute_url(self) -> str:
        return reverse("reviews:filing", args=[self.pk])

    @property
    def frozen(self) -> dict[str, Any] | None:
        """The package as it was handed on; nothing while the desk still, or again, works on it."""
        return None if self.state == FilingState.DRAFT else self.package

    @move(state, FilingState.DRAFT, FilingState.AWAITING_LEAD, gate=gates.filing_complete)
    def present(self) -> None:
        """HR is done; the package is frozen and waits for the company's head."""

    @move(state, FilingState.AWAITING_LEAD, FilingState.DRAFT)
    def take_back(self) -> None:
        """Not yet sent; HR changes it again."""

    @move(state, FilingState.AWAITING_LEAD, FilingState.SUBMITTED)
    def confirm(self) -> None:
        """The company's head confirms and it goes to the city (decision 29)."""

    @move(state, FilingState.SUBMITTED, FilingState.ACKNOWLEDGED)
    def acknowledge(self) -> None:
        """The city has it on file; the meeting may open."""

    @move(state, FilingState.SUBMITTED, FilingState.RETURNED)
    def return_back(self) -> None:
        """The city names what is missing."""

    @move(state, FilingState.RETURNED, FilingState.DRAFT)
    def revise(self) -> None:
        """HR takes it up again."""

    @move(state, FilingState.ACKNOWLEDGED, FilingState.DRAFT, gate=gates.filing_may_change)
    def amend(self) -> None:
        """Who reviews or who is reviewed changes before the meeting; it goes through all hands again."""


class GuidanceDecision(models.Model):
    """视情况: whether an expert is sent, with the reason either way (F-49)."""

    filing = models.OneToOneField(ReviewFiling, models.PROTECT, related_name="guidance", verbose_name="备案")
    assign = models.BooleanField("是否指派专家到会指导")
    reason = models.TextField("理由")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="决定人")
    decided_at = models.DateTimeField("决定时间")

    class Meta:
        verbose_name = verbose_name_plural = "到会指导决定"

    def __str__(self) -> str:
        return "指派专家到会指导" if self.assign else "不指派专家到会"


@guarded
class GuidanceAssignment(Case):
    """One drawn expert. He observes: no vote, not in the ratio (decision 16). Earlier draws stay (F-45)."""

    organisation_path = "filing__round__enterprise__organisation"
    locks = ("filing",)

    filing = models.ForeignKey(ReviewFiling, models.PROTECT, related_name="assignments", verbose_name="备案")
    expert = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="guidance_assignments", verbose_name="专家"
    )
    run = models.OneToOneField("reviews.DrawRun", models.PROTECT, related_name="assignment", verbose_name="抽取记录")
    drawn_at = models.DateTimeField("抽取时间")
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    decline_kind = models.CharField("不能到会情形", max_length=20, choices=choices.DeclineKind, blank=True)
    decline_reason = models.CharField("不能到会原因", max_length=200, blank=True)
    absence_note = models.CharField("缺席情况", max_length=200, blank=True)
    procedure_followed = models.BooleanField("评审程序是否规范", null=True, blank=True)
    guidance_note = models.TextField("指导意见", blank=True)
    state = StateField(GuidanceState)

    class Meta:
        verbose_name = verbose_name_plural = "到会指导指派"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["filing"],
                condition=~Q(state__in=GuidanceState.gone()),
                name="one_live_assignment_a_filing",
            )
        ]

    def __str__(self) -> str:
        return f"到会指导：{self.filing.meeting}"

    def get_absolute_url(self) -> str:
        return reverse("reviews:assignment", args=[self.pk])

    @classmethod
    def also_visible(cls, actor: Actor) -> Q:
        """The expert's own cards."""
        return Q(expert=actor.user) if actor.role == Role.LIBRARY_MEMBER else Q(pk__in=[])

    @move(state, GuidanceState.DRAWN, GuidanceState.ACCEPTED)
    def accept(self) -> None:
        """He will come."""

    @move(state, [GuidanceState.DRAWN, GuidanceState.ACCEPTED], GuidanceState.DECLINED)
    def decline(self) -> None:
        """He cannot, or must not."""

    @move(state, GuidanceState.DRAWN, GuidanceState.LAPSED)
    def lapse(self) -> None:
        """No answer within the hours of the year."""

    def hides_who(self, event: Any) -> bool:
        """While the draw is blind the timeline keeps the expert's own answers nameless."""
        return self.run.draw.blind and event.role == Role.LIBRARY_MEMBER

    @property
    def shown(self) -> str:
        """His name; his code while the draw is blind."""
        return "、".join(self.run.chosen) if self.run.draw.blind else self.expert.name

    @move(state, GuidanceState.ACCEPTED, GuidanceState.ATTENDED, gate=gates.guided_meeting_opened)
    def attend(self) -> None:
        """He is in the room."""

    @move(state, [GuidanceState.DRAWN, GuidanceState.ACCEPTED], GuidanceState.ABSENT, gate=gates.guided_meeting_opened)
    def miss(self) -> None:
        """Named accident: he did not come on the day; the panel goes on, the city is told."""

    @move(state, GuidanceState.ATTENDED, GuidanceState.REPORTED)
    def report(self) -> None:
        """His note on the procedure is in."""
