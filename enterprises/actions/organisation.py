"""Registering companies, keeping their particulars, handing over between people (F-03), exceptions by name (D-1)."""

from __future__ import annotations

from datetime import date
from typing import Any

from enterprises import forms
from enterprises.actions.files import attach
from enterprises.choices import Category
from enterprises.models import Bureau, CategoryProof, Enterprise, HandOver
from jiaxing_titles import clock
from jiaxing_titles.accounts import grants
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import Membership, Organisation, User
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, Tell, step
from jiaxing_titles.identity import credit_code as codes
from jiaxing_titles.identity.errors import Unacceptable
from jiaxing_titles.policy.models import Cycle, NamedException
from jiaxing_titles.reasons import Reason

PROFILE = ("ownership", "address", "legal_person", "contact_name", "contact_phone", "contact_email")


@step(
    Bureau,
    label="登记企业",
    by=[Role.COUNTY],
    on="organisation",
    creates=True,
    form=forms.RegistrationForm,
    effects=["建立企业档案，企业归本局受理", "随后可以邀请企业经办人和负责人"],
)
def register_enterprise(
    bureau: Bureau, *, actor: Actor, name: str, short_name: str, credit_code: str, **profile: Any
) -> Enterprise:
    """A company enters the city's books at its county desk, once for each 统一社会信用代码 (F-03)."""
    try:
        code = codes.accept(credit_code)
    except Unacceptable as problem:
        raise Blocked([Reason(str(problem), field="credit_code")]) from problem
    if Organisation.objects.filter(code=code).exists():
        text = "这个统一社会信用代码已经登记过，请核对代码，或请企业负责人办理经办人移交。"
        raise Blocked([Reason(text, field="credit_code")])
    if Organisation.objects.filter(name=name).exists():
        raise Blocked([Reason("已有同名企业，请核对名称是否与营业执照一致。", field="name")])
    organisation = Organisation.objects.create(
        kind=Organisation.Kind.ENTERPRISE,
        name=name,
        short_name=short_name,
        code=code,
        supervisor=bureau.organisation,
    )
    return Enterprise.objects.create(organisation=organisation, credit_code=code, **profile)


@step(
    Enterprise, label="修改企业信息", by=[Role.ENT_HR], on="organisation", form=forms.EnterpriseProfileForm, hidden=True
)
def update_enterprise(enterprise: Enterprise, *, actor: Actor, **profile: Any) -> None:
    """The company keeps its own particulars; name and code are the bureau's."""
    for field in PROFILE:
        if field in profile:
            setattr(enterprise, field, profile[field])


@step(Enterprise, label="添加类别证明", by=[Role.ENT_HR], on="organisation", form=forms.CategoryProofForm, hidden=True)
def add_category_proof(
    enterprise: Enterprise,
    *,
    actor: Actor,
    category: str,
    certificate_number: str,
    file: Any,
    valid_until: date | None = None,
) -> None:
    """骨干、高新、龙头 with what shows it (R-3.1)."""
    CategoryProof.objects.create(
        enterprise=enterprise,
        category=category,
        certificate_number=certificate_number,
        valid_until=valid_until,
        attachment=attach(file, actor, slot=f"{Category(category).label}证明"),
    )


@step(Enterprise, label="停用类别证明", by=[Role.ENT_HR], on="organisation", hidden=True)
def remove_category_proof(enterprise: Enterprise, *, actor: Actor, proof: int) -> None:
    """The proof is no longer shown; the file stays, because an application may have been judged by it."""
    if not enterprise.category_proofs.filter(pk=proof, removed_at=None).update(removed_at=clock.now()):
        raise Blocked([Reason("这份证明已经停用，页面已更新。")])


@step(
    Enterprise,
    label="移交经办人",
    by=[Role.ENT_LEAD],
    on="organisation",
    form=forms.HandOverForm,
    effects=["原经办人立即不能再办理本企业事项", "接手人立即可以办理，历史记录全部保留"],
)
def hand_over(enterprise: Enterprise, *, actor: Actor, leaving: Membership, successor: User, note: str = "") -> None:
    """A leaving HR person is replaced without losing history (F-03); both memberships stay on record."""
    role = Role(leaving.role)
    if leaving.organisation_id != enterprise.organisation_id or leaving.ended_at is not None:
        raise Blocked([Reason("要移交的不是本企业现任经办人，请重新选择。", field="leaving")])
    if successor.pk == leaving.user_id:
        raise Blocked([Reason("接手人与移交人是同一个人。", field="successor")])
    if not successor.memberships.current().filter(organisation=enterprise.organisation).exists():
        raise Blocked([Reason("接手人还不是本企业人员，请先邀请其加入。", field="successor")])
    grants.end(leaving)
    grants.give(successor, role, enterprise.organisation)
    HandOver.objects.create(
        enterprise=enterprise, role=role, from_user=leaving.user, to_user=successor, at=clock.now(), note=note
    )


@step(
    Enterprise,
    label="同意例外",
    by=[Role.CITY_LEAD],
    on="organisation.city",
    form=forms.ExceptionForm,
    effects=["企业在有效期内可以办理该事项", "批准人、理由和日期记入办理记录"],
    tells=[
        Tell(Role.ENT_HR, "organisation", "市人社局已同意{case}的例外申请，请在有效期内办理。"),
        Tell(Role.COUNTY, "organisation.supervisor", "市人社局已同意{case}的例外申请。"),
    ],
)
def grant_exception(enterprise: Enterprise, *, actor: Actor, cycle: Cycle, kind: str, until: date, reason: str) -> None:
    """A late application, or a condition waived: only by the leadership, by name, with a reason (D-1, R-3.2e)."""
    if until < clock.today():
        raise Blocked([Reason("有效期不能早于今天。", field="until")])
    NamedException.objects.update_or_create(
        cycle=cycle,
        organisation=enterprise.organisation,
        kind=kind,
        defaults={"reason": reason, "until": until, "granted_by": actor.person, "granted_at": clock.now()},
    )
