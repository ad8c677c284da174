"""企业评审机构 (办法五（一）、五（二）) and the city's expert library."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from applications.models import AnnualRound
from enterprises.models import Speciality
from jiaxing_titles.accounts.models import Organisation
from jiaxing_titles.actions import Case, StateField, guarded, move
from reviews import choices, gates
from reviews.models import bars


@guarded
class Panel(Case):
    """A company's review body of one year; fixed while a filing that names its members is on its way."""

    organisation_path = "round__enterprise__organisation"
    locks = ("round",)

    round = models.OneToOneField(AnnualRound, models.PROTECT, related_name="panel", verbose_name="年度评审")
    name = models.CharField("评审机构名称", max_length=120)
    over_ratio_reason = models.TextField(
        "外聘专家超过三分之一的原因",
        blank=True,
        help_text="办法五（二）：外聘专家一般不超过三分之一；超过须说明工作需要，由市局在备案时同意。",
    )
    state = StateField(choices.PanelState)

    class Meta:
        verbose_name = verbose_name_plural = "评审机构"
        triggers = [bars.EXTERNALS_WITHIN_THE_THIRD]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("reviews:panel", args=[self.pk])

    @property
    def has_sat(self) -> bool:
        """A concluded meeting of the year stands on its list, which changes no more."""
        return self.meetings.filter(state=choices.MeetingState.CONCLUDED).exists()

    @move(
        state, choices.PanelState.COMPOSING, choices.PanelState.SETTLED, gate=gates.panel_composition, label="名册定下"
    )
    def settle(self) -> None:
        """The members go into a filing and stand."""

    @move(state, choices.PanelState.SETTLED, choices.PanelState.COMPOSING, label="名册可以修改")
    def reopen(self) -> None:
        """The filing came back; members may change again."""


class PanelMember(models.Model):
    """One expert of a panel. `user` is empty for somebody who signs and counts on paper only."""

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="members", verbose_name="评审机构")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="panel_seats", verbose_name="账号"
    )
    name = models.CharField("姓名", max_length=50)
    external = models.BooleanField("外聘", default=False)
    employer = models.CharField("工作单位", max_length=120)
    department = models.CharField("部门", max_length=80, blank=True)
    duty = models.CharField("职务", max_length=80, blank=True)
    rank = models.CharField("职称层级", max_length=20, choices=choices.TitleRank)
    title = models.CharField("专业技术资格", max_length=60)
    titled_on = models.DateField("取得时间", null=True, blank=True)
    speciality = models.ForeignKey(Speciality, models.PROTECT, related_name="+", verbose_name="从事专业")
    post = models.CharField("评审机构职务", max_length=20, choices=choices.PanelPost, default=choices.PanelPost.MEMBER)
    term_until = models.DateField("聘期至", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "评审专家"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "user"], name="one_seat_a_person_and_panel"),
            models.UniqueConstraint(
                fields=["panel"], condition=Q(post=choices.PanelPost.CHAIR), name="one_chair_a_panel"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def source(self) -> str:
        return "外聘" if self.external else "本企业"


@guarded
class LibraryExpert(Case):
    """市工程技术中评委专家库: who may be sent to a panel meeting or sit on the committee (S-3: a term of years)."""

    organisation_path = "organisation"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="市局")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="library_entry", verbose_name="专家"
    )
    employer = models.CharField("工作单位", max_length=120)
    works_at = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="所在试点企业"
    )
    rank = models.CharField("职称层级", max_length=20, choices=choices.TitleRank)
    title = models.CharField("专业技术资格", max_length=60)
    speciality = models.ForeignKey(Speciality, models.PROTECT, related_name="+", verbose_name="从事专业")
    term_until = models.DateField("聘期至")
    suspended_until = models.DateField("暂停参加评审至", null=True, blank=True)
    suspended_reason = models.CharField("暂停原因", max_length=200, blank=True)
    state = StateField(choices.ExpertState)

    class Meta:
        verbose_name = verbose_name_plural = "中评委专家库成员"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.user.name

    @property
    def code(self) -> str:
        """By which a draw names him for good."""
        return f"ZJ{self.pk:05d}"

    @move(state, choices.ExpertState.IN_LIBRARY, choices.ExpertState.REMOVED)
    def remove(self) -> None:
        """Leaves the library; what he did stays."""

    @move(state, choices.ExpertState.REMOVED, choices.ExpertState.IN_LIBRARY)
    def restore(self) -> None:
        """Back for a new term."""
