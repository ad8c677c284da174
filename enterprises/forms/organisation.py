"""Forms about the company itself."""

from __future__ import annotations

from typing import Any

from django import forms

from enterprises.choices import Category, Ownership
from enterprises.forms import fields
from enterprises.models import Enterprise
from jiaxing_titles.accounts.models import Membership, User
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.identity import credit_code, names, phones
from jiaxing_titles.policy.models import NamedException


class EnterpriseProfileForm(forms.Form):
    """企业信息: what the company keeps itself."""

    ownership = fields.pick("企业类型", Ownership.choices, hint="以营业执照和股权情况为准，由县局核对。")
    address = fields.text("注册地址", limit=200)
    legal_person = fields.accepted("法定代表人", names.accept, limit=50)
    contact_name = fields.accepted("联系人", names.accept, limit=50)
    contact_phone = fields.accepted("联系电话", phones.accept, limit=30, hint="办公电话或手机，用于受理和补正联系。")
    contact_email = forms.EmailField(label="联系邮箱", required=False)


class RegistrationForm(EnterpriseProfileForm):
    """A new company in the books of its county."""

    name = fields.text("企业名称", limit=120, hint="与营业执照一致。")
    short_name = fields.text("简称", limit=20)
    credit_code = fields.accepted("统一社会信用代码", credit_code.accept, limit=40, hint="18位，见营业执照。")
    field_order = ["name", "short_name", "credit_code"]


class CategoryProofForm(forms.Form):
    """骨干、高新、龙头 with its proof."""

    category = fields.pick("企业类别", Category.choices)
    certificate_number = fields.text("证书或文件编号", limit=60, hint="如 GR202433000000。")
    valid_until = fields.day("有效期至", required=False, hint="长期有效的不填。")
    file = fields.upload("证书或认定文件")


class HandOverForm(forms.Form):
    """Who leaves and who takes over; both are people of this company."""

    leaving = forms.ModelChoiceField(Membership.objects.none(), label="移交人", empty_label=None)
    successor = forms.ModelChoiceField(User.objects.none(), label="接手人", empty_label=None)
    note = fields.text("说明", limit=200, required=False)

    def __init__(self, *args: Any, case: Enterprise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Membership.objects.current().filter(organisation=case.organisation)
        self.fields["leaving"].queryset = people.filter(role=Role.ENT_HR).select_related("user", "organisation")
        self.fields["successor"].queryset = User.objects.filter(memberships__in=people, is_active=True).distinct()


class ExceptionForm(forms.Form):
    """A named exception (D-1, R-3.2e)."""

    cycle = fields.cycles()
    kind = fields.pick(
        "事项",
        [(one.value, one.label) for one in (NamedException.Kind.LATE_APPLICATION, NamedException.Kind.CONDITION)],
    )
    until = fields.day("有效期至")
    reason = fields.text("理由", limit=1000, rows=4)
