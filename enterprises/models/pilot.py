"""试点申请: the case, its materials, the talent structure, the checks of the conditions, the corrections asked for."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from enterprises import gates
from enterprises.choices import Condition, Desk, Level, Material, Outcome, Verdict
from enterprises.choices import PilotApplicationState as S
from enterprises.models.organisation import Enterprise, Speciality
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.actions import Case, CaseQuerySet, StateField, guarded, move


class PilotApplicationQuerySet(CaseQuerySet):
    """What a company has not filed is nobody else's business."""

    def visible_to(self, actor: Actor | None) -> CaseQuerySet:
        rows = super().visible_to(actor)
        return rows.exclude(first_submitted_at=None) if actor and actor.is_official else rows


@guarded
class PilotApplication(Case):
    """One company's application for one year; no automatic renewal (R-4.1a, Q-3)."""

    organisation_path = "enterprise__organisation"
    locks = ("enterprise",)

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="pilot_applications", verbose_name="企业")
    cycle = models.ForeignKey("policy.Cycle", models.PROTECT, related_name="pilot_applications", verbose_name="年度")
    state = StateField(S)
    number = models.CharField("受理编号", max_length=20, blank=True)

    total_staff = models.PositiveIntegerField("职工总数", null=True, blank=True)
    research_staff = models.PositiveIntegerField("研发人员数", null=True, blank=True)
    levels = ArrayField(
        models.CharField(max_length=20, choices=Level), verbose_name="拟评级别", default=list, blank=True
    )
    specialities = models.ManyToManyField(Speciality, related_name="+", blank=True, verbose_name="拟评专业")
    panel_size = models.PositiveSmallIntegerField("拟组建评审机构人数", null=True, blank=True)
    appointed_three_years = models.PositiveIntegerField("近三年评聘人数", null=True, blank=True)
    summary = models.TextField("申请理由", blank=True, max_length=2000)

    committed_at = models.DateTimeField("承诺时间", null=True, blank=True)
    first_submitted_at = models.DateTimeField("首次提交时间", null=True, blank=True)
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    opened_at = models.DateTimeField("县局打开时间", null=True, blank=True)
    accepted_at = models.DateTimeField("受理时间", null=True, blank=True)
    recommended_at = models.DateTimeField("推荐时间", null=True, blank=True)
    county_opinion = models.TextField("县局意见", blank=True)
    proposed_outcome = models.CharField("评估结论", max_length=10, choices=Outcome, blank=True)
    assessment = models.TextField("评估意见", blank=True)
    review_opinion = models.TextField("复核意见", blank=True)

    objects = PilotApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "试点申请"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "cycle"], name="one_pilot_application_a_year"),
        ]
        indexes = [models.Index(fields=["cycle", "state", "submitted_at", "id"], name="pilot_desk")]

    def __str__(self) -> str:
        return f"{self.enterprise}{self.cycle.year}年度试点申请"

    def get_absolute_url(self) -> str:
        return reverse("enterprises:application", args=[self.pk])

    @property
    def is_editable(self) -> bool:
        """Whether the company may change what it declares."""
        return self.state in {S.DRAFT, S.RETURNED}

    @property
    def open_correction(self) -> CorrectionNotice | None:
        """The 一次性告知单 that the company has still to answer."""
        return self.corrections.filter(answered_at=None).order_by("-number").first()

    @move(state, [S.DRAFT, S.RETURNED], S.AWAITING_LEAD, gate=gates.filing)
    def hand_to_lead(self) -> None: ...

    @move(state, S.AWAITING_LEAD, S.DRAFT)
    def send_back(self) -> None: ...

    @move(state, S.AWAITING_LEAD, S.RETURNED)
    def send_back_for_correction(self) -> None: ...

    @move(state, S.AWAITING_LEAD, S.SUBMITTED, gate=gates.filing)
    def submit(self) -> None: ...

    @move(state, S.SUBMITTED, S.AWAITING_LEAD, gate=gates.recall)
    def recall(self) -> None: ...

    @move(state, S.SUBMITTED, S.ACCEPTED)
    def accept(self) -> None: ...

    @move(state, [S.SUBMITTED, S.ACCEPTED], S.RETURNED)
    def return_for_correction(self) -> None: ...

    @move(state, S.ACCEPTED, S.RECOMMENDED, gate=gates.recommendation)
    def recommend(self) -> None: ...

    @move(state, S.RECOMMENDED, S.ASSESSED, gate=gates.assessment)
    def assess(self) -> None: ...

    @move(state, S.RECOMMENDED, S.ACCEPTED)
    def send_back_to_county(self) -> None: ...

    @move(state, S.ASSESSED, S.REVIEWED)
    def review(self) -> None: ...

    @move(state, S.ASSESSED, S.RECOMMENDED)
    def reassess(self) -> None: ...

    @move(state, S.REVIEWED, S.LISTED, label="列入拟核准名单")
    def enlist(self) -> None: ...

    @move(state, S.LISTED, S.REVIEWED, label="移出拟核准名单")
    def take_off_list(self) -> None: ...

    @move(state, S.LISTED, S.APPROVED, label="核准")
    def approve(self) -> None: ...

    @move(state, S.LISTED, S.REFUSED, label="不予核准")
    def refuse(self) -> None: ...

    @move(state, [S.DRAFT, S.AWAITING_LEAD, S.SUBMITTED, S.RETURNED, S.ACCEPTED, S.RECOMMENDED], S.WITHDRAWN)
    def withdraw(self) -> None: ...

    @move(state, S.WITHDRAWN, S.DRAFT, gate=gates.intake)
    def reopen(self) -> None: ...


