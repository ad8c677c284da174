"""Facts about reports and consolidation."""

from __future__ import annotations

from typing import Any

from django import forms

from enterprises.forms import ProposedCreditForm
from enterprises.models import Enterprise, ReviewAuthority
from jiaxing_titles.policy.models import Cycle
from jiaxing_titles.ui.formats import cn_date
from reviews.forms.filing import text_field
from reviews.forms.panel import day_field, offer
from reviews.gates.report import standings
from reviews.models import Consolidation, ResultReport


class SummaryForm(forms.Form):
    work_summary = text_field(
        "评审工作报告", rows=8, limit=10000, help_text="评审组织过程、评审会情况、结果和需要说明的事项。"
    )

    def __init__(self, *args: Any, case: ResultReport | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if case is not None:
            self.fields["work_summary"].initial = case.work_summary


class CycleForm(forms.Form):
    cycle = forms.ModelChoiceField(label="年度", queryset=Cycle.objects.order_by("-year"))


class LateReportForm(forms.Form):
    until = day_field("允许上报至")
    reason = text_field("理由", rows=3)


class ExcuseForm(forms.Form):
    enterprise = forms.ModelChoiceField(label="企业", queryset=Enterprise.objects.none())
    reason = text_field("理由", rows=3)

    def __init__(self, *args: Any, case: Consolidation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if case is not None:
            missing = [one["enterprise"].pk for one in standings(case.cycle) if one["status"] == "missing"]
            companies = Enterprise.objects.filter(pk__in=missing).select_related("organisation")
            offer(self, "enterprise", companies)


class OverdueRecordForm(ProposedCreditForm):
    def facts_of(self, authority: ReviewAuthority) -> str:
        last = cn_date(authority.cycle.report_due_on)
        return f"{authority.enterprise}没有在{last}24:00前上报{authority.cycle}评审结果。"
