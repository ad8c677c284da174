from __future__ import annotations

from typing import Any

from django import forms

from certificates.choices import BatchKind, FileFormat, ProfileState
from certificates.forms.announcement import DAY
from certificates.models import ColumnProfile
from jiaxing_titles import clock
from jiaxing_titles.policy.models import Cycle
from jiaxing_titles.ui.formats import cn_date

RECEIPT_MB = 10


class BatchForm(forms.Form):
    cycle = forms.ModelChoiceField(Cycle.objects.all(), label="年度", empty_label=None)
    kind = forms.ChoiceField(label="类别", choices=BatchKind)
    profile = forms.ModelChoiceField(
        ColumnProfile.objects.filter(state=ProfileState.IN_USE), label="列设置", empty_label=None
    )
    purpose = forms.CharField(
        label="用途",
        max_length=300,
        help_text="文件含完整证件号码，用途会记录在案。",
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class RemakeForm(forms.Form):
    format = forms.ChoiceField(label="格式", choices=FileFormat)


class DownloadForm(RemakeForm):
    reason = forms.CharField(label="下载用途", max_length=300, help_text="文件含完整证件号码，每次下载都记录在案。")


class DeliverForm(forms.Form):
    delivered_on = forms.DateField(label="报送日期", widget=DAY)
    delivery_note = forms.CharField(label="报送方式", max_length=200, help_text="如：省人社数据归集系统导入。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["delivered_on"].initial = clock.today()

    def clean_delivered_on(self) -> Any:
        day = self.cleaned_data["delivered_on"]
        if day > clock.today():
            raise forms.ValidationError(f"报送日期不能晚于今天（{cn_date(clock.today())}）。")
        return day


class ReceiptForm(forms.Form):
    file = forms.FileField(
        label="回执文件",
        help_text="xlsx 或 csv，须有批次号、序号、行校验、证书编号、失败原因各列。"
        "也可以在报送的 csv 上填好证书编号、另加“失败原因”一列后上传。",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > RECEIPT_MB * 1024 * 1024:
            raise forms.ValidationError(f"文件超过{RECEIPT_MB} MB，请确认上传的是本批次的回执。")
        return file
