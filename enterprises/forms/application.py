"""Forms of the company's 试点申请: one a row of the task list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms

from enterprises.choices import Condition, Desk, Level, Material, Verdict
from enterprises.forms import fields
from enterprises.models import PilotApplication, ReserveExpert, Speciality
from enterprises.rules import talent
from jiaxing_titles.ui.forms import rows_of

EMPTY_ROWS = 3
MOST_ROWS = 60


class ApplicationProfileForm(forms.Form):
    """What is applied for, and the numbers that are not in the talent table."""

    total_staff = forms.IntegerField(label="职工总数", min_value=1, max_value=1_000_000)
    research_staff = forms.IntegerField(label="研发人员数", min_value=0, max_value=1_000_000)
    levels = fields.ticks("拟评级别", Level.choices)
    specialities = forms.ModelMultipleChoiceField(
        Speciality.objects.filter(active=True),
        label="拟评专业",
        widget=forms.CheckboxSelectMultiple,
        help_text="系列固定为工程技术，只选企业实际需要的专业。",
    )
    panel_size = forms.IntegerField(
        label="拟组建评审机构人数", min_value=5, max_value=99, help_text="不少于5人，建议7人以上的单数。"
    )
    appointed_three_years = forms.IntegerField(label="近三年评聘人数", min_value=0, max_value=1_000_000, required=False)
    summary = fields.text("申请理由", limit=2000, rows=5, required=False)


TALENT_COLUMNS = (*talent.TITLES, *talent.DEGREES, *talent.AGES)


class TalentRowForm(forms.Form):
    """One speciality of the 人才结构 table; an untouched row is left out."""

    speciality = forms.ModelChoiceField(
        Speciality.objects.filter(active=True), label="专业", required=False, empty_label="不填这一行"
    )
    field_groups = (("按职称", talent.TITLES), ("按学历", talent.DEGREES), ("按年龄", talent.AGES))
    labels = {
        "senior": "高级",
        "middle": "中级",
        "junior": "初级",
        "untitled": "无职称",
        "doctor": "博士",
        "master": "硕士",
        "bachelor": "本科",
        "associate": "大专",
        "secondary": "中专及以下",
        "under_36": "35岁及以下",
        "under_51": "36至50岁",
        "over_50": "51岁及以上",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.labels.items():
            self.fields[name] = forms.IntegerField(label=label, min_value=0, max_value=100_000, required=False)

    def groups(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """(按职称 …, its fields) for the page."""
        for label, names in self.field_groups:
            yield label, [self[name] for name in names]

    def clean(self) -> dict[str, Any]:
        facts = {name: value or 0 if name != "speciality" else value for name, value in self.cleaned_data.items()}
        counted = any(facts.get(name) for name in self.labels)
        if counted and not facts.get("speciality"):
            self.add_error("speciality", "这一行填了人数，请选择专业。")
        elif facts.get("speciality") and not counted:
            self.add_error("speciality", f"“{facts['speciality']}”还没有填人数；不需要这一行的，请选“不填这一行”。")
        elif counted and not self.errors:
            sums = talent.Sums(*(sum(facts[name] for name in names) for _, names in self.field_groups))
            if problem := talent.mismatch(sums):
                self.add_error("speciality", f"{facts['speciality']}：{problem}")
        return facts


class FilledRows(forms.BaseFormSet):
    """A table typed at once: rows without their key field are not taken along."""

    key = "speciality"

    def rows(self) -> list[dict[str, Any]]:
        return [form.cleaned_data for form in self.forms if form.cleaned_data.get(self.key)]


class TalentTable(FilledRows):
    def clean(self) -> None:
        if any(self.errors):
            return
        seen = [row["speciality"] for row in self.rows()]
        double = sorted({str(one) for one in seen if seen.count(one) > 1})
        if double:
            raise forms.ValidationError(f"{'、'.join(double)}填了两行，请并成一行。")
        if not seen:
            raise forms.ValidationError("请至少填写一个专业。")


class ExpertRowForm(forms.Form):
    """One expert in reserve; an untouched row is left out."""

    name = fields.text("姓名", limit=50, required=False)
    title_level = forms.ChoiceField(label="职称级别", choices=ReserveExpert.TitleLevel.choices, required=False)
    title_name = fields.text("专业技术资格", limit=40, required=False)
    speciality = forms.ModelChoiceField(
        Speciality.objects.filter(active=True), label="专业", required=False, empty_label="请选择"
    )
    employer = fields.text("工作单位", limit=120, required=False, hint="外聘的填写，本企业的不填。")

    def clean(self) -> dict[str, Any]:
        facts = self.cleaned_data
        touched = [name for name in ("name", "title_name", "speciality", "employer") if facts.get(name)]
        if touched:
            for name in ("name", "title_level", "title_name", "speciality"):
                if not facts.get(name) and name not in self.errors:
                    self.add_error(name, f"请填写{self.fields[name].label}。")
        return facts


class ExpertTable(FilledRows):
    key = "name"

    def clean(self) -> None:
        if not any(self.errors) and not self.rows():
            raise forms.ValidationError("请至少登记一位专家。")


TalentFormSet = rows_of(TalentRowForm, formset=TalentTable, extra=EMPTY_ROWS, most=MOST_ROWS, validate_max=True)
ExpertFormSet = rows_of(ExpertRowForm, formset=ExpertTable, extra=EMPTY_ROWS, most=MOST_ROWS, validate_max=True)


class MaterialForm(forms.Form):
    """One file for one slot."""

    slot = forms.ChoiceField(label="材料", choices=Material.choices, widget=forms.HiddenInput)
    file = fields.upload("选择文件")


class ConditionForm(forms.Form):
    """One condition of 办法三 as a desk judges it, with the file and page that prove it (F-02)."""

    condition = forms.ChoiceField(label="条件", choices=Condition.choices, widget=forms.HiddenInput)
    verdict = fields.pick("结论", Verdict.choices, required=False)
    slot = forms.ChoiceField(label="证明材料", choices=[("", "请选择"), *Material.choices], required=False)
    pages = fields.text("页码", limit=60, required=False, hint="如 第3页、第二章。")
    note = fields.text("说明", limit=500, rows=2, required=False)

    @property
    def label(self) -> str:
        """The condition in the words of the 办法."""
        return Condition(self["condition"].value()).label


class ConditionTable(forms.BaseFormSet):
    """The four conditions on one page."""

    def checks(self) -> list[dict[str, str]]:
        """The facts of `save_self_check` and its sisters."""
        return [form.cleaned_data for form in self.forms]


ConditionFormSet = rows_of(
    ConditionForm, formset=ConditionTable, extra=0, min_num=0, most=len(Condition), validate_max=True
)


def condition_table(application: PilotApplication, desk: str, data: Any = None) -> ConditionTable:
    """The table of one desk; where it has not judged yet, the county and city start from what the company named."""
    own = {check.condition: check for check in application.checks.all() if check.desk == desk}
    named = {check.condition: check for check in application.checks.all() if check.desk == Desk.ENTERPRISE}
    initial = []
    for condition in Condition.values:
        row = {"condition": condition}
        if check := own.get(condition):
            row |= {"verdict": check.verdict, "slot": check.slot, "pages": check.pages, "note": check.note}
        elif check := named.get(condition):
            row |= {"slot": check.slot, "pages": check.pages}
        initial.append(row)
    return ConditionFormSet(data, initial=initial, prefix="conditions")


class CommitmentForm(forms.Form):
    commitment = fields.promise(
        "本企业自愿申请开展职称自主评审，所填内容和上传材料真实、完整，如有不实愿承担相应责任。"
    )


class ResponsibilityForm(forms.Form):
    responsibility = fields.promise(
        "我已审阅全部内容，代表企业对其真实性负责，并落实自主评审主体责任（办法六（二））。"
    )


class StartForm(forms.Form):
    """Beginning a year's application."""

    copy_last = forms.BooleanField(label="带入上一年度填写的内容（材料文件需重新上传）", required=False)
