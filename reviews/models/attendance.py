"""签到, as a panel's meeting and the committee's keep it: in person, and seen by two people."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from reviews.choices import SignInMethod


def _seen_by(label: str) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=label
    )


class Attendance(models.Model):
    """That a member is in the room: he signed in or was copied from the list, and who saw him there.

    `checked_by` and `confirmed_by` are two people, whoever keeps the list and whoever watches him, so that nobody
    alone can seat somebody who is absent. The committee does not start without them, a panel opens no box.
    """

    signed_at = models.DateTimeField("签到时间")
    method = models.CharField("签到方式", max_length=10, choices=SignInMethod)
    promised = models.BooleanField("已作保密与回避承诺", default=False)
    checked_by = _seen_by("核对人")
    confirmed_by = _seen_by("复核人")

    class Meta:
        abstract = True
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | Q(checked_by__isnull=False) & ~Q(confirmed_by=F("checked_by")),
                name="%(class)s_is_checked_by_two_people",
            )
        ]

    def __str__(self) -> str:
        return f"{self.member}"
