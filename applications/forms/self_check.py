"""The six questions of 自查, and how the answers travel from page to page.

Nothing is stored: the answers so far lie, signed, in a hidden field of the form, so what comes back is what these forms
have accepted. For the way through the sign-in page the same text lies for an hour in a cookie (decision 15).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core import signing

from applications.choices import Grade, Level
from applications.forms.records import RecordFormSet
from applications.models import Education, HeldPost, WorkPeriod
from applications.rules.plausible import impossible
from jiaxing_titles import clock

SALT = "applications.self_check.1"  # another number when the shape of the answers changes
MOST_CARDS = 12
NO_GRADE = "none"
Answers = dict[str, Any]


@dataclass(frozen=True)
class Question:
    """One page: its heading, what helps to answer, and the words of a further card where there are cards."""

    key: str
    heading: str
    hint: str
    further: str = ""
    clause: str = ""


QUESTIONS = {
    one.key: one
    for one in (
        Question("level", "您想申报哪一级？", "已经有这一级或更高资格的，不用再申报。"),
        Question(
            "education",
            "您有哪些学历、学位，什么时候取得？",
            "最高的一定要填；有几段填几段，较早的学历有时更有利。全日制的请填入学时间。",
            "再加一段学历",
            "附件三",
        ),
        Question(
            "work",
            "您从什么时候开始从事工程技术工作？",
            "从第一份工作起，每换一次单位或岗位填一段；不从事工程技术的工作也填上，不勾“从事工程技术工作”。还没有工作的直接继续。",
            "再加一段工作",
            "附件三",
        ),
        Question(
            "posts",
            "您担任过技术员、助理工程师职务吗？",
            "从单位聘任那天算起，不是从取得资格那天。没有担任过的直接继续。",
            "再加一段职务",
            "附件三、1（5）",
        ),
        Question("assessments", "近3年的年度考核是什么等次？", "当年不在岗的年度不要求考核。", "", "附件一"),
        Question("hours", "今年取得了多少继续教育学时？", "", "", "附件二"),
    )
}


def pack(answers: Answers) -> str:
    """The answers as one signed text."""
    return signing.dumps(answers, salt=SALT, compress=True)


def unpack(text: str, max_age: int | None = None) -> Answers:
    """What `pack` made; nothing for a text that is not ours or, in seconds, too old."""
    try:
        found: Answers = signing.loads(text, salt=SALT, max_age=max_age)
    except signing.BadSignature:
        return {}
    return found


class LevelForm(forms.Form):
    level = forms.ChoiceField(label="申报级别", choices=Level.choices, widget=forms.RadioSelect)


class Cards(RecordFormSet):
    """Cards of one question; a day that cannot be true of anybody is told beside its field."""

    def clean(self) -> None:
        for form in self.forms:
            values = getattr(form, "cleaned_data", {})
            if values.get("DELETE"):
                continue
            for name, wrong in impossible(values, today=clock.today(), born_on=None).items():
                form.add_error(name, f"{form.fields[name].label}{wrong}")


_FIELDS: dict[str, tuple[Any, list[str]]] = {
    "education": (Education, ["level", "award", "outcome", "mode", "started_on", "awarded_on"]),
    "work": (WorkPeriod, ["began_on", "ended_on", "engineering", "relation", "full_time"]),
    "posts": (HeldPost, ["title", "appointed_from", "appointed_to"]),
}


def cards(key: str, extra: int) -> Any:
    """The formset of one question with that many empty cards; only 学历 needs at least one."""
    model, fields = _FIELDS[key]
    return forms.formset_factory(
        forms.modelform_factory(model, fields=fields),
        formset=Cards,
        extra=extra,
        min_num=1 if key == "education" else 0,
        validate_min=key == "education",
        max_num=MOST_CARDS,
        absolute_max=MOST_CARDS + 1,
        can_delete=True,
    )


class CoursesForm(forms.Form):
    """附件四: what makes a speciality 相近."""

    courses_match = forms.IntegerField(
        label="所学课程中属于现在岗位专业的门数",
        min_value=0,
        max_value=200,
        required=False,
        help_text="只有“相近专业”的岗位想走初定的需要填：三门以上为相近专业。不清楚的留空。",
    )


class AssessmentsForm(forms.Form):
    """One grade for each of the last three years."""

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [*Grade.choices, (NO_GRADE, "没有考核结果（当年不在岗，或还不清楚）")]
        for year in years:
            self.fields[f"grade_{year}"] = forms.ChoiceField(
                label=f"{year}年", choices=choices, widget=forms.RadioSelect
            )


class HoursForm(forms.Form):
    """附件二 binds 工程师 only."""

    hours = forms.DecimalField(label="学时", min_value=Decimal(0), max_digits=6, decimal_places=2)

    def __init__(self, *args: Any, year: int, level: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["hours"]
        field.label = f"{year}年已经取得的学时"
        field.required = level != Level.ASSISTANT_ENGINEER
        field.help_text = (
            "89.5学时就填89.5，不进位。还没有的填0。"
            if field.required
            else "申报助理工程师不要求学时，可以不填，直接查看结果。"
        )


def forms_for(
    key: str, answers: Answers, *, year: int, data: Mapping[str, Any] | None = None, more: bool = False
) -> Any:
    """The forms of one question, with what was answered before or what was sent."""
    known = answers.get(key)
    if key in _FIELDS:
        if data is not None:
            found = [cards(key, extra=0)(data, prefix=key)]
        else:
            found = [cards(key, extra=1 if more or not known else 0)(initial=known or [], prefix=key)]
        if key == "work":
            found.append(CoursesForm(data, initial={"courses_match": answers.get("courses_match")}))
        return found
    if key == "level":
        return [LevelForm(data, initial={"level": known})]
    if key == "assessments":
        initial = {f"grade_{one}": grade for one, grade in (known or {}).items()}
        return [AssessmentsForm(data, years=assessed_years(year), initial=initial)]
    return [HoursForm(data, year=year, level=answers.get("level", ""), initial={"hours": known})]


def assessed_years(year: int) -> list[int]:
    """近3年 of the year of application, the latest first."""
    return [year - 1, year - 2, year - 3]


def answered(key: str, valid: list[Any]) -> Answers:
    """What the valid forms of one question add to the answers; JSON primitives only."""
    if key in _FIELDS:
        found: Answers = {key: valid[0].rows()}
        return found | {"courses_match": valid[1].cleaned_data["courses_match"]} if key == "work" else found
    facts = valid[0].cleaned_data
    if key == "assessments":
        return {key: {name.removeprefix("grade_"): grade for name, grade in facts.items()}}
    if key == "hours":
        return {key: "" if facts["hours"] is None else f"{facts['hours']:f}"}
    return {key: facts["level"]}
