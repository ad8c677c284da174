"""职称申报: the case that a person follows from the first draft to the certificate."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from applications.choices import ApplicationState, DisqualifyGround, Gender, Level, PresentTitle, Route, Verdict
from applications.gates import agenda, notice
from applications.gates import application as gates
from applications.models import bars
from applications.models.fields import PartialDateField
from jiaxing_titles.actions import Case, StateField, guarded, move
from jiaxing_titles.identity.fields import EncryptedField

S = ApplicationState


@guarded
class TitleApplication(Case):
    """One person's application of one year.

    What is declared lies in the records around it while it is a draft; what counts afterwards is `latest`,
    the version as handed in. Later stages move it on by `carry` (办法五（二）–（四）).
    """

    organisation_path = "enterprise__organisation"
    owner_path = "person"
    locks = ("round",)

    round = models.ForeignKey("AnnualRound", models.PROTECT, related_name="applications", verbose_name="年度评审")
    enterprise = models.ForeignKey(
        "enterprises.Enterprise", models.PROTECT, related_name="applications", verbose_name="工作单位"
    )
    cycle = models.ForeignKey("policy.Cycle", models.PROTECT, related_name="applications", verbose_name="年度")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="applications", verbose_name="姓名"
    )
    level = models.CharField("申报级别", max_length=20, choices=Level)
    speciality = models.ForeignKey("enterprises.Speciality", models.PROTECT, related_name="+", verbose_name="申报专业")
    route = models.CharField("申报途径", max_length=12, choices=Route, default=Route.REVIEW)
    department = models.CharField("部门", max_length=50)
    position = models.CharField("岗位", max_length=50)
    front_line = models.BooleanField("一线人员", default=False)
    front_line_basis = models.CharField("一线工作情况", max_length=200, blank=True)
    outstanding = models.BooleanField("有突出贡献", default=False)
    outstanding_basis = models.CharField("突出贡献情况", max_length=200, blank=True)
    summary = models.CharField(
        "业绩摘要", max_length=300, blank=True, help_text="将在本单位公示。不写身份证号、电话等个人信息。"
    )

    gender = models.CharField("性别", max_length=6, choices=Gender, blank=True)
    born_on = models.DateField("出生日期", null=True, blank=True)
    ethnicity = models.CharField("民族", max_length=20, blank=True)
    first_worked_on = PartialDateField("参加工作时间", blank=True)
    present_title = models.CharField("现专业技术资格", max_length=20, choices=PresentTitle, default=PresentTitle.NONE)
    present_title_on = models.DateField("现资格取得时间", null=True, blank=True)
    present_title_from = models.CharField("现资格审批单位", max_length=80, blank=True)
    present_work = models.CharField("现从事的专业技术工作", max_length=60, blank=True)
    affiliations = models.CharField("学术团体与社会兼职", max_length=200, blank=True)
    courses_match = models.PositiveSmallIntegerField(
        "所学课程属于申报专业的门数",
        null=True,
        blank=True,
        help_text="以“相近专业”岗位初定的须三门以上（附件四）；不清楚的留空。",
    )

    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    latest = models.ForeignKey(
        "SubmittedVersion", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="现行版本"
    )
    verdict = models.CharField("自查结论", max_length=20, choices=Verdict, blank=True)
    hours_pending = models.BooleanField("学时待补", default=False)
    review_began_at = models.DateTimeField("人事开始核对时间", null=True, blank=True)
    decision_reason = models.CharField("结论说明", max_length=500, blank=True)
    decision_clause = models.CharField("结论依据", max_length=60, blank=True)
    disqualified_for = models.CharField("终止原因", max_length=20, choices=DisqualifyGround, blank=True)
    lookup_code = EncryptedField("查询码", blank=True)
    lookup_index = models.CharField("查询码索引", max_length=64, blank=True, editable=False)
    imported = models.BooleanField("由单位导入", default=False)
    state = StateField(ApplicationState)

    class Meta:
        verbose_name = verbose_name_plural = "职称申报"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "cycle"],
                condition=~Q(state__in=ApplicationState.given_up()),
                name="one_live_application_a_year",
            ),
            models.UniqueConstraint(
                fields=["lookup_index"], condition=~Q(lookup_index=""), name="one_application_a_lookup_code"
            ),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="known_level"),
            models.CheckConstraint(condition=Q(route__in=Route.values), name="known_route"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"]) | Q(latest__isnull=False),
                name="beyond_draft_is_submitted",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["not_endorsed", "disqualified"]) | ~Q(decision_reason=""),
                name="a_refusal_has_its_reason",
            ),
        ]
        triggers = bars.ON_APPLICATIONS
        indexes = [
            models.Index(fields=["enterprise", "cycle", "state", "id"], name="application_desk"),
            models.Index(fields=["cycle", "state", "id"], name="application_city"),
            models.Index(fields=["round", "state", "id"], name="application_round"),
        ]

    def __str__(self) -> str:
        return f"{self.person}的{self.get_level_display()}申报"

    def get_absolute_url(self) -> str:
        return reverse("applications:application", args=[self.pk])

    @property
    def number(self) -> str:
        """申报编号, as printed."""
        return f"SB{self.cycle.year}{self.pk:06d}"

    @property
    def snapshot(self) -> dict[str, Any]:
        """What was handed in; empty before the first submission."""
        return self.latest.snapshot if self.latest else {}

    @property
    def eligibility(self) -> dict[str, Any]:
        """What the engine said of the version handed in."""
        return self.latest.findings if self.latest else {}

    # -- applicant and HR ---------------------------------------------------------------------------------

    @move(state, [S.DRAFT, S.RETURNED], S.SUBMITTED, gate=gates.submission, label="提交申报")
    def submit(self) -> None: ...

    @move(state, S.SUBMITTED, S.DRAFT, gate=gates.recall, label="撤回修改")
    def recall(self) -> None: ...

    @move(state, S.SUBMITTED, S.RETURNED, label="退回补正")
    def send_back(self) -> None: ...

    @move(state, S.SUBMITTED, S.ENDORSED, gate=gates.endorsement, label="审核通过")
    def endorse(self) -> None: ...

    @move(state, [S.SUBMITTED, S.RETURNED], S.NOT_ENDORSED, label="不予推荐")
    def refuse(self) -> None: ...

    @move(state, [S.ENDORSED, S.NOT_ENDORSED], S.SUBMITTED, gate=gates.reconsideration, label="重新审核")
    def reconsider(self) -> None: ...

    @move(
        state,
        [S.DRAFT, S.SUBMITTED, S.RETURNED, S.ENDORSED, S.NOTICING, S.NOTICED],
        S.WITHDRAWN,
        label="撤回申报",
    )
    def withdraw(self) -> None: ...

    # -- in-house notice ----------------------------------------------------------------------------------

    @move(state, S.ENDORSED, S.NOTICING, gate=notice.entering, label="进入单位公示")
    def enter_notice(self) -> None: ...

    @move(state, S.NOTICING, S.NOTICED, gate=notice.finished, label="单位公示通过")
    def pass_notice(self) -> None: ...

    # -- moved by the review and the certificate stage ----------------------------------------------------

    @move(state, S.NOTICED, S.IN_REVIEW, gate=agenda.entering, label="进入评审会")
    def enter_review(self) -> None: ...

    @move(state, S.IN_REVIEW, S.NOTICED, label="本次会议未评")
    def postpone_review(self) -> None: ...

    @move(state, S.IN_REVIEW, S.PANEL_PASSED, gate=agenda.still_held, label="评审通过")
    def pass_panel(self) -> None: ...

    @move(state, S.IN_REVIEW, S.PANEL_FAILED, label="评审未通过")
    def fail_panel(self) -> None: ...

    @move(state, [S.PANEL_PASSED, S.NOTICED], S.REPORTED, gate=agenda.reporting, label="上报市局")
    def report(self) -> None: ...

    @move(state, S.REPORTED, S.PANEL_PASSED, gate=agenda.was_reviewed, label="退回上报")
    def unreport(self) -> None: ...

    @move(state, S.REPORTED, S.NOTICED, gate=agenda.was_initial, label="退回上报（初定）")
    def unreport_initial(self) -> None: ...

    @move(state, S.REPORTED, S.COMMITTEE_PASSED, gate=agenda.still_held, label="审议通过")
    def pass_committee(self) -> None: ...

    @move(state, S.REPORTED, S.COMMITTEE_FAILED, label="审议未通过")
    def fail_committee(self) -> None: ...

    @move(state, [S.COMMITTEE_PASSED, S.REPORTED], S.CITY_NOTICING, gate=agenda.city_notice, label="进入市级公示")
    def enter_city_notice(self) -> None: ...

    @move(state, S.CITY_NOTICING, S.ANNOUNCED, gate=agenda.still_held, label="公布")
    def announce(self) -> None: ...

    @move(state, S.ANNOUNCED, S.APPOINTED, label="聘任兑现")
    def appoint(self) -> None: ...

    @move(
        state,
        [
            S.SUBMITTED,
            S.RETURNED,
            S.ENDORSED,
            S.NOTICING,
            S.NOTICED,
            S.IN_REVIEW,
            S.PANEL_PASSED,
            S.REPORTED,
            S.COMMITTEE_PASSED,
            S.CITY_NOTICING,
        ],
        S.DISQUALIFIED,
        label="终止申报",
    )
    def disqualify(self) -> None: ...

    @move(
        state,
        [
            S.NOTICED,
            S.IN_REVIEW,
            S.PANEL_PASSED,
            S.REPORTED,
            S.COMMITTEE_PASSED,
            S.CITY_NOTICING,
            S.ANNOUNCED,
            S.APPOINTED,
        ],
        S.VOIDED,
        label="结果无效",
    )
    def void(self) -> None: ...

    @move(state, [S.ANNOUNCED, S.APPOINTED], S.REVOKED, label="撤销职称")
    def revoke(self) -> None: ...
