"""试点工作方案: machine-readable, so that the later steps run from it; an approved version is frozen (R-5.1.9)."""

from __future__ import annotations

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from enterprises import gates
from enterprises.choices import EVERY_SPECIALITY, CriterionKind, Dimension, Level, Necessity, Route, Section
from enterprises.choices import PilotPlanState as S
from enterprises.models.organisation import Enterprise, Speciality
from enterprises.rules.plan_lint import ERROR, annex, restrictions, wording
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.actions import Case, CaseQuerySet, StateField, guarded, move
from jiaxing_titles.actions.bars import ANY, bar, moved

FROZEN = (S.APPROVED.value, S.SUPERSEDED.value)

# From the resolution on the text is that on which the leadership decided; minutes and comments follow it.
_TEXT_STANDS = ("resolved", "submitted", "reviewed", *FROZEN)


def frozen_with_plan(*states: str) -> pgtrigger.Trigger:
    """The trigger of every table that hangs on a plan: nothing of it changes while the plan is in these states."""
    those = ", ".join(f"'{state}'" for state in states)
    plan = f"SELECT 1 FROM enterprises_pilotplan WHERE state IN ({those}) AND id IN (OLD.plan_id, NEW.plan_id)"
    return bar("frozen_with_plan", f"EXISTS ({plan})", "方案已审议或已审核通过，内容不能再改动", on=ANY)


# The linter reads sentences; the database reads the columns, and of the words only whether they leave a choice.
_SENT = f"({moved('submitted', 'reviewed', 'approved')} OR {moved('resolved')} AND OLD.state <> 'submitted')"
_NEVER = ", ".join(f"'{one.kind}'" for one in restrictions.RESTRICTED if one.severity == ERROR)
_RESTRICTS = f"""EXISTS (
    SELECT 1 FROM enterprises_criterion c
    WHERE c.plan_id = NEW.id AND c.kind IN ({_NEVER}) AND (
        c.necessity = 'required'
        AND regexp_replace(normalize(c.text, NFKC), '[[:space:]]', '', 'g') !~ '{wording.CHOICE.pattern}'
        OR c.necessity <> 'required' AND c.score_floor > 0))"""
_ITEMS = ", ".join(
    f"('{name}', {years})"
    for item, years in annex.ITEM_YEARS.items()
    for name in (item, f"附件{'三' if item[2] == '3' else '四'}、{item[4]}（{item[6]}）")
)
_BELOW_ANNEX = f"""EXISTS (
    SELECT 1 FROM enterprises_criterion c LEFT JOIN (VALUES {_ITEMS}) item (name, years) ON item.name = c.annex_item
    WHERE c.plan_id = NEW.id AND (
        c.level = 'engineer' AND c.kind = 'continuing_education' AND c.hours < {annex.HOURS}
        OR c.route <> 'exceptional' AND c.years < item.years))"""

_WEIGHED = """(
    SELECT count(*) = 4 AND sum(w.percent) = 100 FROM enterprises_dimensionweight w WHERE w.plan_id = NEW.id)"""


class PilotPlanQuerySet(CaseQuerySet):
    """A plan that was never sent is the company's own."""

    def visible_to(self, actor: Actor | None) -> CaseQuerySet:
        rows = super().visible_to(actor)
        return rows.exclude(submitted_at=None) if actor and actor.is_official else rows


