"""随机抽取 (办法五（二）、六（一）): the pool frozen before any secret is known, both commitments, every run."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import Organisation
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Case, StateField, guarded, move
from jiaxing_titles.actions.bars import bar
from jiaxing_titles.identity.fields import EncryptedField
from jiaxing_titles.policy.models import Cycle
from reviews.choices import DrawState
from reviews.models.filing import ReviewFiling

_GONE = pgtrigger.Update | pgtrigger.Delete
_STANDS = bar(
    "pool_stands",
    """TG_OP = 'DELETE' OR (NEW.filing_id, NEW.cycle_id, NEW.pool, NEW.pool_hash, NEW.commitment)
            IS DISTINCT FROM (OLD.filing_id, OLD.cycle_id, OLD.pool, OLD.pool_hash, OLD.commitment)
        OR OLD.supervisor_hash <> '' AND OLD.supervisor_hash <> NEW.supervisor_hash""",
    "PR-9 备池后名单和双方校验值不能改动",
    on=_GONE,
)
_REVEALED = bar(
    "reveals_what_was_committed",
    """NOT EXISTS (
        SELECT 1 FROM reviews_randomdraw d WHERE d.id = NEW.draw_id
          AND d.state = CASE WHEN NEW.run_no = 1 THEN 'committed' ELSE 'drawn' END
          AND (NEW.run_no = 1 OR d.filing_id IS NOT NULL)
          AND encode(sha256(decode(NEW.secret, 'hex')), 'hex') = d.supervisor_hash
          AND encode(sha256(decode(NEW.code, 'hex')), 'hex') = COALESCE(
              (SELECT r.code FROM reviews_drawrun r WHERE r.draw_id = d.id AND r.run_no = NEW.run_no - 1),
              CASE WHEN NEW.run_no = 1 THEN d.commitment END))""",
    "PR-9 揭示的密数与抽取前的校验值不符",
    on=pgtrigger.Insert,
)


@guarded
class RandomDraw(Case):
    """One frozen pool: experts for one filing's meeting, or companies of one year for inspection.

    `secret` starts the bureau's hash chain; nobody is shown it, before or after.
    """

    organisation_path = "organisation"
    locks = ("filing",)

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="市局")
    filing = models.ForeignKey(
        ReviewFiling, models.PROTECT, null=True, blank=True, related_name="draws", verbose_name="备案"
    )
    cycle = models.ForeignKey(
        Cycle, models.PROTECT, null=True, blank=True, related_name="inspection_draws", verbose_name="抽查年度"
    )
    pool = models.JSONField("专家库名单")
    pool_hash = models.CharField("名单校验值", max_length=64)
    secret = EncryptedField("市局密数")
    commitment = models.CharField("市局密数校验值", max_length=64)
    supervisor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="监督员"
    )
    supervisor_hash = models.CharField("监督员密数校验值", max_length=64, blank=True)
    blind_until = models.DateTimeField("姓名公开时间", null=True, blank=True, help_text="此前只显示编号。")
    aliases = EncryptedField("编号对照", blank=True, default="")
    approved_run = models.PositiveSmallIntegerField("同意的抽取次数", default=1)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="同意人"
    )
    state = StateField(DrawState)

    class Meta:
        verbose_name = verbose_name_plural = "随机抽取"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["filing"], condition=~Q(state=DrawState.VOID), name="one_standing_pool_a_filing"
            ),
            models.CheckConstraint(
                condition=Q(filing=None, cycle__isnull=False) | Q(cycle=None, filing__isnull=False),
                name="a_draw_has_one_purpose",
            ),
        ]
        triggers = [_STANDS]

    def __str__(self) -> str:
        return f"随机抽取：{self.filing.meeting if self.filing else f'{self.cycle}随机抽查'}"

    @classmethod
    def also_visible(cls, actor: Actor) -> Q:
        """The company for whose meeting an expert is drawn, and its county; of inspections nobody is warned."""
        if actor.organisation is None:
            return Q(pk__in=[])
        if actor.role in Role.enterprise_side():
            return Q(filing__round__enterprise__organisation=actor.organisation)
        if actor.role == Role.COUNTY:
            return Q(filing__round__enterprise__organisation__supervisor=actor.organisation)
        return Q(pk__in=[])

    def get_absolute_url(self) -> str:
        return reverse("reviews:draw", args=[self.pk])

    def console_url(self) -> str:
        return self.get_absolute_url()

    @property
    def blind(self) -> bool:
        """Whether codes stand for names still, for everybody but the expert himself (F-46)."""
        return self.blind_until is not None and clock.now() < self.blind_until

    @move(state, DrawState.POOLED, DrawState.COMMITTED)
    def commit(self) -> None:
        """Both parties are bound; the outcome is fixed and nobody knows it."""

    @move(state, DrawState.COMMITTED, DrawState.DRAWN, label="抽取")
    def reveal(self) -> None:
        """The first run: from here on there is no other pool, only further runs of this one (F-45)."""

    @move(state, [DrawState.POOLED, DrawState.COMMITTED], DrawState.VOID)
    def void(self) -> None:
        """The supervisor lost his secret, before any run."""


class DrawRun(models.Model):
    """One run: what was revealed and what follows from it. Never changed, never deleted (F-45)."""

    draw = models.ForeignKey(RandomDraw, models.PROTECT, related_name="runs", verbose_name="随机抽取")
    run_no = models.PositiveSmallIntegerField("第几次")
    code = models.CharField("市局揭示的密数", max_length=64)
    secret = models.CharField("监督员密数", max_length=64)
    unavailable = models.JSONField("不能到会的", default=list)
    order = models.JSONField("排序")
    chosen = models.JSONField("抽中")
    reason = models.CharField("重新抽取原因", max_length=200, blank=True)
    evidence = models.CharField("依据", max_length=200, blank=True)
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="抽取人",
        help_text="空着：专家逾期未答复，由系统按次序抽取。",
    )  # fmt: skip
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="同意人"
    )
    at = models.DateTimeField("抽取时间")

    class Meta:
        verbose_name = verbose_name_plural = "抽取记录"
        ordering = ["draw", "run_no"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "run_no"], name="one_run_a_number"),
            models.CheckConstraint(condition=Q(run_no=1) | ~Q(reason=""), name="a_redraw_has_its_reason"),
            models.CheckConstraint(
                condition=Q(run_no__lte=2) | Q(agreed_by__isnull=False), name="a_further_redraw_has_its_second_official"
            ),
        ]
        triggers = [bar("run_stands", "true", "PR-9 抽取记录不能改动或删除", on=_GONE), _REVEALED]

    def __str__(self) -> str:
        return f"{self.draw}第{self.run_no}次"
