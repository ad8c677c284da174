"""评前公示名单 (办法五（二）): everybody who submitted stands on it; nobody picks (decision 37)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from jiaxing_titles.actions import Case


class PreReviewRoster(Case):
    """Made when the notice opens; its period keeps days, entries and objections."""

    organisation_path = "round__enterprise__organisation"
    locks = ("round",)

    round = models.OneToOneField("AnnualRound", models.PROTECT, related_name="roster", verbose_name="年度评审")
    period = models.OneToOneField(
        "publicity.PublicityPeriod", models.PROTECT, related_name="pre_review_roster", verbose_name="公示"
    )

    class Meta:
        verbose_name = verbose_name_plural = "评前公示名单"

    def __str__(self) -> str:
        return f"{self.round}评前公示"

    def get_absolute_url(self) -> str:
        return reverse("applications:notice", args=[self.pk])


class RosterEntry(models.Model):
    """One applicant of the round: recommended and on the notice, or not recommended with the reason."""

    roster = models.ForeignKey(PreReviewRoster, models.PROTECT, related_name="entries")
    application = models.OneToOneField("TitleApplication", models.PROTECT, related_name="roster_entry")
    entry = models.OneToOneField(
        "publicity.PublicityEntry", models.PROTECT, null=True, blank=True, related_name="roster_entry"
    )
    not_recommended = models.BooleanField("不予推荐", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "名单条目"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(not_recommended=True, entry=None) | Q(not_recommended=False) & ~Q(entry=None),
                name="recommended_means_on_notice",
            )
        ]

    def __str__(self) -> str:
        return str(self.application)