@guarded
class PilotPlan(Case):
    """One numbered version of a company's plan for a year; a change after approval is a new number."""

    organisation_path = "enterprise__organisation"
    locks = ("enterprise",)

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="plans", verbose_name="企业")
    cycle = models.ForeignKey("policy.Cycle", models.PROTECT, related_name="plans", verbose_name="年度")
    authority = models.ForeignKey(
        "enterprises.ReviewAuthority", models.PROTECT, related_name="plans", verbose_name="评审权"
    )
    number = models.PositiveSmallIntegerField("版本号")
    based_on = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="revisions", verbose_name="修改自"
    )
    state = StateField(S)
    change_reason = models.CharField("变更原因", max_length=300, blank=True)
    allows_remote = models.BooleanField("允许远程述职和参会", default=False)
    front_line_preference = models.TextField("向一线和突出贡献人才倾斜的办法", blank=True, max_length=1000)
    score_threshold = models.PositiveSmallIntegerField(
        "评分阈值",
        default=60,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text="任何一项低于阈值须写明理由；平均分达到阈值的，评分建议通过。",
    )
    drops_extremes = models.BooleanField("去掉一个最高分和一个最低分", default=False)
    content_edited_at = models.DateTimeField("内容修改时间")
    submitted_at = models.DateTimeField("报送时间", null=True, blank=True)
    opened_at = models.DateTimeField("市局打开时间", null=True, blank=True)
    review_opinion = models.TextField("审核意见", blank=True)
    approved_at = models.DateTimeField("审核通过时间", null=True, blank=True)
    content_hash = models.CharField("内容校验值", max_length=64, blank=True)

    objects = PilotPlanQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "试点工作方案"
        ordering = ["-cycle", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "cycle", "number"], name="plans_are_numbered"),
            models.UniqueConstraint(
                fields=["enterprise", "cycle"], condition=Q(state="approved"), name="one_plan_in_force"
            ),
            models.UniqueConstraint(
                fields=["enterprise", "cycle"],
                condition=~Q(state__in=["approved", "superseded"]),
                name="one_plan_in_the_making",
            ),
        ]
        indexes = [models.Index(fields=["cycle", "state", "submitted_at", "id"], name="plan_desk")]
        triggers = [
            pgtrigger.Trigger(
                name="approved_is_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state__in=list(FROZEN)),
                func="""
                    IF TG_OP = 'UPDATE'
                       AND (to_jsonb(NEW) - ARRAY['state', 'version', 'updated_at'])
                         = (to_jsonb(OLD) - ARRAY['state', 'version', 'updated_at'])
                    THEN RETURN NEW; END IF;
                    RAISE EXCEPTION '方案已审核通过，内容不能再改动';
                """,
            ),
            bar("no_restricting_condition", f"{_SENT} AND {_RESTRICTS}", "PR-1 论文等不得作为评审限制性条件"),
            bar("not_below_the_annex", f"{_SENT} AND {_BELOW_ANNEX}", "PR-6 资格条件不得低于附件"),
            bar("weights_sum_to_100", f"{_SENT} AND NOT {_WEIGHED}", "R-5.2.5 四个方面都要有权重，合计须为一百"),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise}{self.cycle.year}年度试点工作方案（第{self.number}版）"

    def get_absolute_url(self) -> str:
        return reverse("enterprises:plan", args=[self.pk])

    @property
    def is_editable(self) -> bool:
        return self.state in {S.DRAFT, S.RETURNED}

    @property
    def takes_answers(self) -> bool:
        """Warnings are answered until the plan goes up; the answers are no part of the text that was resolved."""
        return self.state in {S.DRAFT, S.RETURNED, S.RESOLVED}

    @property
    def resolution(self) -> LeadershipResolution | None:
        """The latest registered meeting of the leadership."""
        return self.resolutions.order_by("-registered_at", "-pk").first()

    def canonical(self) -> list[str]:
        """Everything that the leadership decided on and the city approved, as lines in a fixed order."""
        lines = [f"{section.kind}\t{section.text}" for section in self.sections.order_by("kind")]
        lines += [
            "\t".join(str(getattr(row, name)) for name in Criterion.CONTENT)
            for row in self.criteria.order_by("number").select_related("speciality")
        ]
        lines += [
            f"{row.level}\t{row.post}\t{row.pay_item}\t{row.monthly_increase}"
            for row in self.pay_links.order_by("level", "pk")
        ]
        lines += [f"{dimension}\t{percent}" for dimension, percent in self.weights().items()]
        scoring = f"{self.score_threshold}\t{self.drops_extremes}"
        return [*lines, scoring, self.front_line_preference, str(self.allows_remote)]

    def weights(self) -> dict[str, int]:
        """{dimension: percent} in the order of 办法五（二）."""
        found = dict(self.dimension_weights.values_list("dimension", "percent"))
        return {dimension: found[dimension] for dimension in Dimension.values if dimension in found}

    @move(state, [S.DRAFT, S.RETURNED], S.RESOLVED, gate=gates.plan_complete)
    def resolve(self) -> None: ...

    @move(state, S.RESOLVED, S.DRAFT)
    def rework(self) -> None: ...

    @move(state, S.RESOLVED, S.SUBMITTED, gate=gates.plan_submission)
    def submit(self) -> None: ...

    @move(state, S.SUBMITTED, S.RESOLVED, gate=gates.recall)
    def recall(self) -> None: ...

    @move(state, [S.SUBMITTED, S.REVIEWED], S.RETURNED)
    def return_for_change(self) -> None: ...

    @move(state, S.SUBMITTED, S.REVIEWED, gate=gates.plan_approval)
    def review(self) -> None: ...

    @move(state, S.REVIEWED, S.APPROVED, gate=gates.plan_approval)
    def approve(self) -> None: ...

    @move(state, S.APPROVED, S.SUPERSEDED, label="被新版本代替")
    def supersede(self) -> None: ...


