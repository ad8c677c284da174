"""Inviting somebody, and his first visit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import User
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.identity import names, phones
from jiaxing_titles.identity.errors import Unacceptable

# Which role may let in which others, to its own organisation.
INVITES: dict[Role, tuple[Role, ...]] = {
    Role.ENT_HR: (Role.APPLICANT, Role.PANEL_SEC, Role.PANEL_EXPERT),
    Role.ENT_LEAD: (Role.ENT_HR,),
    Role.COUNTY: (Role.COUNTY,),
    Role.CITY_CLERK: (Role.LIBRARY_MEMBER,),
    Role.COMMITTEE_SEC: (Role.COMMITTEE, Role.TELLER),
    Role.SYSADMIN: (
        Role.CITY_CLERK,
        Role.CITY_REVIEWER,
        Role.CITY_LEAD,
        Role.COMMITTEE_SEC,
        Role.SUPERVISOR,
        Role.AUDITOR,
    ),
}
COMPANY_ROLES = (Role.ENT_HR, Role.ENT_LEAD)


class InvitationForm(forms.Form):
    """Whom to let in. Choices of the role follow from who invites."""

    role = forms.ChoiceField(label="身份")
    name = forms.CharField(label="姓名", max_length=50)
    email = forms.EmailField(label="电子邮箱", required=False, help_text="邀请链接发到这里；没有邮箱的填手机号码。")
    phone = forms.CharField(label="手机号码", max_length=20, required=False)

    def __init__(self, *args: Any, actor: Actor | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = INVITES.get(actor.role, ()) if actor else ()
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined] # ChoiceField

    def clean_name(self) -> str:
        return _accepted(names.accept, self.cleaned_data["name"])

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"]
        return _accepted(phones.accept, phone) if phone else ""

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if not self.errors and not found.get("email") and not found.get("phone"):
            self.add_error("email", "电子邮箱和手机号码至少填一项；都没有的，请用窗口打印口令。")
        return found


class CompanyInvitationForm(InvitationForm):
    """A county desk lets in the first people of a company."""

    def __init__(self, *args: Any, actor: Actor | None = None, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in COMPANY_ROLES]  # type: ignore[attr-defined] # ChoiceField


class AcceptForm(forms.Form):
    """The first visit: choose the name and the password for signing in."""

    username = forms.CharField(label="用户名", max_length=60, help_text="以后登录用，可以是手机号码或姓名拼音。")
    password = forms.CharField(label="密码", widget=forms.PasswordInput, help_text="至少12位，不要用姓名、生日。")
    again = forms.CharField(label="再输一次密码", widget=forms.PasswordInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_username(self) -> str:
        username = self.cleaned_data["username"].strip()
        User._meta.get_field("username").run_validators(username)
        if User.objects.filter(username=username).exclude(pk=self.user.pk).exists():
            raise forms.ValidationError("这个用户名已被使用，换一个，例如加上单位简称。")
        return username

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if "password" in found and found.get("again") != found["password"]:
            self.add_error("again", "两次输入的密码不一样，再输一次。")
        return found


class CodeForm(forms.Form):
    """The one-time code from the desk."""

    code = forms.CharField(label="一次性口令", max_length=20)

    def clean_code(self) -> str:
        return self.cleaned_data["code"].replace("-", "").replace(" ", "").upper()


def _accepted(accept: Callable[[str], str], typed: str) -> str:
    try:
        return accept(typed)
    except Unacceptable as refused:
        raise forms.ValidationError(str(refused)) from refused