class ApplicationMaterial(models.Model):
    """A file in a slot. A replaced one keeps its row, so every version can be shown (F-05)."""

    application = models.ForeignKey(PilotApplication, models.PROTECT, related_name="materials", verbose_name="申请")
    slot = models.CharField("材料", max_length=20, choices=Material)
    attachment = models.ForeignKey("attachments.Attachment", models.PROTECT, related_name="+", verbose_name="文件")
    added_at = models.DateTimeField("上传时间")
    removed_at = models.DateTimeField("替换时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "申请材料"
        ordering = ["slot", "pk"]

    def __str__(self) -> str:
        return f"{self.get_slot_display()}：{self.attachment}"


class TalentRow(models.Model):
    """The technical staff of one speciality, counted by title, by degree and by age (DOC-2)."""

    application = models.ForeignKey(PilotApplication, models.CASCADE, related_name="talent", verbose_name="申请")
    speciality = models.ForeignKey(Speciality, models.PROTECT, related_name="+", verbose_name="专业")
    senior = models.PositiveIntegerField("高级", default=0)
    middle = models.PositiveIntegerField("中级", default=0)
    junior = models.PositiveIntegerField("初级", default=0)
    untitled = models.PositiveIntegerField("无职称", default=0)
    doctor = models.PositiveIntegerField("博士", default=0)
    master = models.PositiveIntegerField("硕士", default=0)
    bachelor = models.PositiveIntegerField("本科", default=0)
    associate = models.PositiveIntegerField("大专", default=0)
    secondary = models.PositiveIntegerField("中专及以下", default=0)
    under_36 = models.PositiveIntegerField("35岁及以下", default=0)
    under_51 = models.PositiveIntegerField("36至50岁", default=0)
    over_50 = models.PositiveIntegerField("51岁及以上", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "人才结构"
        ordering = ["speciality__code"]
        constraints = [
            models.UniqueConstraint(fields=["application", "speciality"], name="one_talent_row_a_speciality"),
            models.CheckConstraint(
                condition=Q(
                    senior=models.F("doctor")
                    + models.F("master")
                    + models.F("bachelor")
                    + models.F("associate")
                    + models.F("secondary")
                    - models.F("middle")
                    - models.F("junior")
                    - models.F("untitled")
                )
                & Q(
                    under_36=models.F("doctor")
                    + models.F("master")
                    + models.F("bachelor")
                    + models.F("associate")
                    + models.F("secondary")
                    - models.F("under_51")
                    - models.F("over_50")
                ),
                name="talent_sums_agree",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.speciality}：{self.total}人"

    @property
    def total(self) -> int:
        return self.senior + self.middle + self.junior + self.untitled


class ReserveExpert(models.Model):
    """评审专家储备: who could sit on the company's panel (R-3.2d)."""

    class TitleLevel(models.TextChoices):
        SENIOR = "senior", "高级"
        MIDDLE = "middle", "中级"

    application = models.ForeignKey(PilotApplication, models.CASCADE, related_name="experts", verbose_name="申请")
    name = models.CharField("姓名", max_length=50)
    title_level = models.CharField("职称级别", max_length=10, choices=TitleLevel)
    title_name = models.CharField("专业技术资格", max_length=40)
    speciality = models.ForeignKey(Speciality, models.PROTECT, related_name="+", verbose_name="专业")
    employer = models.CharField("工作单位", max_length=120, blank=True, help_text="本企业的不填。")

    class Meta:
        verbose_name = verbose_name_plural = "评审专家储备"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_external(self) -> bool:
        return bool(self.employer)


class ConditionCheck(models.Model):
    """One condition of 办法三 as one desk judges it, with the file and page that prove it (F-02)."""

    application = models.ForeignKey(PilotApplication, models.CASCADE, related_name="checks", verbose_name="申请")
    desk = models.CharField("审查方", max_length=10, choices=Desk)
    condition = models.CharField("条件", max_length=1, choices=Condition)
    verdict = models.CharField("结论", max_length=10, choices=Verdict)
    slot = models.CharField("证明材料", max_length=20, choices=Material, blank=True)
    pages = models.CharField("页码", max_length=60, blank=True)
    note = models.CharField("说明", max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "条件审查"
        ordering = ["condition", "desk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "desk", "condition"], name="one_check_a_desk"),
        ]

    def __str__(self) -> str:
        return f"{self.get_desk_display()}：{self.get_condition_display()}：{self.get_verdict_display()}"


class CorrectionNotice(models.Model):
    """一次性告知单: everything that is missing, at once (行政许可法32 as service standard, S-14)."""

    application = models.ForeignKey(PilotApplication, models.PROTECT, related_name="corrections", verbose_name="申请")
    number = models.PositiveSmallIntegerField("第几次")
    issued_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="经办人")
    issued_at = models.DateTimeField("告知时间")
    due_on = models.DateField("补正期限")
    why_again = models.CharField("为何上次没有告知", max_length=300, blank=True)
    answered_at = models.DateTimeField("重新提交时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "一次性告知单"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="corrections_are_numbered"),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(why_again=""), name="a_second_correction_says_why_not_in_the_first"
            ),
        ]

    def __str__(self) -> str:
        return f"第{self.number}次一次性告知"


class CorrectionItem(models.Model):
    """One defect: where, what is wrong, what to do."""

    notice = models.ForeignKey(CorrectionNotice, models.PROTECT, related_name="items", verbose_name="告知单")
    place = models.CharField("哪一部分", max_length=20)
    defect = models.CharField("问题", max_length=300)
    remedy = models.CharField("怎么改", max_length=300)

    class Meta:
        verbose_name = verbose_name_plural = "补正事项"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.defect

    @property
    def place_label(self) -> str:
        return PLACES.get(self.place, self.place)


# Parts of the application that a correction can name: the task list's rows.
PLACES = {
    "profile": "企业信息",
    "talent": "单位人才结构",
    "experts": "评审专家储备",
    "conditions": "条件自查",
    **{value: label for value, label in Material.choices},
}
