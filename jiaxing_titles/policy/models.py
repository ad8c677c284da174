"""The year and its numbers: every threshold and date of the 办法 as a dated setting with its clause."""

from __future__ import annotations

import datetime as dt

import pgtrigger
from django.db import models
from django.db.models import F, Q

from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import Organisation, User
from jiaxing_titles.actions.case import Case, CaseQuerySet, StateField, guarded, move
from jiaxing_titles.policy import gates
from jiaxing_titles.policy.choices import InterpretationState as S
from jiaxing_titles.policy.choices import Question
from jiaxing_titles.policy.compositions import BASE, Composition, Settled, compose
from jiaxing_titles.policy.rules import CLAUSES, Policy
from jiaxing_titles.reading import read_once


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


class InterpretationQuerySet(CaseQuerySet):
    def issued(self) -> InterpretationQuerySet:
        """Numbered and public, in effect or not yet."""
        return self.filter(state=S.ISSUED)


@guarded
class Interpretation(Case):
    """政策解释: the city's answer to a question that the annex leaves open (办法六（四）, R-6.4.2).

    It judges from its day on; what was judged before stays judged. What was issued is never changed: another answer
    is another interpretation, and a repeal is a dated fact.
    """

    organisation_path = "bureau"
    locks = ("bureau",)  # numbers are taken one after the other

    bureau = models.ForeignKey(Organisation, models.PROTECT, related_name="interpretations", verbose_name="解释机关")
    question = models.CharField("解释的问题", max_length=40, choices=Question)
    answer = models.BooleanField("答复", choices=[(True, "是"), (False, "否")])
    text = models.TextField("解释内容", max_length=2000)
    effective_on = models.DateField("施行日期")
    year = models.PositiveSmallIntegerField("编号年份", null=True, blank=True)
    serial = models.PositiveSmallIntegerField("序号", null=True, blank=True)
    number = models.CharField("编号", max_length=60, blank=True)
    issued_at = models.DateTimeField("公布时间", null=True, blank=True)
    opinion = models.TextField("审核意见", blank=True, max_length=2000)
    repealed_on = models.DateField("废止日期", null=True, blank=True)
    state = StateField(S)

    objects = InterpretationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "政策解释"
        ordering = ["-effective_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="one_interpretation_a_number"),
            models.UniqueConstraint(
                fields=["question", "effective_on"], condition=Q(state="issued"), name="one_answer_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(state="issued")
                | Q(year__isnull=False, serial__isnull=False, issued_at__isnull=False) & ~Q(number=""),
                name="an_issued_interpretation_is_numbered",
            ),
            models.CheckConstraint(
                condition=Q(repealed_on=None) | Q(repealed_on__gt=F("effective_on")),
                name="repealed_after_it_was_in_force",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="issued_is_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="issued"),
                func="""
                    IF TG_OP = 'UPDATE' AND OLD.repealed_on IS NULL
                       AND (to_jsonb(NEW) - ARRAY['repealed_on', 'version', 'updated_at'])
                         = (to_jsonb(OLD) - ARRAY['repealed_on', 'version', 'updated_at'])
                    THEN RETURN NEW; END IF;
                    RAISE EXCEPTION 'R-6.4.2 已公布的解释不能改动';
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.number or '未编号的解释'}（{Question(self.question).clause}）"

    def get_absolute_url(self) -> str:
        return "/policy/#interpretations"

    @classmethod
    def also_visible(cls, actor: Actor) -> Q:
        """What is public is for everybody."""
        return Q(state=S.ISSUED)

    @property
    def clause(self) -> str:
        return Question(self.question).clause

    @property
    def decided(self) -> str:
        """The answer as a statement."""
        return Question(self.question).decided(self.answer)

    @property
    def settled(self) -> Settled:
        """As the rules take it; for issued ones."""
        return Settled(
            self.question, self.answer, f"{self.year}-{self.serial}", self.number, self.effective_on, self.repealed_on
        )

    @move(state, S.RETURNED, S.SUBMITTED)
    def submit_again(self) -> None: ...

    @move(state, S.SUBMITTED, S.RETURNED)
    def send_back(self) -> None: ...

    @move(state, S.RETURNED, S.DROPPED)
    def drop(self) -> None: ...

    @move(state, S.SUBMITTED, S.ISSUED, gate=gates.interpretation)
    def issue(self) -> None: ...


class RuleSetVersion(models.Model):
    """规则版本: the annex with the interpretations in force, under a code that stored verdicts name. Never changed.

    `answers` = {question: {"answer": bool, "reference": "2026-1", "number": "…", "effective_on": ISO date}}.
    """

    code = models.CharField("编号", max_length=80, unique=True)
    base = models.CharField("基础规则", max_length=40, default=BASE)
    answers = models.JSONField("已作的解释", default=dict)
    made_at = models.DateTimeField("形成时间")

    class Meta:
        verbose_name = verbose_name_plural = "规则版本"
        ordering = ["-id"]
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.code

    @property
    def composition(self) -> Composition:
        found = {
            question: Settled(
                question,
                kept["answer"],
                kept["reference"],
                kept["number"],
                dt.date.fromisoformat(kept["effective_on"]),
            )
            for question, kept in self.answers.items()
        }
        return Composition(found, self.base)

    @classmethod
    def kept(cls, composition: Composition) -> RuleSetVersion | None:
        """The stored row of this composition, made where there is none; None for the bare annex, which is shipped."""
        if not composition.answers:
            return None
        answers = {
            question: {
                "answer": one.answer,
                "reference": one.reference,
                "number": one.number,
                "effective_on": one.effective_on.isoformat(),
            }
            for question, one in composition.answers.items()
        }
        row, _ = cls.objects.get_or_create(
            code=composition.code,
            defaults={"base": composition.base, "answers": answers, "made_at": clock.now()},
        )
        return row


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
