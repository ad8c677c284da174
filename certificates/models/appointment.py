"""聘任兑现: that the company appoints the person and pays accordingly (办法二、3, 五（四）)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from certificates import gates
from certificates.choices import AppointmentState as S
from certificates.models.grant import TitleGrant
from enterprises.models import Enterprise
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import User
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Case, StateField, guarded, move
from jiaxing_titles.attachments.models import Attachment


@guarded
class Appointment(Case):
    """Opened with the announcement document, not with the certificate number (decision 34).

    The company's word alone does not close it: the person confirms, or the county checks.
    """

    organisation_path = "enterprise__organisation"
    owner_path = "person"

    grant = models.OneToOneField(TitleGrant, models.PROTECT, related_name="appointment", verbose_name="取得的资格")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="appointments", verbose_name="企业")
    person = models.ForeignKey(User, models.PROTECT, related_name="appointments", verbose_name="专业技术人员")
    due_on = models.DateField("兑现期限")
    post = models.CharField("聘任岗位", max_length=60, blank=True)
    document_number = models.CharField("聘任文号", max_length=60, blank=True)
    appointed_from = models.DateField("聘期起", null=True, blank=True)
    appointed_to = models.DateField("聘期止", null=True, blank=True, help_text="空着表示长期。")
    pay_item = models.CharField("待遇项目", max_length=60, blank=True)
    pay_from = models.DateField("兑现月份", null=True, blank=True)
    evidence = models.ManyToManyField(Attachment, blank=True, related_name="+", verbose_name="聘任文件、兑现凭证")
    absence_reason = models.CharField("未聘任原因", max_length=300, blank=True)
    dispute = models.TextField("本人反映", blank=True)
    findings = models.TextField("核查情况", blank=True)
    state = StateField(S)

    class Meta:
        verbose_name = verbose_name_plural = "聘任兑现"
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["recorded", "confirmed", "verified"])
                | (~Q(post="") & ~Q(document_number="") & Q(appointed_from__isnull=False, pay_from__isnull=False)),
                name="a_recorded_appointment_has_post_and_pay",
            ),
            models.CheckConstraint(
                condition=~Q(state="not_appointed") | ~Q(absence_reason=""), name="no_appointment_has_its_reason"
            ),
        ]
        indexes = [models.Index(fields=["enterprise", "state", "due_on"], name="appointment_ledger")]

    def __str__(self) -> str:
        return f"{self.person}的聘任兑现"

    def get_absolute_url(self) -> str:
        return reverse("certificates:appointment", args=[self.pk])

    def shows_dispute_to(self, actor: Actor) -> bool:
        """The person's own word reaches the county and the city, not the employer (F-84)."""
        return actor.user == self.person or actor.role in Role.city_side() | {Role.COUNTY}

    @move(
        state, [S.PENDING, S.RECORDED, S.DISPUTED, S.NOT_APPOINTED], S.RECORDED, gate=gates.title_stands, label="登记"
    )
    def record(self) -> None: ...

    @move(state, [S.PENDING, S.NOT_APPOINTED], S.NOT_APPOINTED, gate=gates.title_stands, label="登记未聘任")
    def leave_out(self) -> None: ...

    @move(state, S.RECORDED, S.CONFIRMED, gate=gates.title_stands, label="本人确认")
    def confirm(self) -> None: ...

    @move(state, [S.PENDING, S.RECORDED, S.NOT_APPOINTED], S.DISPUTED, label="本人反映未兑现")
    def raise_dispute(self) -> None: ...

    @move(state, [S.RECORDED, S.DISPUTED], S.VERIFIED, gate=gates.verified_facts, label="核查属实")
    def verify(self) -> None: ...

    @move(
        state,
        [S.PENDING, S.RECORDED, S.CONFIRMED, S.DISPUTED, S.VERIFIED, S.NOT_APPOINTED],
        S.ENDED,
        label="因撤销、无效终止",
    )
    def end(self) -> None: ...
