"""Facts about panels, their members and the expert library."""

from __future__ import annotations

from typing import Any

from django import forms

from enterprises.models import Speciality
from jiaxing_titles.accounts.models import Organisation, User
from jiaxing_titles.accounts.roles import Role
from reviews.choices import PanelPost, TitleRank
from reviews.models import Panel, PanelMember
from reviews.queries.invitations import declined_seats


def people_in_role(organisation: Organisation, *roles: Role) -> Any:
    """Users who hold one of these roles there now, by name."""
    held = {"memberships__organisation": organisation, "memberships__role__in": roles, "memberships__ended_at": None}
    return User.objects.filter(**held, is_active=True).order_by("name_sort", "pk").distinct()


def offer(form: forms.Form, name: str, rows: Any) -> None:
    """Let a choice field of this form choose among these rows."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows


def name_and_place(obj: Any) -> str:
    return f"{obj.name}（{obj.employer}）" if hasattr(obj, "employer") else str(obj)


class NamedChoiceField(forms.ModelChoiceField):
    """Shows a name and, for experts, where they work."""

    def label_from_instance(self, obj: Any) -> str:
        return name_and_place(obj)


class NamedChoicesField(forms.ModelMultipleChoiceField):
    """Several at once, one line each to tick."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return name_and_place(obj)


def day_field(label: str, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


class PanelForm(forms.Form):
    name = forms.CharField(label="评审机构名称", max_length=120)
    from_reserve = forms.BooleanField(label="把试点申请时登记的评审专家储备全部带入", required=False, initial=True)

    def __init__(self, *args: Any, case: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if case is not None:
            self.fields["name"].initial = f"{case.enterprise}{case.cycle.year}年度工程技术职称评审委员会"


class MemberForm(forms.Form):
    """One expert; `member` is the seat being changed, None for a new one."""

    user = NamedChoiceField(
        label="账号",
        queryset=User.objects.none(),
        required=False,
        help_text="有账号的专家可以自己签到、评价；没有的用纸面办理。",
    )
    name = forms.CharField(label="姓名", max_length=50)
    external = forms.TypedChoiceField(
        label="来源",
        choices=[("no", "本企业专业技术骨干"), ("yes", "外聘专家")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="no",
    )
    employer = forms.CharField(label="工作单位", max_length=120)
    department = forms.CharField(label="部门", max_length=80, required=False)
    duty = forms.CharField(label="职务", max_length=80, required=False)
    rank = forms.ChoiceField(label="职称层级", choices=TitleRank)
    title = forms.CharField(label="专业技术资格", max_length=60)
    titled_on = day_field("取得时间", required=False)
    speciality = forms.ModelChoiceField(label="从事专业", queryset=Speciality.objects.none())
    post = forms.ChoiceField(label="评审机构职务", choices=PanelPost, initial=PanelPost.MEMBER)
    term_until = day_field("聘期至", required=False)

    def __init__(self, *args: Any, case: Panel | None = None, member: PanelMember | None = None, **kwargs: Any) -> None:
        self.member = member
        if member is not None:
            kwargs.setdefault("initial", self._values(member))
        super().__init__(*args, **kwargs)
        offer(self, "speciality", Speciality.objects.filter(active=True))
        if case is not None:
            enterprise = case.round.enterprise
            offer(self, "user", people_in_role(enterprise.organisation, Role.PANEL_EXPERT))
            self.fields["employer"].initial = str(enterprise)

    @staticmethod
    def _values(member: PanelMember) -> dict[str, Any]:
        plain = ("user", "name", "employer", "department", "duty", "rank", "title", "titled_on", "speciality", "post")
        values = {name: getattr(member, name) for name in plain}
        return values | {"external": "yes" if member.external else "no", "term_until": member.term_until}

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or {}
        return facts | ({"member": self.member} if self.member is not None else {})


class RemoveMemberForm(forms.Form):
    member = NamedChoiceField(label="移出的专家", queryset=PanelMember.objects.none())

    def __init__(self, *args: Any, case: Panel | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if case is not None:
            offer(self, "member", case.members.all())


class SubstituteForm(MemberForm):
    """Another expert for the seat of one who answered that he cannot come."""

    member = NamedChoiceField(label="不能出席的评审专家", queryset=PanelMember.objects.none())
    field_order = ("member",)

    def __init__(self, *args: Any, case: Panel | None = None, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        if case is not None:
            gone = declined_seats(case)
            offer(self, "member", gone)
            if len(gone) == 1:
                self.fields["member"].initial, self.fields["post"].initial = gone[0].pk, gone[0].post


class RatioReasonForm(forms.Form):
    over_ratio_reason = forms.CharField(
        label="因工作需要外聘的原因", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, case: Panel | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if case is not None:
            self.fields["over_ratio_reason"].initial = case.over_ratio_reason


class LibraryExpertForm(forms.Form):
    user = NamedChoiceField(label="专家", queryset=User.objects.none())
    employer = forms.CharField(label="工作单位", max_length=120)
    works_at = forms.ModelChoiceField(
        label="所在试点企业",
        queryset=Organisation.objects.none(),
        required=False,
        help_text="在试点企业任职的必须选，抽取时回避。",
    )
    rank = forms.ChoiceField(label="职称层级", choices=TitleRank)
    title = forms.CharField(label="专业技术资格", max_length=60)
    speciality = forms.ModelChoiceField(label="从事专业", queryset=Speciality.objects.none())
    term_until = day_field("聘期至")

    def __init__(self, *args: Any, case: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "speciality", Speciality.objects.filter(active=True))
        offer(self, "works_at", Organisation.objects.filter(kind="enterprise"))
        if case is not None:
            offer(self, "user", people_in_role(case.organisation, Role.LIBRARY_MEMBER, Role.COMMITTEE))


class SuspendExpertForm(forms.Form):
    suspended_until = day_field("暂停至")
    suspended_reason = forms.CharField(label="暂停原因", max_length=200)
