"""Facts of a round."""

from typing import Any

from django import forms

from applications.models import AnnualRound


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class RoundForm(forms.ModelForm):  # type: ignore[type-arg] # Django's forms take no parameters at run time
    """申报起止、咨询人、须知."""

    class Meta:
        model = AnnualRound
        fields = ["opens_on", "closes_on", "contact", "phone", "instructions"]
        widgets = {"opens_on": DateInput(), "closes_on": DateInput(), "instructions": forms.Textarea(attrs={"rows": 6})}

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or {}
        opens_on, closes_on = facts.get("opens_on"), facts.get("closes_on")
        if opens_on and closes_on and closes_on < opens_on:
            self.add_error("closes_on", "申报截止早于申报开始，核对这两个日期。")
        return facts


class RescheduleForm(forms.Form):
    opens_on = forms.DateField(label="申报开始", widget=DateInput())
    closes_on = forms.DateField(label="申报截止", widget=DateInput(), help_text="当天24:00截止。")
    reason = forms.CharField(label="调整原因", max_length=300)

    def __init__(self, *args: Any, case: AnnualRound, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"opens_on": case.opens_on, "closes_on": case.closes_on})
        super().__init__(*args, **kwargs)
