"""People, organisations and the memberships that join them: the one truth about who may act where."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import F, Q

from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import ORGANISATION_PERMISSIONS, Role
from jiaxing_titles.clock.fields import StampField
from jiaxing_titles.identity import papers
from jiaxing_titles.identity.fields import EncryptedField, blind_index
from jiaxing_titles.identity.names import sort_key


def identity_index(kind: str, number: str) -> str:
    """The keyed hash under which a person is found, the same for an old 15-digit number and its 18-digit one."""
    return blind_index(papers.person_key(kind, number), "identity")


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: object) -> User:
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: object) -> User:
        return self.create_user(username, password, is_superuser=True, **fields)

    def with_identity(self, kind: str, number: str) -> User | None:
        """The person with this paper, found by keyed hash; None when the city does not know him."""
        return self.filter(id_index=identity_index(kind, number)).first()


class User(AbstractBaseUser, PermissionsMixin):
    """A person. One paper, one person, however many companies and roles (domain 2.3)."""

    class IdKind(models.TextChoices):
        RESIDENT = "resident", "居民身份证"
        RESIDENT_OLD = "resident_old", "15位居民身份证"
        RESIDENCE = "residence", "港澳台居民居住证"
        MAINLAND_TRAVEL = "mainland_travel", "港澳居民来往内地通行证"
        TAIWAN_TRAVEL = "taiwan_travel", "台湾居民来往大陆通行证"
        FOREIGN_PERMANENT = "foreign_permanent", "外国人永久居留身份证"
        PASSPORT = "passport", "护照"

    username = models.CharField(
        "用户名", max_length=60, unique=True, validators=[UnicodeUsernameValidator()], help_text="登录时使用。"
    )
    name = models.CharField("姓名", max_length=50)
    name_sort = models.CharField("姓名拼音", max_length=200, blank=True, editable=False)
    email = models.EmailField("电子邮箱", blank=True)
    phone = EncryptedField("手机号码", blank=True)
    id_kind = models.CharField("证件类型", max_length=20, choices=IdKind, blank=True)
    id_number = EncryptedField("证件号码", blank=True)
    id_index = models.CharField("证件索引", max_length=64, blank=True, editable=False)
    is_active = models.BooleanField("启用", default=True)
    joined_at = StampField("建档时间")

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        indexes = [
            models.Index(fields=["name"], name="user_name"),
            models.Index(fields=["name_sort"], name="user_sort"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["email"], condition=~Q(email=""), name="one_user_an_email"),
            models.UniqueConstraint(fields=["id_index"], condition=~Q(id_index=""), name="one_user_a_paper"),
            models.CheckConstraint(condition=Q(id_kind="", id_index="") | ~Q(id_kind=""), name="a_paper_has_a_kind"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Derived columns: pinyin order (SQL collations differ from machine to machine) and the keyed hash.
        self.name_sort = sort_key(self.name)
        self.id_index = identity_index(self.id_kind, self.id_number) if self.id_number else ""
        super().save(*args, **kwargs)

    @property
    def is_staff(self) -> bool:
        """Django's admin asks this; the console itself decides by the active role."""
        return self.is_superuser or self.memberships.current().filter(role__in=Role.officials()).exists()

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, actor: Actor | None) -> OrganisationQuerySet:
        """One's own organisation and those one supervises; the city's roles see every one."""
        if not actor or actor.organisation is None:
            return self.none()
        if actor.role in Role.city_side() | {Role.SYSADMIN}:
            return self.all()
        return self.filter(Q(pk=actor.organisation.pk) | Q(supervisor=actor.organisation.pk))


class Organisation(models.Model):
    """A bureau or an enterprise; `supervisor` leads from enterprise to county bureau to city bureau."""

    class Kind(models.TextChoices):
        CITY_BUREAU = "city_bureau", "市人力社保局"
        COUNTY_BUREAU = "county_bureau", "县(市、区)人力社保局"
        ENTERPRISE = "enterprise", "企业单位"

    kind = models.CharField("类别", max_length=20, choices=Kind)
    name = models.CharField("名称", max_length=120, unique=True)
    short_name = models.CharField("简称", max_length=20)
    code = models.CharField("代码", max_length=18, unique=True)
    phone = models.CharField("咨询电话", max_length=40, blank=True)
    supervisor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supervised", verbose_name="主管单位"
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "单位"
        permissions = ORGANISATION_PERMISSIONS
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="city_bureau", supervisor=None) | (~Q(kind="city_bureau") & ~Q(supervisor=None)),
                name="only_the_city_bureau_has_no_supervisor",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def city(self) -> Organisation:
        """The city bureau above this organisation, itself when it is one."""
        place = self
        while place.supervisor is not None:
            place = place.supervisor
        return place


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> MembershipQuerySet:
        return self.filter(ended_at=None)

    def holders(self, organisation: int | None, *roles: Role) -> tuple[User, ...]:
        """The people who hold one of these roles there now."""
        return self.filter(organisation=organisation).people(*roles)

    def people(self, *roles: Role) -> tuple[User, ...]:
        """Each person once who holds one of these roles now."""
        found = self.current().filter(role__in=roles).select_related("user").order_by("user_id")
        return tuple({one.user_id: one.user for one in found}.values())


class Membership(models.Model):
    """That a person holds a role at an organisation. Ended, never deleted: history keeps who acted."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships", verbose_name="人员")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships", verbose_name="单位")
    role = models.CharField("角色", max_length=20, choices=Role)
    since = models.DateTimeField("开始时间")
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        ordering = ["organisation_id", "role", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"], condition=Q(ended_at=None), name="one_live_membership"
            ),
            models.CheckConstraint(condition=~Q(role="system"), name="nobody_is_the_system"),
        ]

    def __str__(self) -> str:
        return f"{self.user}：{self.organisation.short_name}{self.get_role_display()}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, actor: Actor | None) -> InvitationQuerySet:
        """Invitations to the organisations that the acting role sees."""
        return self.filter(organisation__in=Organisation.objects.visible_to(actor))


class Invitation(models.Model):
    """A way in for somebody new: a signed link, or a one-time code printed by two officials (decision 41).

    The link is signed, not stored; of the printed code only the hash is kept. Either works once.
    """

    class Channel(models.TextChoices):
        LINK = "link", "邮件或短信链接"
        DESK = "desk", "窗口打印口令"

    user = models.ForeignKey(User, models.PROTECT, related_name="invitations", verbose_name="被邀请人")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="单位")
    role = models.CharField("角色", max_length=20, choices=Role)
    channel = models.CharField("方式", max_length=10, choices=Channel, default=Channel.LINK)
    code_hash = models.CharField("口令摘要", max_length=64, blank=True)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="邀请人")
    second_official = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="第二经办人"
    )
    created_at = models.DateTimeField("邀请时间")
    expires_at = models.DateTimeField("有效期至")
    used_at = models.DateTimeField("使用时间", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "邀请"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["code_hash"], condition=~Q(code_hash=""), name="one_invitation_a_code"),
            models.CheckConstraint(
                condition=Q(code_hash="") | (Q(second_official__isnull=False) & ~Q(second_official=F("invited_by"))),
                name="a_desk_code_has_two_officials",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}（{self.organisation.short_name}{self.get_role_display()}）"

    def get_absolute_url(self) -> str:
        """The address that its mail names; `links.signed` adds the signature when the mail leaves."""
        return f"/invite/{self.pk}/"

    def console_url(self) -> str:
        return "/console/accounts/invitation/"