class PlanSection(models.Model):
    """The text of one of the five parts."""

    plan = models.ForeignKey(PilotPlan, models.PROTECT, related_name="sections", verbose_name="方案")
    kind = models.CharField("部分", max_length=20, choices=Section)
    text = models.TextField("内容", max_length=20000)

    class Meta:
        verbose_name = verbose_name_plural = "方案内容"
        constraints = [models.UniqueConstraint(fields=["plan", "kind"], name="one_text_a_section")]
        triggers = [frozen_with_plan(*_TEXT_STANDS)]

    def __str__(self) -> str:
        return self.get_kind_display()


class Criterion(models.Model):
    """One criterion, tied to level, route, speciality and post (R-5.1.4), judged by the plan linter (F-14)."""

    CONTENT = (
        "number",
        "level",
        "route",
        "kind",
        "necessity",
        "option_group",
        "text",
        "speciality",
        "all_specialities",
        "post",
        "annex_item",
        "years",
        "hours",
        "score_floor",
    )

    plan = models.ForeignKey(PilotPlan, models.PROTECT, related_name="criteria", verbose_name="方案")
    number = models.PositiveSmallIntegerField("序号")
    level = models.CharField("级别", max_length=20, choices=Level)
    route = models.CharField("途径", max_length=20, choices=Route)
    kind = models.CharField("类型", max_length=20, choices=CriterionKind)
    necessity = models.CharField("作用", max_length=20, choices=Necessity)
    option_group = models.CharField("任选组", max_length=20, blank=True, help_text="同组各条满足其一即可。")
    text = models.CharField("内容", max_length=500)
    speciality = models.ForeignKey(
        Speciality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="适用专业",
    )
    all_specialities = models.BooleanField("适用全部授权专业", default=False)
    post = models.CharField("适用岗位", max_length=100, blank=True)
    annex_item = models.CharField("对应附件条款", max_length=30, blank=True, help_text="如 附件三、1（3）。")
    years = models.PositiveSmallIntegerField("要求年限", null=True, blank=True)
    hours = models.PositiveSmallIntegerField("要求学时", null=True, blank=True)
    score_floor = models.PositiveSmallIntegerField("最低分", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "评价标准"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="criteria_are_numbered")]
        triggers = [frozen_with_plan(*_TEXT_STANDS)]

    def __str__(self) -> str:
        return f"第{self.number}条 {self.text}"

    @property
    def applies_to(self) -> str:
        """Speciality and post in words; empty parts are missing, not meant for all (R-5.1.4)."""
        speciality = EVERY_SPECIALITY[1] if self.all_specialities else (self.speciality.name if self.speciality else "")
        return "，".join(part for part in (speciality, self.post) if part)


