"""企业评审会 (办法五（二）): sign-in, 回避, 述职, 综合考核, conclusion."""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from applications.models import AnnualRound, TitleApplication
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Case, CaseQuerySet, StateField, guarded, move
from jiaxing_titles.ui.formats import local_day
from reviews import choices, gates
from reviews.choices import GuidanceState, ItemState, MeetingState
from reviews.models import bars
from reviews.models.attendance import Attendance
from reviews.models.panel import Panel, PanelMember


@guarded
class ReviewMeeting(Case):
    """One sitting of a panel. It cannot open before its filing is acknowledged (PR-4)."""

    organisation_path = "round__enterprise__organisation"
    locks = ("round", "panel")
    joins_many = True

    round = models.ForeignKey(AnnualRound, models.PROTECT, related_name="meetings", verbose_name="年度评审")
    panel = models.ForeignKey(Panel, models.PROTECT, related_name="meetings", verbose_name="评审机构")
    planned_at = models.DateTimeField("会议时间")
    place = models.CharField("会议地点", max_length=120)
    mode = models.CharField(
        "会议方式", max_length=20, choices=choices.MeetingMode, default=choices.MeetingMode.IN_PERSON
    )
    postponed_reason = models.TextField("延期原因", blank=True)
    opened_at = models.DateTimeField("开会时间", null=True, blank=True)
    scores_closed_at = models.DateTimeField("评分关闭时间", null=True, blank=True)
    concluded_at = models.DateTimeField("形成结论时间", null=True, blank=True)
    minutes = models.TextField("会议纪要", blank=True)
    record = models.JSONField("会议记录", null=True, blank=True, encoder=DjangoJSONEncoder)
    record_hash = models.CharField("会议记录校验值", max_length=64, blank=True)
    signed_minutes = models.ForeignKey(
        "attachments.Attachment", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签字的会议纪要"
    )
    tellers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        related_name="+",
        blank=True,
        verbose_name="监票计票人",
        db_table="reviews_meeting_teller",
    )
    state = StateField(MeetingState)

    class Meta:
        verbose_name = verbose_name_plural = "企业评审会"
        ordering = ["-planned_at", "-pk"]
        indexes = [models.Index(fields=["round", "state"], name="meeting_round_state")]
        triggers = [bars.OPENED_AFTER_FILING, bars.RECORD_STANDS]

    def __str__(self) -> str:
        day = local_day(self.planned_at)
        return f"{self.round.enterprise} {self.round.cycle.year}年度评审会（{day.month}月{day.day}日）"

    def get_absolute_url(self) -> str:
        return reverse("reviews:meeting", args=[self.pk])

    @classmethod
    def also_visible(cls, actor: Actor) -> Q:
        """The members of its panel; the expert whom the city sends; its tellers."""
        if actor.role == Role.PANEL_EXPERT:
            return Q(panel__members__user=actor.user) | Q(tellers=actor.user)
        if actor.role == Role.LIBRARY_MEMBER:
            return Q(filing__assignments__expert=actor.user, filing__assignments__state__in=GuidanceState.coming())
        return Q(pk__in=[])

    @move(state, MeetingState.PLANNED, MeetingState.SIGNING_IN, gate=gates.meeting_opening)
    def open_sign_in(self) -> None:
        """G10: the doors open."""

    @move(state, MeetingState.SIGNING_IN, MeetingState.IN_SESSION, gate=gates.meeting_start)
    def start(self) -> None:
        """G11: the electorate is fixed; nobody signs in after this (PR-11)."""

    @move(state, MeetingState.IN_SESSION, MeetingState.VOTING, gate=gates.scoring_closed)
    def close_scoring(self) -> None:
        """The chair closes the scores; sheets are handed out."""

    @move(state, MeetingState.VOTING, MeetingState.COUNTED, gate=gates.all_sheets_signed)
    def count(self) -> None:
        """G12: every tally is signed."""

    @move(state, MeetingState.COUNTED, MeetingState.VOTING, label="再次表决")
    def vote_again(self) -> None:
        """One second round at most, by the chair, with a reason (Q-20)."""

    @move(state, MeetingState.COUNTED, MeetingState.CONCLUDED)
    def conclude(self) -> None:
        """The conclusion stands and the people move on."""

    @move(state, [MeetingState.PLANNED, MeetingState.SIGNING_IN], MeetingState.POSTPONED, label="延期")
    def postpone(self) -> None:
        """Another day; the filing stays."""

    @move(state, MeetingState.SIGNING_IN, MeetingState.NO_QUORUM, gate=gates.quorum_really_missing)
    def declare_no_quorum(self) -> None:
        """Fewer than two thirds came."""

    @move(state, [MeetingState.POSTPONED, MeetingState.NO_QUORUM], MeetingState.PLANNED)
    def replan(self) -> None:
        """A new day is set; sign-in starts afresh."""


