"""嘉兴市工程技术中级职称资格评审会议 (办法五（三）)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from applications.models import TitleApplication
from enterprises.models import Enterprise, Speciality
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import Organisation
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Case, StateField, guarded, move
from jiaxing_titles.policy.models import Cycle
from reviews import choices, gates
from reviews.choices import CommitteeState, SlotState
from reviews.models import bars
from reviews.models.attendance import Attendance


@guarded
class CommitteeMeeting(Case):
    """One sitting of the 中评委. Its members hear, deliberate and vote secretly; the tellers count."""

    organisation_path = "organisation"
    locks = ("cycle",)
    joins_many = True

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="committee_meetings", verbose_name="年度")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="市局")
    number = models.PositiveSmallIntegerField("次序")
    planned_at = models.DateTimeField("会议时间")
    place = models.CharField("会议地点", max_length=120)
    postponed_reason = models.TextField("延期原因", blank=True)
    opened_at = models.DateTimeField("开会时间", null=True, blank=True)
    closed_at = models.DateTimeField("闭会时间", null=True, blank=True)
    minutes = models.TextField("会议纪要", blank=True)
    uncovered_reason = models.CharField("评委专业未覆盖的说明", max_length=200, blank=True)
    tellers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        related_name="+",
        blank=True,
        verbose_name="监票计票人",
        db_table="reviews_committee_teller",
    )
    state = StateField(CommitteeState)

    class Meta:
        verbose_name = verbose_name_plural = "中评委会议"
        ordering = ["-cycle__year", "-number"]
        constraints = [models.UniqueConstraint(fields=["cycle", "number"], name="one_committee_meeting_a_number")]
        triggers = [bars.SEATS_CHECKED_BY_TWO]

    def __str__(self) -> str:
        return f"{self.cycle.year}年度中评委第{self.number}次会议"

    def get_absolute_url(self) -> str:
        return reverse("reviews:committee_meeting", args=[self.pk])

    def console_url(self) -> str:
        """One page for all who sit in it; the secretary finds it under /committee/ too."""
        return self.get_absolute_url()

    @classmethod
    def also_visible(cls, actor: Actor) -> Q:
        """Its members, its tellers and those who hold a share of its key."""
        if actor.role in (Role.COMMITTEE, Role.TELLER):
            return Q(members__user=actor.user) | Q(tellers=actor.user) | Q(key__holders__user=actor.user)
        return Q(pk__in=[])

    @move(state, CommitteeState.PLANNED, CommitteeState.SIGNING_IN, gate=gates.committee_opening)
    def open_sign_in(self) -> None:
        """G14 and the composition of G15."""

    @move(state, CommitteeState.SIGNING_IN, CommitteeState.IN_SESSION, gate=gates.committee_start)
    def start(self) -> None:
        """G15: quorum, every seat checked by two officials; the electorate is fixed (PR-11)."""

    @move(state, CommitteeState.IN_SESSION, CommitteeState.CLOSED, gate=gates.committee_finished)
    def close(self) -> None:
        """G18: every sheet is signed or its company goes to the next meeting."""

    @move(state, [CommitteeState.PLANNED, CommitteeState.SIGNING_IN], CommitteeState.POSTPONED)
    def postpone(self) -> None:
        """Another day."""

    @move(state, CommitteeState.SIGNING_IN, CommitteeState.NO_QUORUM, gate=gates.quorum_really_missing)
    def declare_no_quorum(self) -> None:
        """Fewer than two thirds came."""

    @move(state, [CommitteeState.POSTPONED, CommitteeState.NO_QUORUM], CommitteeState.PLANNED)
    def replan(self) -> None:
        """A new day is set; sign-in starts afresh."""


class CommitteeMember(models.Model):
    """A seat of one committee meeting."""

    meeting = models.ForeignKey(CommitteeMeeting, models.CASCADE, related_name="members", verbose_name="会议")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="committee_seats", verbose_name="评委"
    )
    employer = models.CharField("工作单位", max_length=120)
    title = models.CharField("专业技术资格", max_length=60)
    speciality = models.ForeignKey(Speciality, models.PROTECT, related_name="+", verbose_name="从事专业")
    post = models.CharField("职务", max_length=20, choices=choices.PanelPost, default=choices.PanelPost.MEMBER)

    class Meta:
        verbose_name = verbose_name_plural = "中评委评委"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "user"], name="one_seat_a_person_and_committee"),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(post=choices.PanelPost.CHAIR), name="one_chair_a_committee"
            ),
        ]

    def __str__(self) -> str:
        return self.user.name

    @property
    def name(self) -> str:
        return self.user.name


class CommitteeAttendance(Attendance):
    """A committee member in the room; nothing starts before two officials have seen everybody."""

    meeting = models.ForeignKey(CommitteeMeeting, models.CASCADE, related_name="attendances", verbose_name="会议")
    member = models.OneToOneField(CommitteeMember, models.PROTECT, related_name="attendance", verbose_name="评委")

    class Meta(Attendance.Meta):
        verbose_name = verbose_name_plural = "中评委签到"
        triggers = [
            bars.signs_in_himself_in_time(
                "reviews_committeemeeting", "reviews_committeemember m WHERE m.meeting_id = s.id"
            ),
            bars.nobody_checks_his_own_seat("reviews_committeemember"),
            bars.ROLL_STANDS,
        ]


@guarded
class ReportSlot(Case):
    """A company's turn: its report is heard, then deliberated, only then voted on (办法五（三）)."""

    organisation_path = "enterprise__organisation"
    locks = ("meeting",)
    joins_many = True

    meeting = models.ForeignKey(CommitteeMeeting, models.PROTECT, related_name="slots", verbose_name="会议")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="report_slots", verbose_name="企业")
    place = models.PositiveSmallIntegerField("汇报次序")
    reporter = models.CharField("汇报人", max_length=50, blank=True)
    reporter_duty = models.CharField("汇报人职务", max_length=80, blank=True)
    brief = models.TextField("汇报提纲", blank=True)
    absences = models.PositiveSmallIntegerField("未到次数", default=0)
    heard_at = models.DateTimeField("听取汇报时间", null=True, blank=True)
    deliberated_at = models.DateTimeField("审议时间", null=True, blank=True)
    deliberation = models.TextField("审议情况", blank=True)
    carried_reason = models.CharField("转下次会议原因", max_length=300, blank=True)
    state = StateField(SlotState)

    class Meta:
        verbose_name = verbose_name_plural = "企业汇报"
        ordering = ["place", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "enterprise"], name="one_slot_a_company")]

    def __str__(self) -> str:
        return f"{self.enterprise}向中评委汇报"

    def get_absolute_url(self) -> str:
        return reverse("reviews:slot", args=[self.pk])

    @classmethod
    def also_visible(cls, actor: Actor) -> Q:
        """The members and tellers of its meeting."""
        if actor.role in (Role.COMMITTEE, Role.TELLER):
            return Q(meeting__members__user=actor.user) | Q(meeting__tellers=actor.user)
        return Q(pk__in=[])

    def console_url(self) -> str:
        """The company reads its turn at the same address."""
        return self.get_absolute_url()

    @move(state, [SlotState.WAITING, SlotState.DEFERRED], SlotState.HEARD, gate=gates.slot_in_session)
    def hear(self) -> None:
        """G16."""

    @move(state, SlotState.HEARD, SlotState.DELIBERATED, gate=gates.slot_in_session)
    def deliberate(self) -> None:
        """G17: the company's people have left the room."""

    @move(state, SlotState.WAITING, SlotState.DEFERRED, gate=gates.slot_in_session)
    def defer(self) -> None:
        """Named accident: the reporter is not here; to the end of the list (Q-18)."""

    @move(state, [SlotState.WAITING, SlotState.DEFERRED, SlotState.HEARD], SlotState.CARRIED_OVER)
    def carry_over(self) -> None:
        """Still not here: to the next meeting."""


class CommitteeRecusal(models.Model):
    """回避 of a committee member, for a whole company or (with `application`) for one of its people."""

    slot = models.ForeignKey(ReportSlot, models.CASCADE, related_name="recusals", verbose_name="企业汇报")
    member = models.ForeignKey(CommitteeMember, models.PROTECT, related_name="recusals", verbose_name="评委")
    application = models.ForeignKey(
        TitleApplication, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="申报"
    )
    kind = models.CharField("回避情形", max_length=20, choices=choices.RecusalKind)
    note = models.CharField("说明", max_length=200, blank=True)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    declared_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "中评委回避"
        constraints = [
            models.UniqueConstraint(
                fields=["slot", "member", "application"], nulls_distinct=False, name="one_committee_recusal"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member}回避{self.application or self.slot.enterprise}"
