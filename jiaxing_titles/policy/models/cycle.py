"""The year and its numbers: every threshold and date of the 办法 as a dated setting with its clause."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q

from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import Organisation, User
from jiaxing_titles.actions.case import Case, CaseQuerySet
from jiaxing_titles.policy.compositions import Composition, compose
from jiaxing_titles.policy.models.documents import PolicyDocument
from jiaxing_titles.policy.models.interpretations import Interpretation, RuleSetVersion
from jiaxing_titles.policy.rules import CLAUSES, Policy
from jiaxing_titles.reading import read_once


class CycleQuerySet(CaseQuerySet):
    def visible_to(self, actor: Actor | None) -> CycleQuerySet:
        """The year's dates are for everybody."""
        return self

    def current(self) -> Cycle | None:
        """The cycle of today's year; None before the city has opened it."""
        return self.filter(year=clock.today().year).first()


class Cycle(Case):
    """One 年度. Numbers are integers, dates are days in Asia/Shanghai, ends are inclusive to 24:00."""

    year = models.PositiveSmallIntegerField("年度", unique=True)
    apply_from = models.DateField("企业申请开始")
    apply_until = models.DateField("企业申请截止")
    county_forward_on = models.DateField("县局转报期限")
    list_due_on = models.DateField("名单公布期限")
    list_publish_days = models.PositiveSmallIntegerField("名单审定后公布工作日", default=5)
    plan_due_on = models.DateField("方案报送期限")
    counting_day = models.DateField("计算截止日")
    evidence_closes_on = models.DateField("学时截止日", null=True, blank=True, help_text="空着表示备案当日。")
    report_reminder_on = models.DateField("结果上报提醒日")
    report_due_on = models.DateField("结果上报截止日")
    report_days = models.PositiveSmallIntegerField("评审会后上报工作日", default=3)
    committee_due_on = models.DateField("中评委会议期限")
    publicity_days = models.PositiveSmallIntegerField("公示工作日数", default=5)
    count_first_day = models.BooleanField("公示首日计入", default=False)
    after_hours_next_day = models.BooleanField("17点后公示按次日起", default=True)
    ext_num = models.PositiveSmallIntegerField("外聘比例分子", default=1)
    ext_den = models.PositiveSmallIntegerField("外聘比例分母", default=3)
    quorum_num = models.PositiveSmallIntegerField("到会比例分子", default=2)
    quorum_den = models.PositiveSmallIntegerField("到会比例分母", default=3)
    pass_num = models.PositiveSmallIntegerField("通过比例分子", default=2)
    pass_den = models.PositiveSmallIntegerField("通过比例分母", default=3)
    panel_min = models.PositiveSmallIntegerField("评审委员最少人数", default=5)
    panel_advised = models.PositiveSmallIntegerField("评审委员建议人数", default=7)
    committee_min = models.PositiveSmallIntegerField("中评委最少人数", default=11)
    committee_shares = models.PositiveSmallIntegerField("中评委电子票钥匙份数", default=3)
    committee_shares_needed = models.PositiveSmallIntegerField("中评委开票须凑齐份数", default=2)
    panel_shares = models.PositiveSmallIntegerField("企业评审会电子票钥匙份数", default=1)
    panel_shares_needed = models.PositiveSmallIntegerField("企业评审会开票须凑齐份数", default=1)
    ballot_least = models.PositiveSmallIntegerField("电子票每人最少表决席数", default=5)
    draw_former_years = models.PositiveSmallIntegerField("抽取专家：离职回避年数", default=3)
    draw_most = models.PositiveSmallIntegerField("抽取专家：一年最多指派次数", default=3)
    answer_hours = models.PositiveSmallIntegerField("指派专家答复小时数", default=24)
    ballots_kept_days = models.PositiveSmallIntegerField("密封选票签认后保留天数", default=60)
    outage_hours = models.PositiveSmallIntegerField("网站中断满几小时补一天", default=4)
    filing_lead_days = models.PositiveSmallIntegerField("备案提前工作日", default=5)
    objection_reply_days = models.PositiveSmallIntegerField("异议答复工作日", default=10)
    announce_days = models.PositiveSmallIntegerField("公示期满后行文工作日", default=3)
    export_days = models.PositiveSmallIntegerField("行文后报送省系统工作日", default=10)
    appointment_reminder_days = models.PositiveSmallIntegerField("兑现提醒天数", default=60)
    notice_page_days = models.PositiveSmallIntegerField("公示页保留天数", default=30)
    initial_needs_committee = models.BooleanField("初定须经中评委表决", default=False)
    interpretation_mark = models.CharField("解释文号代字", max_length=20, default="嘉人社释")
    max_file_mb = models.PositiveSmallIntegerField("单个文件上限（MB）", default=20)
    rule_set = models.ForeignKey(
        RuleSetVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cycles",
        verbose_name="规则版本",
        help_text="年度建立时固定；空着表示办法附件，没有解释。",
    )
    basis = models.ManyToManyField(PolicyDocument, related_name="cycles", blank=True, verbose_name="依据文件")

    objects = CycleQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "年度日程"
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(condition=Q(apply_from__lte=F("apply_until")), name="intake_is_in_order"),
            models.CheckConstraint(
                condition=Q(report_reminder_on__lte=F("report_due_on"), report_due_on__lte=F("committee_due_on")),
                name="deadlines_are_in_order",
            ),
            models.CheckConstraint(
                condition=Q(list_publish_days__gte=1, report_days__gte=1, announce_days__gte=1, export_days__gte=1),
                name="working_days_of_one_at_least",
            ),
            models.CheckConstraint(condition=Q(outage_hours__range=[1, 24]), name="outage_within_a_day"),
            models.CheckConstraint(condition=Q(publicity_days__gte=5), name="notice_of_five_days_at_least"),
            models.CheckConstraint(
                condition=Q(committee_shares__range=[1, 9], committee_shares_needed__range=[1, F("committee_shares")])
                & Q(panel_shares__range=[1, 9], panel_shares_needed__range=[1, F("panel_shares")]),
                name="a_key_opens_with_the_shares_there_are",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年度"

    def get_absolute_url(self) -> str:
        return "/"  # the public home page shows the stages of the year

    @property
    def bureau(self) -> Organisation:
        """The city bureau, which alone sets the year."""
        return Organisation.objects.get(kind=Organisation.Kind.CITY_BUREAU)

    @property
    def policy(self) -> Policy:
        """The numbers as a plain value for the rules."""
        return Policy(**{name: getattr(self, name) for name in Policy.__dataclass_fields__})

    def composition(self, on: dt.date) -> Composition:
        """The rules that an evaluation on that day goes by: what the year froze, and what has taken effect since."""
        return _composition(self, on)

    @classmethod
    def clause_of(cls, name: str) -> str:
        """The clause that a setting comes from, e.g. `办法五（二）1` for `publicity_days`."""
        return CLAUSES[name]

    @classmethod
    def defaults_for(cls, year: int) -> Cycle:
        """An unsaved year with the dates of the 办法 (decision 14)."""
        return cls(
            year=year,
            apply_from=dt.date(year, 1, 1),
            apply_until=dt.date(year, 3, 31),
            county_forward_on=dt.date(year, 4, 15),
            list_due_on=dt.date(year, 4, 30),
            plan_due_on=dt.date(year, 6, 30),
            counting_day=dt.date(year, 12, 31),
            report_reminder_on=dt.date(year, 11, 10),
            report_due_on=dt.date(year, 11, 20),
            committee_due_on=dt.date(year, 12, 31),
        )


@read_once
def _composition(cycle: Cycle, on: dt.date) -> Composition:
    frozen = cycle.rule_set.composition.answers if cycle.rule_set else {}
    return compose(frozen, [one.settled for one in Interpretation.objects.issued()], on)


class NamedException(models.Model):
    """A deviation that the leadership of the city bureau allowed, by name and with its reason."""

    class Kind(models.TextChoices):
        LATE_APPLICATION = "late_application", "逾期提交试点申请"
        LATE_REPORT = "late_report", "逾期上报评审结果"
        CONDITION = "condition", "三项条件未全部满足仍予推荐"
        UNREPORTED = "unreported", "不上报，汇总时予以除外"

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="exceptions", verbose_name="年度")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="exceptions", verbose_name="单位")
    kind = models.CharField("事项", max_length=20, choices=Kind)
    reason = models.TextField("理由")
    until = models.DateField("有效期至", null=True, blank=True)
    granted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="批准人")
    granted_at = models.DateTimeField("批准时间")

    class Meta:
        verbose_name = verbose_name_plural = "例外"
        constraints = [
            models.UniqueConstraint(fields=["cycle", "organisation", "kind"], name="one_exception_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation.short_name}：{self.get_kind_display()}"

    @classmethod
    def holds(cls, cycle: Cycle, organisation: Organisation, kind: str, on: dt.date) -> bool:
        """Whether the exception stands on that day."""
        found = cls.objects.filter(cycle=cycle, organisation=organisation, kind=kind)
        return found.filter(Q(until=None) | Q(until__gte=on)).exists()