class MeetingAttendance(Attendance):
    """A panel's expert in the room. A seat that stepped down for the day has no sheet and no score."""

    meeting = models.ForeignKey(ReviewMeeting, models.CASCADE, related_name="attendances", verbose_name="评审会")
    member = models.ForeignKey(PanelMember, models.PROTECT, related_name="attendances", verbose_name="评审专家")
    stepped_down_reason = models.CharField("当日退出原因", max_length=200, blank=True)

    class Meta(Attendance.Meta):
        verbose_name = verbose_name_plural = "签到"
        constraints = [
            *Attendance.Meta.constraints,
            models.UniqueConstraint(fields=["meeting", "member"], name="one_sign_in_a_member"),
        ]
        triggers = [
            bars.signs_in_himself_in_time(
                "reviews_reviewmeeting", "reviews_panelmember m WHERE m.panel_id = s.panel_id"
            ),
            bars.nobody_checks_his_own_seat("reviews_panelmember"),
            bars.PANEL_ROLL_STANDS,
        ]

    @property
    def seated(self) -> bool:
        return not self.stepped_down_reason


@guarded
class MeetingItem(Case):
    """One person on the agenda, from waiting to the end that this meeting gives him."""

    organisation_path = "meeting__round__enterprise__organisation"
    locks = ("meeting",)
    joins_many = True

    meeting = models.ForeignKey(ReviewMeeting, models.PROTECT, related_name="items", verbose_name="评审会")
    application = models.ForeignKey(TitleApplication, models.PROTECT, related_name="agenda_items", verbose_name="申报")
    number = models.PositiveSmallIntegerField("序号")
    called_at = models.DateTimeField("请其述职时间", null=True, blank=True)
    report_mode = models.CharField("述职方式", max_length=20, choices=choices.SelfReportMode, blank=True)
    reported_at = models.DateTimeField("述职时间", null=True, blank=True)
    self_report = models.TextField("述职要点", blank=True)
    check_note = models.TextField("综合考核情况", blank=True)
    postponed_reason = models.CharField("缓评原因", max_length=300, blank=True)
    result_sentence = models.CharField("表决结果", max_length=200, blank=True)
    state = StateField(ItemState)

    class Meta:
        verbose_name = verbose_name_plural = "评审对象"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "application"], name="one_item_a_person_and_meeting"),
            models.UniqueConstraint(fields=["meeting", "number"], name="one_person_an_agenda_number"),
            models.UniqueConstraint(
                fields=["application"], condition=~Q(state=ItemState.POSTPONED), name="one_live_item_an_application"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.application.person.name}"

    def get_absolute_url(self) -> str:
        return reverse("reviews:item", args=[self.pk])

    @classmethod
    def also_visible(cls, actor: Actor) -> Q:
        """A panel's member from sign-in on, unless he is recused for this person (F-50: no conflicted item leaks)."""
        if actor.role == Role.PANEL_EXPERT:
            seated = Q(meeting__attendances__member__user=actor.user, meeting__attendances__stepped_down_reason="")
            return seated & ~Q(recusals__member__user=actor.user)
        return Q(pk__in=[])

    @move(state, ItemState.WAITING, ItemState.PRESENTED, gate=gates.meeting_in_session)
    def present(self) -> None:
        """述职 and 综合考核 are on record."""

    @move(state, [ItemState.WAITING, ItemState.PRESENTED], ItemState.POSTPONED, label="缓评")
    def postpone(self) -> None:
        """Not decided at this meeting; he may come to the next."""

    @move(state, ItemState.PRESENTED, ItemState.PASSED, label="表决通过")
    def passed(self) -> None:
        """By the signed tally."""

    @move(state, ItemState.PRESENTED, ItemState.FAILED, label="表决未通过")
    def failed(self) -> None:
        """By the signed tally."""


