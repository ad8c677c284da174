from __future__ import annotations

from typing import Any

from django import forms

from certificates.forms.announcement import DAY
from certificates.queries.fulfilment import late_appointments
from enterprises.forms import ProposedCreditForm
from enterprises.models import ReviewAuthority
from jiaxing_titles.attachments.fields import AttachmentField
from jiaxing_titles.ui.formats import cn_date

LONG_TEXT = forms.Textarea(attrs={"rows": 4})


class AppointmentForm(forms.Form):
    """What the company did: post, letter, term, pay (办法五（四））."""

    post = forms.CharField(label="聘任岗位", max_length=60)
    document_number = forms.CharField(label="聘任文号", max_length=60, help_text="本企业聘任文件的文号或聘书编号。")
    appointed_from = forms.DateField(label="聘期起", widget=DAY)
    appointed_to = forms.DateField(label="聘期止", widget=DAY, required=False, help_text="没有期限的空着。")
    pay_item = forms.CharField(label="待遇项目", max_length=60, help_text="如职称津贴、岗位工资，不填金额。")
    pay_from = forms.DateField(
        label="兑现月份", widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"), input_formats=["%Y-%m"]
    )
    evidence = AttachmentField(label="聘任文件、兑现凭证", kinds=("pdf", "jpg", "png"))

    def __init__(self, *args: Any, case: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if case is None:
            return
        for name in ("post", "document_number", "appointed_from", "appointed_to", "pay_item", "pay_from"):
            self.fields[name].initial = getattr(case, name) or None
        self.fields["evidence"].required = not case.evidence.exists()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("appointed_from"), data.get("appointed_to")
        if start and end and end < start:
            self.add_error("appointed_to", "聘期止早于聘期起，请核对这两个日期。")
        return data


class AbsenceForm(forms.Form):
    absence_reason = forms.CharField(label="未聘任原因", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class ConfirmForm(forms.Form):
    confirmed = forms.BooleanField(label="单位登记的岗位、聘期和待遇与实际一致")


class DisputeForm(forms.Form):
    dispute = forms.CharField(
        label="反映的情况",
        max_length=2000,
        widget=LONG_TEXT,
        help_text="只有县、市人力社保局能看到内容，单位只看到“本人反映未兑现”。",
    )


class FindingsForm(forms.Form):
    findings = forms.CharField(label="核查情况", max_length=2000, widget=LONG_TEXT)


class UnhonouredRecordForm(ProposedCreditForm):
    def facts_of(self, authority: ReviewAuthority) -> str:
        late = list(late_appointments(authority).select_related("person"))
        if not late:
            return ""
        names = "、".join(str(one.person) for one in late[:20]) + ("等" if len(late) > 20 else "")
        return (
            f"{authority.cycle}{len(late)}人（{names}）公布后，{authority.enterprise}"
            f"没有在{cn_date(late[0].due_on)}前登记聘任兑现。"
        )
