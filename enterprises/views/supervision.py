"""A credit record and a sanction as the company reads them, with the right to answer (R-6.1.3, R-6.3.3)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views import View

from enterprises.models import CreditRecord, Inspection, SanctionCase
from enterprises.views.registers import checklist
from jiaxing_titles.accounts.access import RoleRequired
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions.case import get_visible
from jiaxing_titles.ui.components import FileRow, Row

COMPANY = (Role.ENT_HR, Role.ENT_LEAD)


class CreditRecordView(RoleRequired, View):
    roles = (*COMPANY, *Role.officials())

    def get(self, request: Any, pk: int) -> HttpResponse:
        record = get_visible(CreditRecord, request.actor, pk, ("enterprise__organisation", "evidence", "inspection"))
        if request.actor.is_official:
            return redirect(record.console_url() or "/console/")
        rows = [
            Row("日期", record.occurred_on),
            Row("类型", record.get_kind_display()),
            Row("依据条款", record.clause),
            Row("事实", record.facts),
            Row("有效期至", record.valid_until or "长期"),
            Row("陈述申辩", record.reply),
        ]
        files = [FileRow.of(record.evidence)] if record.evidence else []
        found = checklist(record.inspection) if record.inspection else None
        context = {"case": record, "rows": rows, "files": files, "checklist": found}
        return render(request, "enterprises/credit_record.html", context)


class SanctionView(RoleRequired, View):
    roles = (*COMPANY, *Role.officials())

    def get(self, request: Any, pk: int) -> HttpResponse:
        sanction = get_visible(SanctionCase, request.actor, pk, ("enterprise__organisation", "cycle"))
        if request.actor.is_official:
            return redirect(sanction.console_url() or "/console/")
        # Opinions on the way inside the bureau are the bureau's; the decision is everybody's once it is delivered.
        delivered = sanction.state == "effective"
        rows = [
            Row("拟作处置" if not delivered else "处置", sanction.get_measure_display()),
            Row("依据条款", sanction.clause),
            Row("查明的事实", sanction.facts),
            Row("陈述申辩期限", sanction.answer_due_on),
            Row("陈述申辩", sanction.answer),
        ]
        if delivered:
            rows += [
                Row("决定文号", sanction.decision_number),
                Row("决定", sanction.decision),
                Row("生效日期", sanction.effective_on),
                Row("整改期限", sanction.rectify_due_on or "无"),
            ]
        files = [FileRow.of(one) for one in sanction.evidence.all()]
        return render(request, "enterprises/sanction.html", {"case": sanction, "rows": rows, "files": files})


class InspectionView(RoleRequired, View):
    """The company reads what was found; officials work in the console."""

    roles = (*COMPANY, *Role.officials())

    def get(self, request: Any, pk: int) -> HttpResponse:
        inspection = get_visible(Inspection, request.actor, pk, ("enterprise__organisation", "cycle"))
        if request.actor.is_official:
            return redirect(inspection.console_url() or "/console/")
        rows = [
            Row("检查类型", inspection.get_kind_display()),
            Row("来由", inspection.origin),
            Row("检查期限", inspection.due_on),
            Row("检查日期", inspection.inspected_on),
            Row("检查人员", inspection.inspectors),
            Row("检查结论", inspection.conclusion),
            Row("整改期限", inspection.rectify_due_on),
            Row("整改情况", inspection.rectification),
        ]
        context = {
            "case": inspection,
            "rows": [row for row in rows if row.value],
            "checklist": checklist(inspection) if inspection.answers else None,
        }
        return render(request, "enterprises/inspection.html", context)
