"""The electronic secret ballot (办法五（三）): key, roll, sealed ballots, slips, board.

Two books with nothing between them: the roll and the sealed ballots say who has voted, the slips say what was voted.
`SealedBallot`, `Slip` and `Board` have no time, no running number and no key that follows the order of writing.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import Organisation
from jiaxing_titles.actions import Case, StateField, guarded, move
from reviews import gates
from reviews.choices import Choice, KeyState, SeatState
from reviews.models import ballot_bars
from reviews.models.committee import CommitteeMeeting, CommitteeMember
from reviews.models.meeting import ReviewMeeting
from reviews.models.panel import PanelMember
from reviews.models.tally import VoteSheet


@guarded
class KeyCeremony(Case):
    """The key of one meeting: the public half, and by whose shares the other half is known. Never the other half."""

    organisation_path = "organisation"
    joins_many = True

    meeting = models.OneToOneField(
        ReviewMeeting, models.PROTECT, null=True, blank=True, related_name="key", verbose_name="企业评审会"
    )
    session = models.OneToOneField(
        CommitteeMeeting, models.PROTECT, null=True, blank=True, related_name="key", verbose_name="中评委会议"
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="主办单位")
    needed = models.PositiveSmallIntegerField("开票须凑齐份数")
    suite = models.CharField("密码套件", max_length=120, blank=True)
    public_key = models.BinaryField("公钥", default=bytes)
    state = StateField(KeyState)

    class Meta:
        verbose_name = verbose_name_plural = "开票钥匙"
        constraints = [
            models.CheckConstraint(
                condition=Q(meeting=None, session__isnull=False) | Q(session=None, meeting__isnull=False),
                name="a_key_has_one_meeting",
            )
        ]
        triggers = [ballot_bars.KEY_STANDS]

    def __str__(self) -> str:
        return f"{self.sitting}的开票钥匙"

    def get_absolute_url(self) -> str:
        return reverse("reviews:key", args=[self.pk])

    def console_url(self) -> str:
        return self.get_absolute_url()

    @classmethod
    def also_visible(cls, actor: Actor) -> Q:
        """Whoever holds a share of it."""
        return Q(holders__user=actor.user) if actor.user else Q(pk__in=[])

    @property
    def sitting(self) -> Any:
        return self.meeting or self.session

    @property
    def public_hash(self) -> str:
        """By which the public key is named in the record."""
        return hashlib.sha256(self.public_key).hexdigest()

    @property
    def ballots_in_boxes(self) -> int:
        """How many were sealed to it, empty ones as well."""
        return SealedBallot.objects.filter(sheet__in=self.sitting.sheets.all()).count()

    @move(state, KeyState.UNMADE, KeyState.MADE)
    def make(self) -> None:
        """A new key in shares, which only their holders have."""

    @move(state, [KeyState.MADE, KeyState.CHECKED], KeyState.UNMADE, gate=gates.key_unused, label="作废")
    def void(self) -> None:
        """A share was lost or a holder changes, before anybody voted."""

    @move(state, KeyState.MADE, KeyState.CHECKED)
    def confirm(self) -> None:
        """Every share was typed back and every set of them opened a test ballot."""

    @move(state, KeyState.CHECKED, KeyState.DESTROYED, gate=gates.key_no_longer_needed)
    def destroy(self) -> None:
        """The holders tore up their shares; nothing sealed to it opens again."""

    @move(state, KeyState.DESTROYED, KeyState.ERASING, gate=gates.ballots_may_go)
    def propose_erasure(self) -> None:
        """The time of review is over: what is sealed may go."""

    @move(state, KeyState.ERASING, KeyState.DESTROYED)
    def keep_ballots(self) -> None:
        """They are still wanted."""

    @move(state, KeyState.ERASING, KeyState.ERASED, gate=gates.ballots_may_go)
    def erase(self) -> None:
        """The sealed ballots are empty; receipts, slips and boards stay."""


class KeyHolder(models.Model):
    """监票人 with one share. `fingerprint` is SHA-256 over 128 random bits: it names a share and gives none away."""

    ceremony = models.ForeignKey(KeyCeremony, models.CASCADE, related_name="holders", verbose_name="开票钥匙")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="监票人")
    number = models.PositiveSmallIntegerField("第几份")
    fingerprint = models.CharField("份的指纹", max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "钥匙保管人"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["ceremony", "number"], name="one_holder_a_share"),
            models.UniqueConstraint(fields=["ceremony", "user"], name="one_share_a_holder"),
        ]

    def __str__(self) -> str:
        return f"{self.user}（第{self.number}份）"


@guarded
class BallotSeat(Case):
    """One seat on the roll of one sheet, frozen at its opening: who may vote, on whom not, and whether he has."""

    organisation_path = "sheet__organisation"
    owner_path = "user"

    sheet = models.ForeignKey(VoteSheet, models.PROTECT, related_name="roll", verbose_name="表决票")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="评委")
    panel_member = models.ForeignKey(
        PanelMember, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="评审专家"
    )
    committee_member = models.ForeignKey(
        CommitteeMember, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="中评委评委"
    )
    recused = models.JSONField("回避的序号", default=list)
    may_vote = models.BooleanField("有表决权", default=True, help_text="对票上所有人回避的没有。")
    state = StateField(SeatState)

    class Meta:
        verbose_name = verbose_name_plural = "表决席位"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "user"], name="one_seat_a_person_and_sheet"),
            models.CheckConstraint(
                condition=Q(panel_member=None, committee_member__isnull=False)
                | Q(committee_member=None, panel_member__isnull=False),
                name="a_seat_has_one_member",
            ),
        ]
        triggers = ballot_bars.SEAT

    def __str__(self) -> str:
        return f"{self.user}在{self.sheet}上的席位"

    def get_absolute_url(self) -> str:
        return reverse("reviews:ballot", args=[self.sheet_id])

    def console_url(self) -> str:
        return self.get_absolute_url()

    @classmethod
    def also_visible(cls, actor: Actor) -> Q:
        """His own."""
        return Q(user=actor.user) if actor.user else Q(pk__in=[])

    @move(state, SeatState.WAITING, SeatState.VOTED, gate=gates.seat_may_vote)
    def cast(self) -> None:
        """His ballot is in the box."""


class SealedBallot(models.Model):
    """A ballot that only the meeting's key opens. The application may write `ciphertext`, never read it.

    After the time of review it is emptied and its receipt stays.
    """

    receipt = models.CharField("回执", max_length=64, primary_key=True)
    sheet = models.ForeignKey(VoteSheet, models.DO_NOTHING, related_name="+", verbose_name="表决票", db_index=False)
    seat = models.ForeignKey(BallotSeat, models.DO_NOTHING, related_name="+", verbose_name="席位")
    recused = models.JSONField("回避的序号", help_text="与席位上登记的相同；开票时核对，不用看席位。")
    ciphertext = models.BinaryField("密封的选票")

    class Meta:
        verbose_name = verbose_name_plural = "密封选票"
        constraints = [models.UniqueConstraint(fields=["sheet", "seat"], name="one_ballot_a_seat_and_sheet")]
        triggers = ballot_bars.BALLOT

    def __str__(self) -> str:
        return self.receipt


class Slip(models.Model):
    """One mark beside one name, after the shuffle: of nobody. All slips of a sheet come in one statement."""

    code = models.CharField("核对码", max_length=20, primary_key=True)
    sheet = models.ForeignKey(VoteSheet, models.DO_NOTHING, related_name="+", verbose_name="表决票", db_index=False)
    number = models.PositiveSmallIntegerField("序号")
    choice = models.CharField("选择", max_length=10, choices=Choice)

    class Meta:
        verbose_name = verbose_name_plural = "票面"
        indexes = [models.Index(fields=["sheet", "number"], name="slips_of_a_name")]
        constraints = [models.CheckConstraint(condition=Q(choice__in=Choice.values), name="one_of_three_choices")]
        triggers = ballot_bars.SLIP

    def __str__(self) -> str:
        return f"{self.number} {self.get_choice_display()}"


class Board(models.Model):
    """The file from which anybody counts again (reviews/rules/ballot/verify_board.py), and its hash for the minutes."""

    sheet = models.OneToOneField(
        VoteSheet, models.DO_NOTHING, primary_key=True, related_name="board", verbose_name="表决票"
    )
    file = models.TextField("计票文件")
    sha256 = models.CharField("校验值", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "计票文件"
        triggers = ballot_bars.BOARD

    def __str__(self) -> str:
        return f"{self.sheet}的计票文件"
