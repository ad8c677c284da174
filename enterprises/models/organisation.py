"""Who takes part: the bureaus, the companies above their organisation rows, the catalogue of specialities."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from enterprises.choices import Category, Ownership
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import Organisation
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Case
from jiaxing_titles.identity import credit_code
from jiaxing_titles.identity.errors import Unacceptable


def validate_credit_code(value: str) -> None:
    try:
        credit_code.accept(value)
    except Unacceptable as problem:
        raise ValidationError(str(problem), code="credit_code") from problem


class Bureau(Case):
    """人力社保局: the city's, a county's, or the desk of a functional district that reports to the city (Q-4).

    A case without states: companies are registered and lists are begun on it.
    """

    organisation_path = "organisation"

    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="bureau", verbose_name="单位")
    area_code = models.CharField("行政区划代码", max_length=6, unique=True)
    functional = models.BooleanField("功能区", default=False, help_text="经开区、港区等，直接归市局汇总。")
    address = models.CharField("办公地址", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "人力社保局"
        ordering = ["area_code"]

    def __str__(self) -> str:
        return self.organisation.name

    @classmethod
    def also_visible(cls, actor: Actor) -> Q:
        """A county finds its own desk."""
        return Q(organisation=actor.organisation) if actor.role == Role.COUNTY else Q(pk__in=[])


class Speciality(models.Model):
    """A speciality of the 工程技术 series (R-0.3); the list is data that the city keeps."""

    code = models.CharField("代码", max_length=10, unique=True)
    name = models.CharField("专业", max_length=30, unique=True)
    active = models.BooleanField("启用", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "专业目录"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Enterprise(Case):
    """A private company of the city; one 统一社会信用代码, several members of staff (F-03)."""

    organisation_path = "organisation"

    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="enterprise", verbose_name="单位")
    credit_code = models.CharField(
        "统一社会信用代码",
        max_length=18,
        unique=True,
        validators=[validate_credit_code],
        error_messages={"unique": "这个统一社会信用代码已经登记过，请核对代码，或请企业负责人办理经办人移交。"},
    )
    ownership = models.CharField("企业类型", max_length=20, choices=Ownership, default=Ownership.PRIVATE)
    address = models.CharField("注册地址", max_length=200, blank=True)
    legal_person = models.CharField("法定代表人", max_length=50, blank=True)
    contact_name = models.CharField("联系人", max_length=50, blank=True)
    contact_phone = models.CharField("联系电话", max_length=30, blank=True)
    contact_email = models.EmailField("联系邮箱", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "企业"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.organisation.name

    @property
    def bureau(self) -> Organisation:
        """The county desk that receives it: 当地人力社保局 (办法四（一）)."""
        bureau = self.organisation.supervisor
        assert bureau is not None  # every organisation but the city bureau has one, by constraint
        return bureau

    @property
    def categories(self) -> list[str]:
        """The 办法三 categories it has given proof of, in the order of the 办法."""
        shown = {proof.category for proof in self.category_proofs.all() if proof.removed_at is None}
        return [value for value in Category.values if value in shown]

    @property
    def is_private(self) -> bool:
        return self.ownership in Ownership.private_kinds()


class CategoryProof(models.Model):
    """What shows that the company is 骨干, 高新 or 龙头 (R-3.1). Replaced, never overwritten."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="category_proofs", verbose_name="企业")
    category = models.CharField("类别", max_length=20, choices=Category)
    certificate_number = models.CharField("证书或文件编号", max_length=60)
    valid_until = models.DateField("有效期至", null=True, blank=True, help_text="长期有效的不填。")
    attachment = models.ForeignKey("attachments.Attachment", models.PROTECT, related_name="+", verbose_name="证明文件")
    removed_at = models.DateTimeField("停用时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "类别证明"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_category_display()}：{self.certificate_number}"


class HandOver(models.Model):
    """One person of the company takes over from another; both stay in the history (F-03)."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="hand_overs", verbose_name="企业")
    role = models.CharField("角色", max_length=20)
    from_user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="移交人")
    to_user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="接手人")
    at = models.DateTimeField("移交时间")
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "经办人移交"
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.from_user} → {self.to_user}"
