"""市局公示名单: who passed the committee's signed tally, as one notice of the city (办法五（四）)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from applications.models import TitleApplication
from certificates import gates
from certificates.choices import LineFate
from certificates.choices import RosterState as S
from jiaxing_titles.accounts.models import Organisation
from jiaxing_titles.actions import Case, StateField, guarded, move
from jiaxing_titles.documents.models import DocumentJob
from jiaxing_titles.policy.models import Cycle
from jiaxing_titles.publicity.models import PublicityEntry, PublicityPeriod


@guarded
class ResultRoster(Case):
    """One 公示 of the city. Its names come from the signed tallies and cannot be typed.

    经办 drafts, 审核 checks, 领导 signs, three different people; signing opens the notice.
    """

    organisation_path = "organisation"
    locks = ("cycle",)

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="result_rosters", verbose_name="年度")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="公示机关")
    number = models.PositiveSmallIntegerField("期次")
    title = models.CharField("标题", max_length=120)
    contact = models.CharField("受理方式", max_length=200, help_text="监督电话、地址、电子邮箱。")
    period = models.OneToOneField(
        PublicityPeriod, models.PROTECT, null=True, related_name="result_roster", verbose_name="公示"
    )
    list_hash = models.CharField("名单校验值", max_length=64, blank=True, editable=False)
    signed_on = models.DateField("签发日期", null=True, editable=False)
    pdf = models.ForeignKey(
        DocumentJob, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="公示文件"
    )
    state = StateField(S)

    class Meta:
        verbose_name = verbose_name_plural = "市局公示名单"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "number"], name="one_number_a_year_of_rosters"),
            models.CheckConstraint(
                condition=~Q(state="signed") | Q(period__isnull=False, signed_on__isnull=False),
                name="a_signed_roster_has_its_notice",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("certificates:notice", args=[self.period_id]) if self.period_id else self.console_url()

    @move(state, S.DRAFT, S.SUBMITTED, gate=gates.roster_is_current, label="提交审核")
    def submit(self) -> None: ...

    @move(state, S.SUBMITTED, S.REVIEWED, gate=gates.roster_is_current, label="审核通过")
    def review(self) -> None: ...

    @move(state, [S.SUBMITTED, S.REVIEWED], S.DRAFT, label="退回修改")
    def send_back(self) -> None: ...

    @move(state, S.REVIEWED, S.SIGNED, gate=gates.roster_is_current, label="签发公示")
    def sign(self) -> None: ...


class RosterLine(models.Model):
    """One person of the notice, as he stands on it: a copy, so that the notice never changes under its readers."""

    roster = models.ForeignKey(ResultRoster, models.CASCADE, related_name="lines", verbose_name="公示名单")
    application = models.OneToOneField(
        TitleApplication, models.PROTECT, related_name="roster_line", verbose_name="职称申报"
    )
    entry = models.OneToOneField(
        PublicityEntry, models.PROTECT, null=True, related_name="roster_line", verbose_name="公示人员"
    )
    number = models.PositiveIntegerField("序号")
    county = models.CharField("县市区", max_length=120)
    company = models.CharField("工作单位", max_length=120)
    name = models.CharField("姓名", max_length=50)
    note = models.CharField("同名区分", max_length=80, blank=True)
    speciality = models.CharField("专业", max_length=60)
    title = models.CharField("资格名称", max_length=20)
    route = models.CharField("途径", max_length=20)
    fate = models.CharField("公布结果", max_length=12, choices=LineFate, default=LineFate.WAITING)
    fate_reason = models.CharField("不予公布的原因", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "公示名单人员"
        ordering = ["roster_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["roster", "number"], name="one_number_a_roster"),
            models.CheckConstraint(
                condition=~Q(fate="excluded") | ~Q(fate_reason=""), name="an_exclusion_has_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company} {self.name}"

    @property
    def shown_name(self) -> str:
        """The name with what tells it from a namesake in the same company (decision 38)."""
        return f"{self.name}（{self.note}）" if self.note else self.name
