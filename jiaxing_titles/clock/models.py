from django.db import models


class ClockSetting(models.Model):
    """The single row behind `app_now()`: a shift, or an instant at which the clock stands still."""

    shift = models.DurationField("偏移")
    frozen_at = models.DateTimeField("停在", null=True, blank=True)

    class Meta:
        db_table = "clock_setting"
        verbose_name = verbose_name_plural = "时钟"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="clock_has_one_row")]

    def __str__(self) -> str:
        return str(self.frozen_at or self.shift)
