"""人员名册: who works for the company, on what footing, from when to when (R-6.3.2)."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from applications.choices import Employment
from jiaxing_titles.actions import Case


class StaffMember(Case):
    """One employment of one person with one company. Ended, never deleted."""

    organisation_path = "enterprise__organisation"
    owner_path = "person"
    locks = ("enterprise",)

    enterprise = models.ForeignKey("enterprises.Enterprise", models.PROTECT, related_name="staff", verbose_name="企业")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="employments", verbose_name="人员"
    )
    number = models.CharField("工号", max_length=20, blank=True)
    department = models.CharField("部门", max_length=50)
    position = models.CharField("岗位", max_length=50)
    employment = models.CharField("用工形式", max_length=20, choices=Employment, default=Employment.CONTRACT)
    joined_on = models.DateField("入职日期")
    left_on = models.DateField("离职日期", null=True, blank=True)
    left_reason = models.CharField("离职说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "人员名册"
        ordering = ["enterprise", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "person"], condition=Q(left_on=None), name="one_employment_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")), name="leaves_after_joining"
            ),
            models.CheckConstraint(condition=Q(employment__in=Employment.values), name="known_employment"),
        ]

    def __str__(self) -> str:
        return f"{self.person}（{self.enterprise.organisation.short_name}）"

    def get_absolute_url(self) -> str:
        return reverse("applications:staff", args=[self.pk])

    def employed_on(self, day: dt.date) -> bool:
        """Whether the person is with the company on that day; the last day counts."""
        return self.joined_on <= day and (self.left_on is None or day <= self.left_on)
