"""Forms of the bureaus: opinions, corrections, the decision on the list, credit and sanctions."""

from __future__ import annotations

from typing import Any

from django import forms

from enterprises.choices import CreditKind, Measure, Outcome
from enterprises.forms import fields
from enterprises.models import (
    PLACES,
    ApprovedListEntry,
    Inspection,
    PilotApplication,
    SanctionCase,
    Speciality,
)
from jiaxing_titles import clock
from jiaxing_titles.policy.models import Cycle
from jiaxing_titles.ui.formats import cn_date
from jiaxing_titles.ui.forms import rows_of
from jiaxing_titles.workdays.calendar import deadline

CORRECTION_DAYS = 10
ANSWER_DAYS = 5


class OpinionForm(forms.Form):
    opinion = fields.text("意见", limit=2000, rows=3, required=False)


class CorrectionItemForm(forms.Form):
    """One defect; a row without a defect is left out."""

    place = forms.ChoiceField(label="哪一部分", choices=list(PLACES.items()), required=False)
    defect = fields.text("问题", limit=300, required=False)
    remedy = fields.text("怎么改", limit=300, required=False)

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("defect") and not self.cleaned_data.get("remedy"):
            self.add_error("remedy", "请写明怎么改，企业才能一次改好。")
        if self.cleaned_data.get("remedy") and not self.cleaned_data.get("defect"):
            self.add_error("defect", "请写明问题是什么。")
        return self.cleaned_data


class CorrectionItems(forms.BaseFormSet):
    def items(self) -> list[dict[str, str]]:
        return [form.cleaned_data for form in self.forms if form.cleaned_data.get("defect")]


CorrectionFormSet = rows_of(CorrectionItemForm, formset=CorrectionItems, extra=4, most=40)


class CorrectionForm(forms.Form):
    """一次性告知单 without its rows, which are a formset beside it."""

    due_on = fields.day("补正期限", hint="默认10个工作日。")
    why_again = fields.text("为何上次没有一次性告知", limit=300, rows=2, required=False)

    def __init__(self, *args: Any, case: PilotApplication, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].initial = deadline(clock.today(), CORRECTION_DAYS).on
        if not case.corrections.exists():
            del self.fields["why_again"]


class ExtensionForm(forms.Form):
    due_on = fields.day("新的期限")
    reason = fields.text("理由", limit=300, rows=2)


class CountyOpinionForm(forms.Form):
    opinion = fields.text("审查意见", limit=2000, rows=3, required=False)


class AssessmentForm(forms.Form):
    """The conclusion of the city's sheet; the conditions stand beside it."""

    proposed_outcome = fields.pick("评估结论", Outcome.choices, required=False)
    assessment = fields.text(
        "评估意见",
        limit=4000,
        rows=4,
        required=False,
        hint="不予核准的，逐项写明哪一项条件不符合；企业会看到这段文字。",
    )


class ListDraftForm(forms.Form):
    cycle = forms.ModelChoiceField(Cycle.objects.order_by("-year"), label="年度", empty_label=None)