class Recusal(models.Model):
    """回避 of one member for one person: that seat leaves the denominator of this item (Q-29)."""

    item = models.ForeignKey(MeetingItem, models.CASCADE, related_name="recusals", verbose_name="评审对象")
    member = models.ForeignKey(PanelMember, models.PROTECT, related_name="recusals", verbose_name="评审专家")
    kind = models.CharField("回避情形", max_length=20, choices=choices.RecusalKind)
    note = models.CharField("说明", max_length=200, blank=True)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    declared_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "回避"
        constraints = [models.UniqueConstraint(fields=["item", "member"], name="one_recusal_a_member_and_item")]

    def __str__(self) -> str:
        return f"{self.member}回避{self.item}"


def _score(label: str) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        label, null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )


class AssessmentQuerySet(CaseQuerySet):
    def visible_to(self, actor: Actor | None) -> AssessmentQuerySet:
        """An expert sees his own pads; all others see a pad after the chair closed the scores (decision 15).

        Of a person for whom he is recused an expert sees none at any time (F-50). The desk also sees the empty pads
        of members without an account, because it copies their paper; once copied they are hidden from it like others.
        """
        if not actor:
            return self.none()
        closed = Q(item__meeting__scores_closed_at__isnull=False)
        if actor.role == Role.PANEL_EXPERT:
            here = MeetingAttendance.objects.filter(member__user=actor.user, stepped_down_reason="")
            shown = Q(member__user=actor.user) | (closed & Q(item__meeting__in=here.values("meeting")))
            return self.filter(shown).exclude(item__recusals__member__user=actor.user)
        to_copy = Q(member__user=None, state=choices.AssessmentState.OPEN)
        desk = actor.role in (Role.ENT_HR, Role.PANEL_SEC)
        return super().visible_to(actor).filter(closed | to_copy if desk else closed)


@guarded
class MemberAssessment(Case):
    """One expert's view of one person in the four dimensions of 办法五（二）; never averaged into a verdict."""

    organisation_path = "item__meeting__round__enterprise__organisation"
    locks = ()

    item = models.ForeignKey(MeetingItem, models.PROTECT, related_name="assessments", verbose_name="评审对象")
    member = models.ForeignKey(PanelMember, models.PROTECT, related_name="assessments", verbose_name="评审专家")
    ethics = _score("职业道德")
    innovation = _score("创新能力")
    performance = _score("业绩水平")
    contribution = _score("实际贡献")
    comment = models.TextField("评价意见", blank=True)
    state = StateField(choices.AssessmentState)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "专家评价"
        ordering = ["item__number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "member"], name="one_pad_a_member_and_item"),
            models.CheckConstraint(
                condition=Q(state=choices.AssessmentState.OPEN)
                | Q(ethics__lte=100, innovation__lte=100, performance__lte=100, contribution__lte=100),
                name="a_submitted_pad_has_four_dimensions",
            ),
        ]
        triggers = [bars.SCORES_STAND]

    def __str__(self) -> str:
        return f"{self.item.application.person.name}（{self.item.number}号）的评价"

    def get_absolute_url(self) -> str:
        return reverse("reviews:pads", args=[self.item.meeting_id])

    @move(state, choices.AssessmentState.OPEN, choices.AssessmentState.SUBMITTED, gate=gates.pad_is_open)
    def submit(self) -> None:
        """All four dimensions are given."""

    @move(state, choices.AssessmentState.SUBMITTED, choices.AssessmentState.OPEN, gate=gates.pad_is_open)
    def take_back(self) -> None:
        """Its writer changes his mind before the chair closes."""
