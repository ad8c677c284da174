"""Keeping the layout of the certificate data: one drafts, another puts it in use (F-80)."""

from __future__ import annotations

from certificates.choices import ProfileState as S
from certificates.forms.profile import NewProfileForm, ProfileForm
from certificates.models import ColumnProfile
from certificates.rules.columns import parse_profile
from enterprises.models import Bureau
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, Tell, step
from jiaxing_titles.reasons import Reason


@step(
    Bureau,
    label="拟定制证数据列设置",
    by=[Role.CITY_CLERK],
    on="organisation",
    creates=True,
    form=NewProfileForm,
    effects=["经审核启用后，新批次可以选用；已有批次不受影响"],
)
def draft_profile(bureau: Bureau, *, actor: Actor, name: str, text: str) -> ColumnProfile:
    """R-5.4.3: the province's template is not ours, so it is a setting."""
    if ColumnProfile.objects.filter(name=name).exists():
        raise Blocked([Reason(f"已有名为“{name}”的设置。", field="name", remedy="请换一个名称。")])
    profile = ColumnProfile(organisation=bureau.organisation, name=name)
    _write(profile, text)
    profile.save()
    return profile


@step(ColumnProfile, label="修改列设置", by=[Role.CITY_CLERK], on="organisation", when=[S.DRAFT], form=ProfileForm)
def edit_profile(profile: ColumnProfile, *, actor: Actor, text: str) -> None:
    """A draft only; what is in use is replaced by a new one."""
    _write(profile, text)


def _write(profile: ColumnProfile, text: str) -> None:
    columns, problems = parse_profile(text)
    if problems:
        raise Blocked([Reason(problem, "办法五（四）", "R-5.4.3", field="text") for problem in problems])
    profile.text, profile.columns = text, [column.as_json() for column in columns]


@step(
    ColumnProfile,
    label="启用",
    by=[Role.CITY_REVIEWER],
    on="organisation",
    move="put_in_use",
    other_than=["draft_profile", "edit_profile"],
    tells=[Tell(Role.CITY_CLERK, "organisation", "列设置“{case}”已启用。")],
)
def use_profile(profile: ColumnProfile, *, actor: Actor) -> None:
    """Checked by a second official."""


@step(ColumnProfile, label="停用", by=[Role.CITY_REVIEWER], on="organisation", move="retire")
def retire_profile(profile: ColumnProfile, *, actor: Actor) -> None:
    """No new batch uses it; those made keep their columns."""
