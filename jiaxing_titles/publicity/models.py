"""公示: one table and one flow, inside the company (办法五（二）) and for the city (办法五（四）)."""

from __future__ import annotations

import datetime as dt
import secrets

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from jiaxing_titles.accounts.models import Organisation
from jiaxing_titles.actions.bars import TODAY, WRITES, bar
from jiaxing_titles.actions.case import Case, StateField, guarded, move
from jiaxing_titles.attachments.models import Attachment
from jiaxing_titles.identity.fields import EncryptedField
from jiaxing_titles.policy.models import Cycle
from jiaxing_titles.publicity.choices import OPEN_OBJECTIONS, ObjectionState, PeriodKind, PeriodState

# SQL over `e`, a publicity_publicityentry: `PublicityEntry.is_clear` in the database, for the bars of the stages.
CLEAR = f"""(e.removed_at IS NULL AND e.ends_on < {TODAY} AND NOT EXISTS (
    SELECT 1 FROM publicity_objection o WHERE o.period_id = e.period_id AND (o.entry_id = e.id OR o.entry_id IS NULL)
    AND o.state IN ('received', 'investigating', 'upheld')))"""
# SQL over a new row: as many different working days as the notice has, none before its first day, the last its end.
_SHORT = """NEW.ends_on IS NOT NULL AND (
    NEW.ends_on, NEW.starts_on, NEW.counted_days) IS DISTINCT FROM (OLD.ends_on, OLD.starts_on, OLD.counted_days)
    AND NOT (
        SELECT count(DISTINCT day) >= (SELECT days FROM publicity_publicityperiod WHERE id = NEW.period_id)
               AND max(day) = NEW.ends_on AND min(day) >= NEW.starts_on
               AND bool_and(COALESCE(is_workday, extract(isodow FROM day) < 6))
        FROM (SELECT text::date AS day FROM jsonb_array_elements_text(NEW.counted_days) text) counted
        LEFT JOIN workdays_calendarday USING (day))"""
_CODE = "ABCDEFGHJKMNPQRSTVWXYZ23456789"


def new_code(length: int = 8) -> str:
    """A code that people can read out: no I, L, O, U, 0, 1."""
    return "".join(secrets.choice(_CODE) for _ in range(length))


@guarded
class PublicityPeriod(Case):
    """One 公示. Its dates are computed, never typed; each entry has its own, so a correction restarts one person."""

    organisation_path = "organisation"

    kind = models.CharField("类别", max_length=10, choices=PeriodKind)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="publicity", verbose_name="公示单位")
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="publicity", verbose_name="年度")
    title = models.CharField("标题", max_length=120)
    contact = models.CharField("受理方式", max_length=200, blank=True)
    poster_code = models.CharField("查看码", max_length=12, default=new_code, editable=False)
    days = models.PositiveSmallIntegerField("工作日数", default=5)
    opened_on = models.DateField("公示起始日", null=True, blank=True)
    opened_at = models.DateTimeField("发布时间", null=True, blank=True)
    ends_on = models.DateField("公示截止日", null=True, blank=True)
    counted_days = models.JSONField("计入的工作日", default=list)
    extra_days = models.PositiveSmallIntegerField("延长工作日", default=0)
    awaits_year = models.PositiveSmallIntegerField(
        "等待放假通知的年份", null=True, blank=True, help_text="该年份的通知导入后，截止日才能算出。"
    )
    content_hash = models.CharField("公示内容校验值", max_length=64, blank=True)
    state = StateField(PeriodState)

    class Meta:
        verbose_name = verbose_name_plural = "公示"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(days__gte=5), name="publicity_of_five_days_at_least"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "cancelled"])
                | Q(opened_on__isnull=False, ends_on__isnull=False, ends_on__gt=F("opened_on")),
                name="an_open_notice_has_its_days",
            ),
        ]
        indexes = [models.Index(fields=["state", "ends_on"], name="publicity_due")]

    @property
    def changes_since_opening(self) -> models.QuerySet[PeriodChange]:
        """What moved the last day, oldest first."""
        return self.changes.exclude(kind=PeriodChange.Kind.OPENED)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/notices/{self.pk}/"  # the public page, of both kinds

    @move(state, PeriodState.DRAFT, PeriodState.RUNNING, label="发布公示")
    def open(self) -> None: ...

    @move(state, PeriodState.RUNNING, PeriodState.CLOSED, label="公示结束")
    def close(self) -> None: ...

    @move(state, [PeriodState.DRAFT, PeriodState.RUNNING], PeriodState.CANCELLED, label="取消公示")
    def cancel(self) -> None: ...


