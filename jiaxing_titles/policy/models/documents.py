"""The documents that bind: what the 办法 rests on and what came after it."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q

from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import Organisation
from jiaxing_titles.actions.case import Case, CaseQuerySet


class PolicyDocumentQuerySet(CaseQuerySet):
    def visible_to(self, actor: Actor | None) -> PolicyDocumentQuerySet:
        """What binds is for everybody; what is not confirmed yet, for those who act."""
        return self if actor else self.confirmed()

    def confirmed(self) -> PolicyDocumentQuerySet:
        return self.exclude(confirmed_at=None)

    def in_force(self, on: dt.date) -> PolicyDocumentQuerySet:
        """Confirmed, in effect and not repealed on that day."""
        return self.confirmed().filter(Q(repealed_on=None) | Q(repealed_on__gt=on), effective_on__lte=on)


class PolicyDocument(Case):
    """政策文件: what a year rests on (R-0.1). Entered by 经办, confirmed by 领导; its repeal is a dated fact."""

    number = models.CharField("文号", max_length=60, blank=True, help_text="没有文号的空着。")
    title = models.CharField("文件名称", max_length=200)
    effective_on = models.DateField("生效日期")
    repealed_on = models.DateField("废止日期", null=True, blank=True)
    url = models.URLField("网址", blank=True, max_length=300)
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)

    objects = PolicyDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "政策文件"
        ordering = ["-effective_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="one_policy_a_number"),
            models.CheckConstraint(
                condition=Q(repealed_on=None) | Q(repealed_on__gt=F("effective_on")),
                name="repealed_after_it_took_effect",
            ),
        ]

    def __str__(self) -> str:
        return f"《{self.title}》（{self.number}）" if self.number else f"《{self.title}》"

    def get_absolute_url(self) -> str:
        return "/policy/#documents"

    @property
    def bureau(self) -> Organisation:
        """The city bureau, which keeps the register."""
        return Organisation.objects.get(kind=Organisation.Kind.CITY_BUREAU)
