"""人员名册: add, change, leave. A departure holds whatever is under way (R-6.3.2, F-31)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from applications.choices import Employment
from applications.forms.staff import ChangeForm, DepartureForm, StaffForm
from applications.models import StaffMember
from enterprises.models import Enterprise
from jiaxing_titles import clock
from jiaxing_titles.accounts import grants
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import Membership, User
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, Tell, step
from jiaxing_titles.identity import names, papers, phones
from jiaxing_titles.identity.errors import Unacceptable
from jiaxing_titles.reasons import Reason

HR = {"by": [Role.ENT_HR]}


@step(
    Enterprise,
    label="添加人员",
    **HR,
    on="organisation",
    creates=True,
    form=StaffForm,
    effects=["列入人员名册，可以参加申报", "同一证件的人全市只有一个账号"],
)
def add_staff(
    enterprise: Enterprise,
    *,
    actor: Actor,
    name: str,
    id_kind: str,
    id_number: str,
    department: str,
    position: str,
    employment: str,
    joined_on: dt.date,
    number: str = "",
    phone: str = "",
    email: str = "",
) -> StaffMember:
    """One paper, one person: somebody whom the city knows already gets a second membership, not a second account."""
    person = person_with(name=name, id_kind=id_kind, id_number=id_number, phone=phone, email=email)
    if StaffMember.objects.filter(enterprise=enterprise, person=person, left_on=None).exists():
        raise Blocked([Reason(f"{name}已经在人员名册中。", "办法六3", field="id_number")])
    if joined_on > clock.today():
        raise Blocked([Reason("入职日期不能晚于今天。", "办法六3", field="joined_on")])
    grants.give(person, Role.APPLICANT, enterprise.organisation)
    made: StaffMember = StaffMember.objects.create(
        enterprise=enterprise,
        person=person,
        number=number,
        department=department,
        position=position,
        employment=Employment(employment),
        joined_on=joined_on,
    )
    return made


def person_with(*, name: str, id_kind: str, id_number: str, phone: str = "", email: str = "") -> User:
    """The person with this paper, made when the city does not know him; a known one must bear the same name."""
    name = _accepted("name", names.accept, name)
    id_number = _accepted("id_number", lambda typed: papers.accept(id_kind, typed, today=clock.today()), id_number)
    phone = _accepted("phone", phones.accept_mobile, phone) if phone else ""
    known = User.objects.with_identity(id_kind, id_number)
    if known is not None:
        if known.name != name:
            text = "这个证件号码已登记在另一个姓名下，核对姓名和证件号码。"
            raise Blocked([Reason(text, remedy="确有改名的，请联系县(市、区)人力社保局。", field="name")])
        return known
    if email and User.objects.filter(email=email).exists():
        raise Blocked([Reason("这个电子邮箱已被别人使用。", field="email")])
    return User.objects.create_user(
        username=_username(), name=name, id_kind=id_kind, id_number=id_number, phone=phone, email=email
    )


def _accepted(field: str, accept: Callable[[str], str], typed: str) -> str:
    try:
        return accept(typed)
    except Unacceptable as wrong:
        raise Blocked([Reason(str(wrong), field=field)]) from None


def _username() -> str:
    """`r` and a number without personal meaning; the person may sign in by e-mail or invitation as well."""
    last = User.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return f"r{last + 100001}"


@step(StaffMember, label="修改人员信息", **HR, on="enterprise.organisation", form=ChangeForm)
def change_staff(
    member: StaffMember, *, actor: Actor, number: str, department: str, position: str, employment: str
) -> None:
    """What may change without a new employment."""
    member.number, member.department, member.position = number, department, position
    member.employment = Employment(employment)


def _still_here(member: StaffMember, actor: Actor) -> list[Reason]:
    return [Reason(f"{member.person}已登记离职。")] if member.left_on else []


@step(
    StaffMember,
    label="登记离职",
    **HR,
    on="enterprise.organisation",
    form=DepartureForm,
    blockers=_still_here,
    kind="danger",
    tells=[Tell.person("person", "单位已登记您离职，在办的申报将暂停。有误请联系单位人事。")],
    effects=["在办的申报自离职次日起暂停，不再进入下一环节", "不能再用本单位申报人身份登录办理"],
)
def record_departure(member: StaffMember, *, actor: Actor, left_on: dt.date, reason: str) -> None:
    """R-6.3.2: the hold follows from the date itself, nothing else is written on the application."""
    if left_on > clock.today():
        raise Blocked([Reason("离职日期不能晚于今天。", "办法六3", field="left_on")])
    if left_on < member.joined_on:
        raise Blocked([Reason("离职日期早于入职日期。", "办法六3", field="left_on")])
    member.left_on, member.left_reason = left_on, reason
    held = Membership.objects.current().filter(
        user=member.person, organisation=member.enterprise.organisation, role=Role.APPLICANT
    )
    live: Any = member.person.applications.filter(enterprise=member.enterprise)
    if not live.exclude(state__in=["draft", "withdrawn"]).exists():
        for membership in held:
            grants.end(membership)
