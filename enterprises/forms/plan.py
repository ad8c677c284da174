"""Forms of the 试点工作方案."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from enterprises.choices import EVERY_SPECIALITY, CriterionKind, Level, Necessity, PilotPlanState, Route, Section
from enterprises.forms import fields
from enterprises.models import PilotPlan, ReviewAuthority, Speciality
from enterprises.rules.plan_lint import Finding


class PlanStartForm(forms.Form):
    """A change of an approved plan says why."""

    change_reason = fields.text("变更原因", limit=300, rows=3)

    def __init__(self, *args: Any, case: ReviewAuthority, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not case.plans.filter(state=PilotPlanState.APPROVED).exists():
            del self.fields["change_reason"]


class SectionForm(forms.Form):
    kind = forms.ChoiceField(label="部分", choices=Section.choices, widget=forms.HiddenInput)
    text = fields.text("内容", limit=20000, rows=14)


class PreferenceForm(forms.Form):
    front_line_preference = fields.text(
        "向一线和做出突出贡献人才倾斜的办法",
        limit=1000,
        rows=4,
        hint="办法五（一）要求坚持向一线和做出突出贡献的人才倾斜。",
    )
    allows_remote = forms.BooleanField(label="允许远程述职、远程参会", required=False)


class CriterionForm(forms.Form):
    """One criterion; levels and specialities are those of the authority (PR-2); it says whom it is for (R-5.1.4)."""

    level = fields.pick("级别", Level.choices)
    route = fields.pick("途径", Route.choices)
    kind = forms.ChoiceField(label="类型", choices=CriterionKind.choices)
    necessity = fields.pick("作用", Necessity.choices)
    option_group = fields.text("任选组", limit=20, required=False, hint="“任选其一”的填写组名，同组各条满足其一即可。")
    text = fields.text("内容", limit=500, rows=3)
    speciality = forms.ChoiceField(label="适用专业", initial=EVERY_SPECIALITY[0])
    post = fields.text("适用岗位", limit=100, hint="不限岗位的写“全部专业技术岗位”。")
    annex_item = fields.text("对应附件条款", limit=30, required=False, hint="如 附件三、1（3）。")
    years = forms.IntegerField(label="要求年限", min_value=0, max_value=50, required=False)
    hours = forms.IntegerField(label="要求学时", min_value=0, max_value=1000, required=False)
    score_floor = forms.IntegerField(label="最低分", min_value=0, max_value=1000, required=False)

    def __init__(self, *args: Any, case: PilotPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        granted = case.authority
        self.fields["level"].choices = [choice for choice in Level.choices if choice[0] in granted.levels]
        specialities = [(str(one.pk), one.name) for one in granted.specialities.all()]
        self.fields["speciality"].choices = [EVERY_SPECIALITY, *specialities]
        self.fields["post"].initial = "全部专业技术岗位"

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("necessity") == Necessity.ALTERNATIVE and not self.cleaned_data.get("option_group"):
            self.add_error("option_group", "“任选其一”的标准请填写组名，如 成果。")
        return self.cleaned_data

    def clean_speciality(self) -> Any:
        """`all`, or the speciality itself."""
        chosen = self.cleaned_data["speciality"]
        return chosen if chosen == EVERY_SPECIALITY[0] else Speciality.objects.get(pk=chosen)


class PayLinkForm(forms.Form):
    level = fields.pick("级别", Level.choices)
    post = fields.text("聘任岗位", limit=100)
    pay_item = fields.text("薪酬待遇项目", limit=100, hint="如 职称津贴、岗位工资上调一档。")
    monthly_increase = forms.IntegerField(
        label="每月增加（元）", min_value=1, max_value=1_000_000, help_text="没有固定金额的填最低额。"
    )

    def __init__(self, *args: Any, case: PilotPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [choice for choice in Level.choices if choice[0] in case.authority.levels]


class WeightsForm(forms.Form):
    """Percent of each dimension; that they make 100 is for the step to say, beside the last of them."""

    ethics = forms.IntegerField(label="职业道德（%）", help_text="敬业、诚信、遵规守纪。")
    innovation = forms.IntegerField(label="创新能力（%）", help_text="专业性、创新性、创新成果。")
    performance = forms.IntegerField(label="业绩水平（%）", help_text="履责绩效、技术水平。")
    contribution = forms.IntegerField(label="实际贡献（%）", help_text="对企业、行业的实际贡献。")
    score_threshold = forms.IntegerField(
        label="评分阈值（分）",
        min_value=1,
        max_value=100,
        help_text="任何一项低于阈值，评审专家须写明理由；平均分达到阈值的，评分建议通过。结果只由无记名投票决定。",
    )
    drops_extremes = forms.BooleanField(label="算平均分时去掉一个最高分和一个最低分（五人以上评价时）", required=False)


class AnswersForm(forms.Form):
    """A box for each warning of the linter, with what was answered before."""

    def __init__(self, *args: Any, case: PilotPlan, warnings: Sequence[Finding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        written = dict(case.finding_answers.values_list("key", "text"))
        for one in warnings:
            box = fields.text(one.reason.text, limit=500, rows=3, hint=one.reason.remedy)
            box.initial = written.get(one.key, "")
            self.fields[f"answer_{one.key}"] = box

    @property
    def answers(self) -> dict[str, str]:
        """{key of the warning: answer}."""
        return {name.removeprefix("answer_"): text for name, text in self.cleaned_data.items()}


class ResolutionForm(forms.Form):
    """The minutes of the leadership's meeting (R-5.1.8)."""

    met_on = fields.day("审议日期")
    attendees = fields.text("参会领导班子成员", limit=500, rows=2)
    conclusion = fields.text("审议结论", limit=1000, rows=3)
    file = fields.upload("会议纪要（签字或盖章扫描件）")


class CommentForm(forms.Form):
    section = forms.ChoiceField(label="部分", choices=Section.choices)
    text = fields.text("批注", limit=500, rows=3)
