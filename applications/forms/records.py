"""Forms of the topics; the fields are the models' own, so form, import and database check the same things."""

from __future__ import annotations

from typing import Any

from django import forms

from applications.choices import Topic
from applications.forms.round import DateInput
from applications.models import (
    Achievement,
    AnnualAssessment,
    ContinuingEducation,
    Education,
    HeldPost,
    Recommendation,
    TitleApplication,
    WorkPeriod,
)
from enterprises.models import Criterion
from jiaxing_titles.attachments.fields import AttachmentField
from jiaxing_titles.ui.forms import rows_of


class PersonForm(forms.ModelForm):  # type: ignore[type-arg] # Django's forms take no parameters at run time
    """个人信息 and what is shown of the person inside the company."""

    class Meta:
        model = TitleApplication
        fields = [
            "gender",
            "born_on",
            "ethnicity",
            "first_worked_on",
            "present_work",
            "present_title",
            "present_title_on",
            "present_title_from",
            "courses_match",
            "affiliations",
            "front_line",
            "front_line_basis",
            "outstanding",
            "outstanding_basis",
            "summary",
        ]
        widgets = {
            "born_on": DateInput(),
            "present_title_on": DateInput(),
            "summary": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, case: TitleApplication | None = None, **kwargs: Any) -> None:
        if case is not None:
            kwargs.setdefault("instance", case)
        super().__init__(*args, **kwargs)
        for name in ("gender", "born_on", "ethnicity", "first_worked_on", "present_work", "summary"):
            self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or {}
        for flag, basis, word in (
            ("front_line", "front_line_basis", "一线工作情况"),
            ("outstanding", "outstanding_basis", "突出贡献情况"),
        ):
            if facts.get(flag) and not facts.get(basis):
                self.add_error(basis, f"勾选后须写明{word}。")
        return facts


def _form(model: Any, fields: list[str], areas: tuple[str, ...] = ()) -> Any:
    widgets: dict[str, Any] = {name: forms.Textarea(attrs={"rows": 4}) for name in areas}
    return forms.modelform_factory(model, fields=fields, widgets=widgets)


RECORD_FORMS: dict[str, Any] = {
    Topic.EDUCATION: _form(
        Education,
        ["level", "award", "outcome", "mode", "school", "major", "started_on", "awarded_on", "certificate_number"],
    ),
    Topic.WORK: _form(
        WorkPeriod, ["began_on", "ended_on", "employer", "position", "engineering", "relation", "full_time"]
    ),
    Topic.POSTS: _form(HeldPost, ["title", "appointed_from", "appointed_to", "employer", "document_number"]),
    Topic.ASSESSMENTS: _form(AnnualAssessment, ["year", "grade", "employer"]),
    Topic.HOURS: _form(ContinuingEducation, ["year", "kind", "content", "organiser", "hours", "certificate_number"]),
    Topic.ACHIEVEMENTS: _form(
        Achievement,
        ["kind", "title", "began_on", "ended_on", "content", "part", "effect", "on_front_line", "is_outstanding"],
        areas=("content", "effect"),
    ),
}


class RecordFormSet(forms.BaseFormSet):  # type: ignore[type-arg] # Django's forms take no parameters at run time
    """Cards of one topic; empty cards are left out, a ticked 删除 takes a card away."""

    def rows(self) -> list[dict[str, Any]]:
        """What to hand to `save_records`: one dict a card that is kept."""
        return [
            {name: self.forms[place].cleaned_data[name] for name in self.forms[place].Meta.fields}
            for place in self.kept_places()
        ]

    def kept_places(self) -> list[int]:
        """Which cards are kept, by their place on the page."""
        known = self.initial_form_count()
        return [
            place
            for place, form in enumerate(self.forms)
            if (place < known or form.has_changed()) and not form.cleaned_data.get("DELETE")
        ]

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "删除这一条"


def record_formset(topic: str, extra: int) -> Any:
    """The formset of one topic with that many empty cards."""
    return rows_of(RECORD_FORMS[topic], formset=RecordFormSet, extra=extra, can_delete=True, most=60)


class ExceptionalForm(forms.Form):
    """The plan's criterion and how it is met."""

    criterion = forms.ModelChoiceField(
        label="所依据的方案破格条件", queryset=Criterion.objects.none(), empty_label="选择条件"
    )
    grounds = forms.CharField(label="符合情况", max_length=2000, widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, *args: Any, case: TitleApplication, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["criterion"].queryset = Criterion.objects.filter(
            plan=case.round.plan, route="exceptional", level=case.level
        )


RecommendationForm = forms.modelform_factory(
    Recommendation,
    fields=["name", "title", "employer", "reason", "signed_on"],
    widgets={"reason": forms.Textarea(attrs={"rows": 4}), "signed_on": DateInput()},
)
RecommendationFormSet = rows_of(RecommendationForm, extra=0, min_num=2, most=2, validate_max=True)


class EvidenceForm(forms.Form):
    """One file for the topic of the page, sent along with its records."""

    file = AttachmentField(label="添加文件", required=False)
    note = forms.CharField(label="文件说明", max_length=100, required=False)
