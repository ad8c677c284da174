"""The year's settings as one form; every field carries its clause as help."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import fields_for_model

from jiaxing_titles import clock
from jiaxing_titles.policy.models import Cycle, Interpretation, PolicyDocument
from jiaxing_titles.policy.rules import CLAUSES

SETTINGS = tuple(CLAUSES)


def next_year() -> int:
    """The first year that has no settings yet."""
    last = Cycle.objects.order_by("-year").values_list("year", flat=True).first()
    return last + 1 if last else clock.today().year


class YearForm(forms.Form):
    year = forms.IntegerField(label="年度", min_value=2019, max_value=2100, initial=next_year)


class PolicyDocumentForm(forms.ModelForm):
    url = forms.URLField(label="网址", max_length=300, required=False, assume_scheme="https")

    class Meta:
        model = PolicyDocument
        fields = ("title", "number", "effective_on", "url")
        widgets = {"effective_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class RepealForm(forms.Form):
    repealed_on = forms.DateField(label="废止日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    reason = forms.CharField(label="依据", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class InterpretationForm(forms.ModelForm):
    """One question and its answer; while it is being amended with what was written before."""

    answer = forms.TypedChoiceField(
        label="答复",
        choices=[("True", "是"), ("False", "否")],
        coerce=lambda chosen: chosen == "True",
        widget=forms.RadioSelect,
        help_text="自施行日期起，资格条件核对按这一答复办理。",
    )

    class Meta:
        model = Interpretation
        fields = ("question", "answer", "text", "effective_on")
        widgets = {
            "text": forms.Textarea(attrs={"rows": 6}),
            "effective_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, case: Any, **kwargs: Any) -> None:
        before = {name: getattr(case, name) for name in self._meta.fields} if isinstance(case, Interpretation) else {}
        super().__init__(*args, initial=before, **kwargs)

    def clean_effective_on(self) -> Any:
        day = self.cleaned_data["effective_on"]
        if day < clock.today():
            raise ValidationError("施行日期不能早于今天，解释不溯及以前。")
        return day


class BasisForm(forms.Form):
    """What the year rests on; a document that takes effect in the middle of it binds it only by this decision."""

    documents = forms.ModelMultipleChoiceField(
        PolicyDocument.objects.none(), label="依据文件", widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(label="调整理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, case: Cycle, **kwargs: Any) -> None:
        super().__init__(*args, initial={"documents": case.basis.all()}, **kwargs)
        field: Any = self.fields["documents"]
        field.queryset = PolicyDocument.objects.confirmed()


class SettingsForm(forms.Form):
    """Dates and numbers of a year, checked as the table's constraints do, with a reason for the change."""

    def __init__(self, *args: Any, case: Cycle | None = None, **kwargs: Any) -> None:
        if case is not None:
            kwargs.setdefault("initial", {name: getattr(case, name) for name in SETTINGS})
        super().__init__(*args, **kwargs)
        self.case = case
        for name, field in fields_for_model(Cycle, fields=SETTINGS).items():
            field.help_text = f"{CLAUSES[name]}。{field.help_text}" if field.help_text else f"{CLAUSES[name]}。"
            if isinstance(field, forms.DateField):
                field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            self.fields[name] = field
        self.fields["reason"] = forms.CharField(
            label="调整理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
        )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if self.errors or self.case is None:
            return found
        changed = Cycle(year=self.case.year, **{name: found[name] for name in SETTINGS})
        try:
            changed.validate_constraints(exclude=["id"])
        except ValidationError as broken:
            for name, sentences in broken.message_dict.items():
                self.add_error(name if name in self.fields else None, sentences)
        return found
