from __future__ import annotations

from typing import Any

from django import forms

from certificates.rules.columns import DEFAULT_TEXT, parse_profile

LINES = forms.Textarea(attrs={"rows": 32, "spellcheck": "false"})


class ProfileForm(forms.Form):
    text = forms.CharField(
        label="列的设置",
        max_length=8000,
        widget=LINES,
        help_text="每行一列：列名 | 字段 | 必填 | 代码对照（如 评审=1；初定=2）。",
    )

    def __init__(self, *args: Any, case: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].initial = getattr(case, "text", DEFAULT_TEXT)

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        _, problems = parse_profile(text)
        if problems:
            raise forms.ValidationError(problems)
        return text


class NewProfileForm(ProfileForm):
    name = forms.CharField(label="名称", max_length=60, help_text="如：省系统2027版模板。")
    field_order = ["name", "text"]
