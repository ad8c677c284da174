"""会议通知 and 不予回避: what is settled about the members of a panel or the committee before they meet."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import Organisation
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Case, StateField, guarded, move
from reviews import gates
from reviews.choices import InvitationState
from reviews.models.committee import CommitteeMeeting, CommitteeMember, ReportSlot
from reviews.models.meeting import ReviewMeeting
from reviews.models.panel import PanelMember


@guarded
class MeetingInvitation(Case):
    """会议通知 to one member and his answer. It stays when somebody else takes the seat.

    An expert without an account has no `user`; the desk asks him and writes down what he says.
    """

    organisation_path = "organisation"

    meeting = models.ForeignKey(
        ReviewMeeting, models.PROTECT, null=True, blank=True, related_name="invitations", verbose_name="企业评审会"
    )
    session = models.ForeignKey(
        CommitteeMeeting, models.PROTECT, null=True, blank=True, related_name="invitations", verbose_name="中评委会议"
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="主办单位")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="meeting_invitations",
        verbose_name="账号",
    )
    member = models.ForeignKey(
        PanelMember, models.SET_NULL, null=True, blank=True, related_name="invitations", verbose_name="评审专家"
    )
    name = models.CharField("姓名", max_length=50)
    sent_at = models.DateTimeField("通知时间")
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    absence_reason = models.CharField("不能出席原因", max_length=200, blank=True)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="递补"
    )
    state = StateField(InvitationState)

    class Meta:
        verbose_name = verbose_name_plural = "会议通知"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(meeting=None, session__isnull=False) | Q(session=None, meeting__isnull=False),
                name="an_invitation_has_one_meeting",
            ),
            models.UniqueConstraint(
                fields=["session", "user"],
                condition=~Q(state=InvitationState.WITHDRAWN),
                name="one_invitation_a_person_and_committee",
            ),
            models.UniqueConstraint(
                fields=["meeting", "member"],
                condition=~Q(state=InvitationState.WITHDRAWN),
                name="one_invitation_a_seat_and_panel",
            ),
            models.CheckConstraint(
                condition=~Q(state=InvitationState.NOT_COMING) | ~Q(absence_reason=""), name="an_absence_has_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sitting}通知：{self.name}"

    def get_absolute_url(self) -> str:
        return reverse("reviews:invitation", args=[self.pk])

    def console_url(self) -> str:
        return self.get_absolute_url()

    @classmethod
    def also_visible(cls, actor: Actor) -> Q:
        """Whom it is addressed to."""
        return Q(user=actor.user) if actor.role in (Role.COMMITTEE, Role.PANEL_EXPERT) else Q(pk__in=[])

    @property
    def sitting(self) -> ReviewMeeting | CommitteeMeeting:
        """The meeting that it calls to, panel or committee."""
        found = self.meeting or self.session
        assert found is not None, "checked by an_invitation_has_one_meeting"
        return found

    @property
    def heading(self) -> str:
        return "中评委会议通知" if self.session_id is not None else "企业评审会通知"

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
