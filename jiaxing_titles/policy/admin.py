from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import admin

from jiaxing_titles.console.case_admin import CaseAdmin, RegisterAdmin
from jiaxing_titles.policy.choices import Question
from jiaxing_titles.policy.models import Cycle, Interpretation, NamedException, PolicyDocument, RuleSetVersion
from jiaxing_titles.policy.rules import CLAUSES
from jiaxing_titles.ui.components import Cell, Column, Table
from jiaxing_titles.ui.formats import cn_date


def _words(value: Any) -> str:
    if value is None:
        return "备案当日"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dt.date):
        return cn_date(value)
    return str(value)


@admin.register(Cycle)
class CycleAdmin(CaseAdmin):
    """The year's dates and numbers, each with the clause that it comes from."""

    begun_by = ("policy.open_year",)
    list_display = ("year", "apply_until", "report_due_on", "committee_due_on")
    sorts = {"newest": ("-year", "-id")}
    list_select_related = ("rule_set",)
    fields = ("year", "rule_set")

    def tables(self, entry: Any) -> list[Table]:
        rows = []
        for name, clause in CLAUSES.items():
            field = Cycle._meta.get_field(name)
            value = getattr(entry, name)
            rows.append([Cell(str(field.verbose_name)), Cell(_words(value)), Cell(clause)])
        basis = [[one.number, one.title, one.effective_on] for one in entry.basis.all()]
        columns = [Column("文号"), Column("文件名称"), Column("生效日期")]
        return [
            Table([Column("事项"), Column("本年度"), Column("依据")], rows, caption="日期和数字"),
            Table(columns, basis, caption="依据文件", empty="还没有登记。"),
        ]


@admin.register(PolicyDocument)
class PolicyDocumentAdmin(CaseAdmin):
    begun_by = ("policy.enter_policy",)
    list_display = ("title", "number", "effective_on", "repealed_on", "confirmed_at")
    fields = ("title", "number", "effective_on", "repealed_on", "url", "confirmed_at")


@admin.register(Interpretation)
class InterpretationAdmin(CaseAdmin):
    """Official interpretations (办法六（四）); what is issued stands on the public site too."""

    begun_by = ("policy.propose_interpretation",)
    list_display = ("question", "number", "answer", "effective_on", "repealed_on", "state")
    list_filter = ("question", "state")
    fields = (
        "number",
        "question",
        "clause",
        "decided",
        "text",
        "effective_on",
        "repealed_on",
        "issued_at",
        "opinion",
    )

    @admin.display(description="对应条款")
    def clause(self, entry: Interpretation) -> str:
        return entry.clause

    @admin.display(description="答复")
    def decided(self, entry: Interpretation) -> str:
        return entry.decided


@admin.register(RuleSetVersion)
class RuleSetVersionAdmin(RegisterAdmin):
    """What the rules were on a day: stored verdicts name one of these, `eligibility --rule-set` takes them."""

    list_display = ("code", "base", "made_at")
    fields = ("code", "base", "made_at")

    def tables(self, entry: Any) -> list[Table]:
        rows = [
            [Cell(one.number), Cell(Question(one.question).decided(one.answer)), Cell(cn_date(one.effective_on))]
            for one in entry.composition.answers.values()
        ]
        return [Table([Column("编号"), Column("解释"), Column("施行日期")], rows, caption="已作的解释")]


@admin.register(NamedException)
class NamedExceptionAdmin(RegisterAdmin):
    list_display = ("organisation", "kind", "until", "granted_by", "granted_at")
    list_filter = ("kind", "cycle")
    list_select_related = ("organisation", "granted_by", "cycle")
