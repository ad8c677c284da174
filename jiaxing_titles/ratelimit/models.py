"""Tries counted in the database, so that a dead Redis opens no gate (decision 39)."""

from django.db import models


class AttemptWindow(models.Model):
    """How often one keyed hash (of an address, of a name) tried one thing within one window of time."""

    scope = models.CharField("事项", max_length=20)
    key = models.CharField("来源摘要", max_length=64)
    starts_at = models.DateTimeField("时段开始")
    count = models.PositiveIntegerField("次数", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "尝试次数"
        constraints = [models.UniqueConstraint(fields=["scope", "key", "starts_at"], name="one_window_a_key")]
        indexes = [models.Index(fields=["starts_at"], name="attempt_age")]

    def __str__(self) -> str:
        return f"{self.scope} {self.starts_at:%Y-%m-%d %H:%M}"
