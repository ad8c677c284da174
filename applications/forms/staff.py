"""Facts of the staff register."""

from __future__ import annotations

from typing import Any

from django import forms

from applications.choices import Employment
from applications.forms.round import DateInput
from applications.models import StaffMember
from jiaxing_titles.accounts.models import User


class StaffForm(forms.Form):
    """One new person; the paper decides who it is."""

    name = forms.CharField(label="姓名", max_length=50)
    id_kind = forms.ChoiceField(label="证件类型", choices=User.IdKind.choices, initial=User.IdKind.RESIDENT)
    id_number = forms.CharField(label="证件号码", max_length=30)
    number = forms.CharField(label="工号", max_length=20, required=False)
    department = forms.CharField(label="部门", max_length=50)
    position = forms.CharField(label="岗位", max_length=50)
    employment = forms.ChoiceField(label="用工形式", choices=Employment.choices)
    joined_on = forms.DateField(label="入职日期", widget=DateInput())
    phone = forms.CharField(label="手机号码", max_length=20, required=False)
    email = forms.EmailField(label="电子邮箱", required=False)


class ChangeForm(forms.ModelForm):  # type: ignore[type-arg] # Django's forms take no parameters at run time
    class Meta:
        model = StaffMember
        fields = ["number", "department", "position", "employment"]

    def __init__(self, *args: Any, case: StaffMember | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("instance", case)
        super().__init__(*args, **kwargs)


class DepartureForm(forms.Form):
    left_on = forms.DateField(label="离职日期", widget=DateInput(), help_text="最后一个在职日。")
    reason = forms.CharField(label="说明", max_length=200)
