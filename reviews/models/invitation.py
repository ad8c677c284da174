"""会议通知 and 不予回避: what is settled about a committee's members before they meet (办法五（三）)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Case, StateField, guarded, move
from reviews import gates
from reviews.choices import InvitationState
from reviews.models.committee import CommitteeMeeting, CommitteeMember, ReportSlot


@guarded
class CommitteeInvitation(Case):
    """会议通知 to one member and his answer. It stays when somebody else takes the seat."""

    organisation_path = "meeting__organisation"

    meeting = models.ForeignKey(CommitteeMeeting, models.PROTECT, related_name="invitations", verbose_name="会议")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="committee_invitations", verbose_name="评委"
    )
    sent_at = models.DateTimeField("通知时间")
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    absence_reason = models.CharField("不能出席原因", max_length=200, blank=True)
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="递补"
    )
    state = StateField(InvitationState)

    class Meta:
        verbose_name = verbose_name_plural = "中评委会议通知"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "user"],
                condition=~Q(state=InvitationState.WITHDRAWN),
                name="one_invitation_a_person_and_committee",
            ),
            models.CheckConstraint(
                condition=~Q(state=InvitationState.NOT_COMING) | ~Q(absence_reason=""), name="an_absence_has_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}通知：{self.user.name}"

    def get_absolute_url(self) -> str:
        return reverse("reviews:invitation", args=[self.pk])

    def console_url(self) -> str:
        return self.get_absolute_url()

    @classmethod
    def also_visible(cls, actor: Actor) -> Q:
        """Whom it is addressed to."""
        return Q(user=actor.user) if actor.role == Role.COMMITTEE else Q(pk__in=[])

    @move(state, [InvitationState.WAITING, InvitationState.NOT_COMING], InvitationState.COMING, gate=gates.answer_open)
    def accept(self) -> None:
        """He will be there."""

    @move(state, [InvitationState.WAITING, InvitationState.COMING], InvitationState.NOT_COMING, gate=gates.answer_open)
    def decline(self) -> None:
        """He will not, and says why."""

    @move(state, [InvitationState.COMING, InvitationState.NOT_COMING], InvitationState.WAITING, label="会议改期")
    def ask_again(self) -> None:
        """A new day: what was answered about the old one says nothing."""

    @move(
        state,
        [InvitationState.WAITING, InvitationState.COMING, InvitationState.NOT_COMING],
        InvitationState.WITHDRAWN,
        label="取消",
    )
    def withdraw(self) -> None:
        """He no longer sits in this meeting."""


class ConflictDismissal(models.Model):
    """不予回避: a conflict that the records suggest and the secretary found to be none, with the reason (F-43)."""

    slot = models.ForeignKey(ReportSlot, models.CASCADE, related_name="dismissals", verbose_name="企业汇报")
    member = models.ForeignKey(CommitteeMember, models.CASCADE, related_name="dismissals", verbose_name="评委")
    reason = models.CharField("不予回避的理由", max_length=200)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="决定人")
    decided_at = models.DateTimeField("决定时间")

    class Meta:
        verbose_name = verbose_name_plural = "不予回避"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["slot", "member"], name="one_dismissal_a_member_and_company")]

    def __str__(self) -> str:
        return f"{self.member}对{self.slot.enterprise}不予回避"