class PublicityEntry(models.Model):
    """One person in a notice. `columns` is the whitelist that readers see, and nothing else is kept here."""

    period = models.ForeignKey(PublicityPeriod, models.PROTECT, related_name="entries", verbose_name="公示")
    number = models.PositiveIntegerField("序号")
    name = models.CharField("姓名", max_length=50)
    columns = models.JSONField("公示内容", default=dict)
    starts_on = models.DateField("起始日", null=True, blank=True)
    ends_on = models.DateField("截止日", null=True, blank=True)
    counted_days = models.JSONField("计入的工作日", default=list)
    corrected_at = models.DateTimeField("更正时间", null=True, blank=True)
    correction = models.CharField("更正说明", max_length=300, blank=True)
    passed_at = models.DateTimeField("公示通过时间", null=True, blank=True)
    removed_at = models.DateTimeField("撤下时间", null=True, blank=True)
    removal_reason = models.CharField("撤下原因", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "公示人员"
        ordering = ["period_id", "number"]
        constraints = [models.UniqueConstraint(fields=["period", "number"], name="one_number_a_notice")]
        triggers = [bar("not_shortened", _SHORT, "PR-5 公示期不得少于规定的工作日", on=WRITES)]

    def __str__(self) -> str:
        return self.name

    def is_over(self, on: dt.date) -> bool:
        """Whether this person's own days have passed: from the day after the last counted one."""
        return self.removed_at is None and self.ends_on is not None and on > self.ends_on

    def is_clear(self, on: dt.date) -> bool:
        """Over, with no objection open or upheld against the person or the whole notice (办法五（四）)."""
        against = Objection.objects.filter(period_id=self.period_id).filter(Q(entry=self) | Q(entry=None))
        return self.is_over(on) and not against.filter(state__in=[*OPEN_OBJECTIONS, ObjectionState.UPHELD]).exists()


class PeriodChange(models.Model):
    """Why the days of a notice changed: extension, correction, outage, suspension. Kept and shown."""

    class Kind(models.TextChoices):
        OPENED = "opened", "发布"
        EXTENDED = "extended", "延长"
        CORRECTED = "corrected", "更正"
        OUTAGE = "outage", "网站中断补足"
        SUSPENDED = "suspended", "暂停顺延"
        CALENDAR = "calendar", "放假通知更新"

    period = models.ForeignKey(PublicityPeriod, models.PROTECT, related_name="changes", verbose_name="公示")
    entry = models.ForeignKey(
        PublicityEntry, models.PROTECT, null=True, blank=True, related_name="changes", verbose_name="人员"
    )
    kind = models.CharField("变更", max_length=10, choices=Kind)
    ends_before = models.DateField("原截止日", null=True, blank=True)
    ends_after = models.DateField("现截止日")
    reason = models.CharField("说明", max_length=300, blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "公示期变更"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}至{self.ends_after}"


@guarded
class Objection(Case):
    """异议. Holds one person (or the whole notice) until it is settled; the others go on."""

    organisation_path = "period__organisation"
    locks = ("period",)

    period = models.ForeignKey(PublicityPeriod, models.PROTECT, related_name="objections", verbose_name="公示")
    entry = models.ForeignKey(
        PublicityEntry, models.PROTECT, null=True, blank=True, related_name="objections", verbose_name="针对人员"
    )
    code = models.CharField("编号", max_length=16, unique=True, default=new_code, editable=False)
    complainant = EncryptedField("异议人姓名")
    phone = EncryptedField("联系电话")
    text = models.TextField("异议内容", max_length=2000)
    evidence = models.ManyToManyField(Attachment, blank=True, related_name="+", verbose_name="证据材料")
    received_at = models.DateTimeField("收到时间")
    late = models.BooleanField("公示期后收到", default=False)
    reply_due_on = models.DateField("答复期限")
    provisional = models.BooleanField("答复期限暂定", default=False)
    findings = models.TextField("核查情况", blank=True)
    reply = models.TextField("答复", blank=True)
    settled_at = models.DateTimeField("办结时间", null=True, blank=True)
    state = StateField(ObjectionState)

    class Meta:
        verbose_name = verbose_name_plural = "异议"
        ordering = ["reply_due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["received", "investigating"]) | Q(settled_at__isnull=False),
                name="a_settled_objection_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"异议 {self.code}"

    def get_absolute_url(self) -> str:
        return reverse("objection_desk", args=[self.pk])

    @move(state, ObjectionState.RECEIVED, ObjectionState.INVESTIGATING, label="开始核查")
    def investigate(self) -> None: ...

    @move(state, [ObjectionState.RECEIVED, ObjectionState.INVESTIGATING], ObjectionState.UPHELD, label="支持异议")
    def uphold(self) -> None: ...

    @move(
        state, [ObjectionState.RECEIVED, ObjectionState.INVESTIGATING], ObjectionState.REJECTED, label="认定异议不成立"
    )
    def reject(self) -> None: ...

    @move(state, [ObjectionState.RECEIVED, ObjectionState.INVESTIGATING], ObjectionState.WITHDRAWN, label="撤回异议")
    def withdraw(self) -> None: ...
