"""Letting people in (decision 41): a signed link by mail or SMS, or a code that two officials print at a desk."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.db import IntegrityError, transaction

from jiaxing_titles import clock
from jiaxing_titles.accounts import grants
from jiaxing_titles.accounts.actor import SYSTEM, Actor
from jiaxing_titles.accounts.forms import COMPANY_ROLES, INVITES, CompanyInvitationForm, InvitationForm
from jiaxing_titles.accounts.models import Invitation, Organisation, User
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, Tell, step
from jiaxing_titles.audit.chain import Draft, record
from jiaxing_titles.reasons import Reason

VALID = dt.timedelta(days=14)
DESK_VALID = dt.timedelta(days=3)
CODE_SIGNS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
WELCOME = "您已受邀加入嘉兴市民营企业职称自主评审平台，请在14天内打开链接设置密码。"


@step(
    Organisation,
    label="邀请人员",
    by=list(INVITES),
    on="",
    creates=True,
    form=InvitationForm,
    tells=[Tell.person("user", WELCOME, sms=True)],
    effects=["向对方发出邀请链接，14天内有效，只能用一次"],
)
def invite(
    organisation: Organisation, *, actor: Actor, role: str, name: str, email: str = "", phone: str = ""
) -> Invitation:
    """A colleague, panel member or official is let in by somebody of the same organisation."""
    if Role(role) not in INVITES[actor.role]:
        raise Blocked([Reason(f"{actor.role.label}不能邀请{Role(role).label}。", field="role")])
    return _invitation(organisation, actor, Role(role), name, email, phone)


@step(
    Organisation,
    label="邀请企业人员",
    by=[Role.COUNTY],
    on="supervisor",
    creates=True,
    form=CompanyInvitationForm,
    tells=[Tell.person("user", WELCOME, sms=True)],
    effects=["向对方发出邀请链接，14天内有效，只能用一次"],
)
def invite_company(
    organisation: Organisation, *, actor: Actor, role: str, name: str, email: str = "", phone: str = ""
) -> Invitation:
    """The county desk lets in the first HR person and the head of a company that it registered."""
    if Role(role) not in COMPANY_ROLES:
        raise Blocked([Reason("县(市、区)人社局只邀请企业经办和企业负责人，其他人员由企业邀请。", field="role")])
    return _invitation(organisation, actor, Role(role), name, email, phone)


def _invitation(organisation: Organisation, actor: Actor, role: Role, name: str, email: str, phone: str) -> Invitation:
    assert actor.user is not None
    user = person_for(name, email, phone)
    if user.memberships.current().filter(organisation=organisation, role=role).exists():
        raise Blocked([Reason(f"{name}已经是{organisation.short_name}{role.label}。", field="name")])
    now = clock.now()
    return Invitation.objects.create(
        user=user, organisation=organisation, role=role, invited_by=actor.user, created_at=now, expires_at=now + VALID
    )


def person_for(name: str, email: str, phone: str) -> User:
    """The person with this e-mail address, who must bear this name; somebody new when nobody has it."""
    known = User.objects.filter(email=email).first() if email else None
    if known is None:
        return new_person(name=name, email=email, phone=phone)
    if known.name != name:
        raise Blocked([Reason("这个电子邮箱登记在另一个姓名下，请核对姓名和邮箱。", field="email")])
    return known


def new_person(*, name: str, **known: str) -> User:
    """A person without a password yet; the sign-in name is a number without meaning until he chooses his own."""
    while True:
        try:
            with transaction.atomic():
                return User.objects.create_user(username=f"r{secrets.randbelow(10**9):09d}", name=name, **known)
        except IntegrityError as clash:
            if "username" not in str(clash):
                raise Blocked([Reason("这个电子邮箱或证件已登记在别人名下。", field="email")]) from clash


@step(
    Invitation,
    label="打印窗口口令",
    by=[Role.COUNTY, Role.CITY_CLERK, Role.SYSADMIN],
    on="organisation.supervisor",
    effects=["生成一次性口令，3天内有效，只显示这一次", "两名经办人的姓名记入办理记录"],
)
def print_desk_code(invitation: Invitation, *, actor: Actor) -> None:
    """For somebody without mail: a second official, other than the one who invited, prints the code."""
    assert actor.user is not None
    if invitation.used_at:
        raise Blocked([Reason("对方已经加入，不需要口令。")])
    if invitation.invited_by_id == actor.user.pk:
        raise Blocked([Reason("口令须由邀请人以外的另一名经办人打印。", "经办、审核分设")])
    code = "".join(secrets.choice(CODE_SIGNS) for _ in range(12))
    invitation.channel, invitation.second_official = Invitation.Channel.DESK, actor.user
    invitation.code_hash, invitation.expires_at = hash_of(code), clock.now() + DESK_VALID
    invitation.printed_code = code  # type: ignore[attr-defined] # shown once by the page, never stored


def hash_of(code: str) -> str:
    """Plain SHA-256 is enough: the code has 59 random bits and three days to live."""
    return hashlib.sha256(code.encode()).hexdigest()


def open_invitation(**found_by: object) -> Invitation | None:
    """The invitation if it can still be used."""
    rows = Invitation.objects.select_related("user", "organisation").filter(**found_by)
    return rows.filter(used_at=None, expires_at__gt=clock.now()).first()


def accept(invitation: Invitation, *, username: str, password: str) -> User:
    """The invited person's first visit: sets name and password, and gives the role. Works once."""
    with transaction.atomic():
        locked = Invitation.objects.select_for_update().select_related("user", "organisation").get(pk=invitation.pk)
        if locked.used_at is not None:
            raise Blocked([Reason("这个邀请已经用过，请直接登录。")])
        user = locked.user
        user.username = username
        user.set_password(password)
        user.save()
        locked.used_at = clock.now()
        locked.save()
        grants.give(user, Role(locked.role), locked.organisation)
        record(SYSTEM, [Draft("accounts.accept", "接受邀请", subject=locked, facts={"user": user})])
    return user
