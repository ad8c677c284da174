from __future__ import annotations

from typing import Any

from django import forms

from certificates.choices import AnnulmentGround
from certificates.forms.announcement import DAY, IssueForm
from jiaxing_titles import clock
from jiaxing_titles.attachments.fields import AttachmentField


class OpenAnnulmentForm(forms.Form):
    ground = forms.ChoiceField(label="情形", choices=AnnulmentGround, widget=forms.RadioSelect)
    facts = forms.CharField(label="查明的事实", max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
    evidence = AttachmentField(label="证据（选填）", kinds=("pdf", "jpg", "png"), required=False)


class NoticeForm(forms.Form):
    statement_due_on = forms.DateField(label="陈述申辩期限", widget=DAY, help_text="当天24:00前可以陈述申辩。")

    def clean_statement_due_on(self) -> Any:
        day = self.cleaned_data["statement_due_on"]
        if day <= clock.today():
            raise forms.ValidationError("期限要晚于今天，请给当事人留出陈述申辩的时间。")
        return day


class StatementForm(forms.Form):
    statement = forms.CharField(label="陈述申辩", max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))


class ConclusionForm(forms.Form):
    conclusion = forms.CharField(
        label="处理意见",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="对陈述申辩是否采纳及理由、拟作的决定。",
    )


class DecideForm(IssueForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dated_on"].label = "决定日期"
