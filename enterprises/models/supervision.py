"""信用档案和退出机制 (办法六（一）、六（三）): what is on record, and the path from a finding to its effect."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from enterprises import gates
from enterprises.choices import CreditKind, Measure
from enterprises.choices import SanctionState as S
from enterprises.models.organisation import Enterprise
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Case, CaseQuerySet, StateField, guarded, move


class CreditRecord(Case):
    """One dated fact of a credit file, with evidence, notice and the right to answer (F-85). Never deleted."""

    organisation_path = "enterprise__organisation"
    locks = ("enterprise",)

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="credit_records", verbose_name="企业")
    person = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="credit_records", verbose_name="当事人"
    )
    cycle = models.ForeignKey(
        "policy.Cycle", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="年度"
    )
    sanction = models.ForeignKey(
        "enterprises.SanctionCase",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="credit_records",
        verbose_name="处置事项",
    )
    occurred_on = models.DateField("日期")
    kind = models.CharField("类型", max_length=20, choices=CreditKind)
    clause = models.CharField("依据条款", max_length=60)
    facts = models.TextField("事实", max_length=2000)
    evidence = models.ForeignKey(
        "attachments.Attachment", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="证据"
    )
    inspection = models.ForeignKey(
        "enterprises.Inspection",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="credit_records",
        verbose_name="监督检查",
    )
    recorded_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="记录人"
    )
    recorded_at = models.DateTimeField("记录、告知时间")
    valid_until = models.DateField("有效期至", null=True, blank=True)
    reply = models.TextField("陈述申辩", blank=True, max_length=2000)
    replied_at = models.DateTimeField("陈述申辩时间", null=True, blank=True)
    annulled_at = models.DateTimeField("撤销记录时间", null=True, blank=True)
    annul_reason = models.CharField("撤销记录理由", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "信用记录"
        ordering = ["-occurred_on", "-pk"]
        indexes = [models.Index(fields=["enterprise", "-occurred_on", "-id"], name="credit_file")]

    def __str__(self) -> str:
        return f"{self.enterprise}{self.occurred_on:%Y-%m-%d}{self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("enterprises:credit_record", args=[self.pk])


class CreditDismissal(models.Model):
    """A record that was proposed and not made, with the reason (F-85). Read by officials alone, never deleted.

    What was proposed: `kind` of the company's year, or what the `inspection` found.
    """

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="credit_dismissals", verbose_name="企业")
    cycle = models.ForeignKey("policy.Cycle", models.PROTECT, related_name="+", verbose_name="年度")
    kind = models.CharField("类型", max_length=20, choices=CreditKind)
    inspection = models.OneToOneField(
        "enterprises.Inspection",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="credit_dismissal",
        verbose_name="监督检查",
    )
    reason = models.TextField("不予记入的理由", max_length=2000)
    dismissed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="办理人")
    dismissed_at = models.DateTimeField("办理时间")

    class Meta:
        verbose_name = verbose_name_plural = "不予记入信用档案"
        ordering = ["-dismissed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "cycle", "kind"], condition=Q(inspection=None), name="one_dismissal_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.enterprise}{self.get_kind_display()}：不予记入信用档案"


class SanctionQuerySet(CaseQuerySet):
    """A company learns of a case when it is told of it, not while the city is still looking."""

    def visible_to(self, actor: Actor | None) -> CaseQuerySet:
        rows = super().visible_to(actor)
        if actor and actor.role in Role.enterprise_side():
            return rows.exclude(noticed_at=None)
        return rows


@guarded
class SanctionCase(Case):
    """处置事项: finding → notice → answer → 经办, 审核, 领导 → effect (R-6.3.3)."""

    organisation_path = "enterprise__organisation"
    locks = ("enterprise",)

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="sanctions", verbose_name="企业")
    cycle = models.ForeignKey("policy.Cycle", models.PROTECT, related_name="sanctions", verbose_name="年度")
    state = StateField(S)
    measure = models.CharField("处置措施", max_length=20, choices=Measure)
    clause = models.CharField("依据条款", max_length=60)
    facts = models.TextField("查明的事实", max_length=4000)
    evidence = models.ManyToManyField("attachments.Attachment", blank=True, related_name="+", verbose_name="证据")
    found_at = models.DateTimeField("立案时间")
    noticed_at = models.DateTimeField("告知时间", null=True, blank=True)
    answer_due_on = models.DateField("陈述申辩期限", null=True, blank=True)
    answer = models.TextField("陈述申辩", blank=True, max_length=4000)
    answered_at = models.DateTimeField("陈述申辩时间", null=True, blank=True)
    opinion = models.TextField("处置意见", blank=True, max_length=2000)
    review_opinion = models.TextField("审核意见", blank=True, max_length=2000)
    decision_number = models.CharField("决定文号", max_length=40, blank=True)
    decision = models.TextField("决定", blank=True, max_length=2000)
    decided_at = models.DateTimeField("决定时间", null=True, blank=True)
    effective_on = models.DateField("生效日期", null=True, blank=True)
    rectify_due_on = models.DateField("整改期限", null=True, blank=True)
    rectified_at = models.DateTimeField("整改完成时间", null=True, blank=True)
    rectification = models.TextField("整改情况", blank=True, max_length=2000)

    objects = SanctionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "处置事项"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="effective") | Q(effective_on__isnull=False), name="an_effect_has_its_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise}{self.cycle.year}年度{self.get_measure_display()}事项"

    def get_absolute_url(self) -> str:
        return reverse("enterprises:sanction", args=[self.pk])

    @move(state, S.FOUND, S.NOTICED)
    def notify(self) -> None: ...

    @move(state, S.NOTICED, S.ANSWERED)
    def receive_answer(self) -> None: ...

    @move(state, S.NOTICED, S.ANSWERED, gate=gates.hearing_over)
    def close_hearing(self) -> None: ...

    @move(state, S.FOUND, S.ANSWERED)
    def file_exit(self) -> None: ...

    @move(state, S.ANSWERED, S.PROPOSED)
    def propose(self) -> None: ...

    @move(state, S.PROPOSED, S.ANSWERED)
    def send_back(self) -> None: ...

    @move(state, S.PROPOSED, S.REVIEWED)
    def review(self) -> None: ...

    @move(state, S.REVIEWED, S.ANSWERED)
    def reject(self) -> None: ...

    @move(state, S.REVIEWED, S.DECIDED)
    def decide(self) -> None: ...

    @move(state, S.DECIDED, S.EFFECTIVE)
    def take_effect(self) -> None: ...

    @move(state, [S.FOUND, S.NOTICED, S.ANSWERED, S.PROPOSED, S.REVIEWED], S.DROPPED)
    def drop(self) -> None: ...


class Referral(models.Model):
    """移送: to whom, when, with which material, where it is serious (R-6.3.5)."""

    sanction = models.ForeignKey(SanctionCase, models.PROTECT, related_name="referrals", verbose_name="处置事项")
    referred_to = models.CharField("移送单位", max_length=120)
    referred_on = models.DateField("移送日期")
    matter = models.TextField("移送事项和责任人", max_length=1000)
    materials = models.TextField("移送材料", max_length=1000)
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="登记人")

    class Meta:
        verbose_name = verbose_name_plural = "移送记录"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"移送{self.referred_to}"
