"""Ballot sheets and their paper count; one engine for the company's panel and the city's committee.

Nothing here ties a member to a mark: a count holds totals per name and the teller who keyed them (PR-7).
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from applications.models import TitleApplication
from enterprises.choices import Level
from enterprises.models import Enterprise
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import Organisation
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Case, StateField, guarded, move
from reviews import gates
from reviews.choices import BallotMode, SheetState
from reviews.models import ballot_bars, bars
from reviews.models.committee import CommitteeMeeting
from reviews.models.meeting import ReviewMeeting
from reviews.rules.paper import Electorate, LineCount, SheetCount


@guarded
class VoteSheet(Case):
    """One page of at most thirty names: one enterprise, one level, one batch (decision 30)."""

    organisation_path = "organisation"
    locks = ("meeting", "session")

    meeting = models.ForeignKey(
        ReviewMeeting, models.PROTECT, null=True, blank=True, related_name="sheets", verbose_name="企业评审会"
    )
    session = models.ForeignKey(
        CommitteeMeeting, models.PROTECT, null=True, blank=True, related_name="sheets", verbose_name="中评委会议"
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="主办单位")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="vote_sheets", verbose_name="企业")
    level = models.CharField("申报资格", max_length=30, choices=Level)
    number = models.PositiveSmallIntegerField("票号")
    ballot_round = models.PositiveSmallIntegerField("轮次", default=1)
    second_round_reason = models.TextField("第二轮表决理由", blank=True)
    mode = models.CharField("投票方式", max_length=20, choices=BallotMode, default=BallotMode.PAPER)
    form = models.TextField("票样", blank=True, help_text="电子票：名单、席数、回避、通过规则，投票开始时固定。")
    form_hash = models.CharField("票样校验值", max_length=64, blank=True)
    box_hash = models.CharField("票箱校验值", max_length=64, blank=True, help_text="封箱时全部回执的校验值。")
    closed_at = models.DateTimeField("封箱时间", null=True, blank=True)
    members = models.PositiveSmallIntegerField("应到席数", default=0)
    seats = models.PositiveSmallIntegerField("实到席数", default=0)
    issued_at = models.DateTimeField("发票时间", null=True, blank=True)
    signed_at = models.DateTimeField("签认时间", null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签认人"
    )
    state = StateField(SheetState)

    class Meta:
        verbose_name = verbose_name_plural = "表决票"
        ordering = ["number", "ballot_round"]
        constraints = [
            models.CheckConstraint(
                condition=Q(meeting=None, session__isnull=False) | Q(session=None, meeting__isnull=False),
                name="a_sheet_has_one_meeting",
            ),
            models.CheckConstraint(condition=Q(ballot_round__in=[1, 2]), name="two_rounds_at_most"),
            models.UniqueConstraint(fields=["meeting", "number", "ballot_round"], name="one_sheet_a_panel_number"),
            models.UniqueConstraint(fields=["session", "number", "ballot_round"], name="one_sheet_a_committee_number"),
        ]
        triggers = bars.SHEET

    def __str__(self) -> str:
        again = "（第二轮）" if self.ballot_round == 2 else ""
        return f"{self.enterprise}{self.get_level_display()}表决票第{self.number}号{again}"

    def get_absolute_url(self) -> str:
        name = "committee_sheet" if self.session_id is not None else "panel_sheet"
        return reverse(f"reviews:{name}", args=[self.pk])

    def console_url(self) -> str:
        """The same page for secretary, supervisor and tellers."""
        return self.get_absolute_url()

    @classmethod
    def also_visible(cls, actor: Actor) -> Q:
        """Tellers and key holders of its meeting, and its members: the chair signs what they counted."""
        if actor.user is None:
            return Q(pk__in=[])
        found = Q(pk__in=[])
        for part in ("tellers", "key__holders__user", "panel__members__user"):
            if part != "panel__members__user" or actor.role == Role.PANEL_EXPERT:
                found |= Q(meeting__in=ReviewMeeting._base_manager.filter(**{part: actor.user}).values("pk"))
        for part in ("tellers", "key__holders__user", "members__user"):
            if part != "members__user" or actor.role == Role.COMMITTEE:
                found |= Q(session__in=CommitteeMeeting._base_manager.filter(**{part: actor.user}).values("pk"))
        return found

    @property
    def sitting(self) -> ReviewMeeting | CommitteeMeeting:
        """The meeting that it belongs to, panel or committee."""
        found = self.meeting or self.session
        assert found is not None, "checked by a_sheet_has_one_meeting"
        return found

    def electorate(self) -> Electorate:
        """What the sign-in and the recusals fixed when the sheet was issued."""
        lines = list(self.lines.select_related("application__person"))
        return Electorate(
            seats=self.seats,
            recused={line.number: line.recused_seats for line in lines},
            names={line.number: line.application.person.name for line in lines},
        )

    @property
    def board_hash(self) -> str:
        """SHA-256 of the board file; empty before the box is unsealed."""
        return self.board.sha256 if hasattr(self, "board") else ""

    @property
    def ballots(self) -> int:
        """Ballots in the box of an electronic sheet, by what was unsealed."""
        line = self.lines.first()
        marks = (line.yes, line.no, line.abstain, line.invalid, line.recused) if line else ()
        return sum(mark or 0 for mark in marks)

    @property
    def invalid_ballots(self) -> int:
        line = self.lines.first()
        return line.invalid or 0 if line else 0

    @property
    def electronic(self) -> bool:
        return self.mode != BallotMode.PAPER

    @property
    def sealed_by_voter(self) -> bool:
        return self.mode == BallotMode.SEALED_BY_VOTER

    @move(state, SheetState.PREPARED, SheetState.COUNTING, gate=gates.paper_may_be_issued)
    def issue(self) -> None:
        """Handed to every signed-in seat."""

    @move(state, SheetState.PREPARED, SheetState.CASTING, gate=gates.box_may_open)
    def open_box(self) -> None:
        """Form and roll are frozen; every signed-in seat may vote."""

    @move(state, SheetState.CASTING, SheetState.SEALED)
    def close_box(self) -> None:
        """No ballot comes in any more."""

    @move(state, SheetState.SEALED, SheetState.UNSEALED)
    def unseal(self) -> None:
        """Opened, shuffled and counted at once."""

    @move(state, [SheetState.COUNTING, SheetState.UNSEALED], SheetState.SIGNED, gate=gates.result_agrees)
    def sign(self) -> None:
        """Both counts are equal and add up, or the box was unsealed; the result stands."""

    @move(state, SheetState.SIGNED, SheetState.REPLACED, label="由第二轮代替")
    def replace(self) -> None:
        """A second round decides; the first stays on record."""


class VoteLine(models.Model):
    """One name on a sheet and, once the tally is signed, its totals and the result in a sentence."""

    sheet = models.ForeignKey(VoteSheet, models.CASCADE, related_name="lines", verbose_name="表决票")
    application = models.ForeignKey(TitleApplication, models.PROTECT, related_name="vote_lines", verbose_name="申报")
    number = models.PositiveSmallIntegerField("序号")
    recused_seats = models.PositiveSmallIntegerField("登记回避席数", default=0)
    yes = models.PositiveSmallIntegerField("同意", null=True, blank=True)
    no = models.PositiveSmallIntegerField("反对", null=True, blank=True)
    abstain = models.PositiveSmallIntegerField("弃权", null=True, blank=True)
    invalid = models.PositiveSmallIntegerField("无效", null=True, blank=True)
    recused = models.PositiveSmallIntegerField("回避", null=True, blank=True)
    passed = models.BooleanField("通过", null=True, blank=True)
    sentence = models.CharField("结果", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "表决结果"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="one_line_a_number"),
            models.UniqueConstraint(fields=["sheet", "application"], name="one_line_a_person"),
        ]
        triggers = [bars.RESULT_STANDS, bars.NAMES_STAND, ballot_bars.LINES_ARE_RECOUNTED]

    def __str__(self) -> str:
        return f"{self.number}. {self.application.person.name}"


class TellerCount(models.Model):
    """One teller's independent count of one sheet; the other teller cannot read it before both are in."""

    sheet = models.ForeignKey(VoteSheet, models.CASCADE, related_name="counts", verbose_name="表决票")
    teller = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="计票人")
    issued = models.PositiveSmallIntegerField("发票")
    returned = models.PositiveSmallIntegerField("收回")
    missing = models.PositiveSmallIntegerField("未收回")
    valid = models.PositiveSmallIntegerField("有效")
    invalid = models.PositiveSmallIntegerField("无效")
    marks = models.JSONField("各人票数", help_text="序号 → 同意、反对、弃权、无效、回避")
    entered_at = models.DateTimeField("录入时间")

    class Meta:
        verbose_name = verbose_name_plural = "计票录入"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "teller"], name="one_count_a_teller"),
            models.CheckConstraint(
                condition=Q(issued=F("returned") + F("missing"), returned=F("valid") + F("invalid")),
                name="a_count_adds_up",
            ),
        ]
        triggers = bars.COUNT

    def __str__(self) -> str:
        return f"{self.teller}的计票"

    def as_count(self) -> SheetCount:
        """The stored totals as the rules take them."""
        lines = {int(number): LineCount(**marks) for number, marks in self.marks.items()}
        return SheetCount(self.issued, self.returned, self.missing, self.valid, self.invalid, lines)