class PayLink(models.Model):
    """职称与岗位、薪酬挂钩: one title level, the post it leads to and what is paid (R-1.2)."""

    plan = models.ForeignKey(PilotPlan, models.PROTECT, related_name="pay_links", verbose_name="方案")
    level = models.CharField("级别", max_length=20, choices=Level)
    post = models.CharField("聘任岗位", max_length=100)
    pay_item = models.CharField("薪酬待遇项目", max_length=100, help_text="如 职称津贴、岗位工资上调一档。")
    monthly_increase = models.PositiveIntegerField("每月增加（元）", help_text="没有固定金额的填最低额。")

    class Meta:
        verbose_name = verbose_name_plural = "薪酬挂钩"
        ordering = ["level", "pk"]
        triggers = [frozen_with_plan(*_TEXT_STANDS)]

    def __str__(self) -> str:
        return f"{self.get_level_display()}：{self.post}，{self.pay_item}"


class DimensionWeight(models.Model):
    """How much one of the four dimensions counts in a pad's total, in percent (R-5.2.5)."""

    plan = models.ForeignKey(PilotPlan, models.PROTECT, related_name="dimension_weights", verbose_name="方案")
    dimension = models.CharField("方面", max_length=20, choices=Dimension)
    percent = models.PositiveSmallIntegerField("权重（%）")

    class Meta:
        verbose_name = verbose_name_plural = "评分权重"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "dimension"], name="one_weight_a_dimension"),
            models.CheckConstraint(condition=Q(percent__gte=1, percent__lte=97), name="each_dimension_counts"),
        ]
        triggers = [frozen_with_plan(*_TEXT_STANDS)]

    def __str__(self) -> str:
        return f"{self.get_dimension_display()}{self.percent}%"


class LeadershipResolution(models.Model):
    """领导班子集体讨论、审议通过 (R-5.1.8). A new meeting is a new row."""

    plan = models.ForeignKey(PilotPlan, models.PROTECT, related_name="resolutions", verbose_name="方案")
    met_on = models.DateField("审议日期")
    attendees = models.TextField("参会领导班子成员", max_length=500)
    conclusion = models.TextField("审议结论", max_length=1000)
    attachment = models.ForeignKey("attachments.Attachment", models.PROTECT, related_name="+", verbose_name="会议纪要")
    registered_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="登记人")
    registered_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "领导班子审议"
        ordering = ["registered_at"]
        triggers = [frozen_with_plan(*FROZEN)]

    def __str__(self) -> str:
        return f"{self.met_on}领导班子审议"


class FindingAnswer(models.Model):
    """提醒答复: the company's answer to a warning of the plan linter, read by the city beside it (F-14).

    `key` names the finding by what it says; once the text changes, the finding is another and wants another answer.
    """

    plan = models.ForeignKey(PilotPlan, models.PROTECT, related_name="finding_answers", verbose_name="方案")
    key = models.CharField("提醒标识", max_length=32)
    finding = models.CharField("提醒", max_length=300)
    text = models.CharField("答复", max_length=500)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="答复人")
    answered_at = models.DateTimeField("答复时间")

    class Meta:
        verbose_name = verbose_name_plural = "提醒答复"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="one_answer_a_finding")]
        triggers = [frozen_with_plan("submitted", "reviewed", *FROZEN)]

    def __str__(self) -> str:
        return self.text


class PlanComment(models.Model):
    """A review comment on one section, open until somebody of the city marks it settled (F-18)."""

    plan = models.ForeignKey(PilotPlan, models.PROTECT, related_name="comments", verbose_name="方案")
    section = models.CharField("部分", max_length=20, choices=Section)
    text = models.CharField("批注", max_length=500)
    author = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="批注人")
    made_at = models.DateTimeField("批注时间")
    resolved_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="处理人"
    )
    resolved_at = models.DateTimeField("处理时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "审核批注"
        ordering = ["pk"]
        triggers = [frozen_with_plan(*FROZEN)]

    def __str__(self) -> str:
        return self.text