class ListEntryForm(forms.Form):
    """The scope granted to one company, or the words of the refusal."""

    levels = fields.ticks("授予级别", [], required=False)
    specialities = forms.ModelMultipleChoiceField(
        Speciality.objects.none(), label="授予专业", required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = fields.text("理由", limit=4000, rows=4, required=False)

    def __init__(self, *args: Any, entry: ApprovedListEntry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if entry.outcome == Outcome.REFUSE:
            del self.fields["levels"], self.fields["specialities"]
            self.fields["reason"].required = True
            self.initial = {"reason": entry.reason}
            return
        application = entry.application
        shown = {value: label for value, label in PilotApplication._meta.get_field("levels").base_field.choices}
        self.fields["levels"].choices = [(value, shown[value]) for value in application.levels]
        self.fields["specialities"].queryset = application.specialities.all()
        self.initial = {"levels": entry.levels, "specialities": entry.specialities.all(), "reason": entry.reason}
        for name, sentence in (("levels", "请至少选择一个级别。"), ("specialities", "请至少选择一个专业。")):
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = sentence


class DecisionForm(forms.Form):
    """研究确定: the record of the meeting (R-4.2c)."""

    held_on = fields.day("研究日期")
    meeting = fields.text("会议名称", limit=100, hint="如 局长办公会。")
    attendees = fields.text("参加人员", limit=500, rows=2)
    conclusion = fields.text("结论", limit=1000, rows=3)


class CreditForm(forms.Form):
    """A dated fact of the credit file."""

    kind = forms.ChoiceField(label="类型", choices=CreditKind.choices)
    occurred_on = fields.day("日期")
    clause = fields.text("依据条款", limit=60, hint="如 办法六（三）。")
    facts = fields.text("事实", limit=2000, rows=4)
    file = fields.upload("证据", required=False)
    valid_until = fields.day("有效期至", required=False)


class ProposedCreditForm(forms.Form):
    """A record that a stage proposes: its facts stand written and can be put right before they are recorded."""

    facts = fields.text("事实", limit=2000, rows=4)

    def __init__(self, *args: Any, case: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"facts": self.facts_of(case)}, **kwargs)

    def facts_of(self, case: Any) -> str:
        """What is proposed to be recorded of the company's year or an inspection; each form says its own."""
        raise NotImplementedError


class InspectionCreditForm(ProposedCreditForm):
    def facts_of(self, inspection: Inspection) -> str:
        found = "；".join(f"“{label}”不符合：{note}" for label, note in inspection.findings)
        day = cn_date(inspection.inspected_on) if inspection.inspected_on else ""
        return f"{day}{inspection}发现：{found}。"


class ReplyForm(forms.Form):
    reply = fields.text("陈述申辩", limit=2000, rows=6)


class SanctionForm(forms.Form):
    """Opening a case."""

    cycle = fields.cycles()
    measure = fields.pick("拟作处置", [choice for choice in Measure.choices if choice[0] != Measure.EXIT])
    clause = fields.text("依据条款", limit=60, hint="如 办法六（三）。")
    facts = fields.text("查明的事实", limit=4000, rows=6)
    file = fields.upload("证据", required=False)


class NoticeForm(forms.Form):
    answer_due_on = fields.day("陈述申辩期限", hint="至少3天，默认5个工作日。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer_due_on"].initial = deadline(clock.today(), ANSWER_DAYS).on


class AnswerForm(forms.Form):
    answer = fields.text("陈述申辩", limit=4000, rows=8)
    file = fields.upload("证明材料", required=False)


class ProposalForm(forms.Form):
    """The desk's opinion after the answer."""

    measure = fields.pick("处置措施", Measure.choices)
    opinion = fields.text("处置意见", limit=2000, rows=5, hint="写明是否采纳企业的陈述申辩及理由。")
    effective_on = fields.day("生效日期")
    rectify_due_on = fields.day("整改期限", required=False, hint="限期整改的填写。")

    def __init__(self, *args: Any, case: SanctionCase, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].initial = case.measure
        self.fields["effective_on"].initial = clock.today()
        # What the company was told of is the heaviest that may come of it.
        order = list(Measure.values)
        last = order.index(case.measure)
        allowed = [Measure.EXIT.value] if case.measure == Measure.EXIT else order[: last + 1]
        self.fields["measure"].choices = [choice for choice in Measure.choices if choice[0] in allowed]


class SanctionDecisionForm(forms.Form):
    decision_number = fields.text("决定文号", limit=40)
    decision = fields.text("决定", limit=2000, rows=6, hint="企业和社会公众会看到这段文字。")


class ReferralForm(forms.Form):
    referred_to = fields.text("移送单位", limit=120)
    referred_on = fields.day("移送日期")
    matter = fields.text("移送事项和责任人", limit=1000, rows=3)
    materials = fields.text("移送材料", limit=1000, rows=3)


class RectificationForm(forms.Form):
    rectification = fields.text("整改情况", limit=2000, rows=6)
    file = fields.upload("证明材料", required=False)


class ResumptionForm(forms.Form):
    resumed_on = fields.day("恢复日期", hint="自这一天起可以继续评审。")
    reason = fields.text("理由", limit=1000, rows=3)
