"""人员名册 of the company."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views import View

from applications.actions import add_staff
from applications.choices import Employment
from applications.models import StaffMember, TitleApplication
from jiaxing_titles.accounts.access import RoleRequired
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions.case import get_visible
from jiaxing_titles.ui.components import Cell, Column, Row, Table
from jiaxing_titles.ui.formats import cn_date
from jiaxing_titles.ui.paging import page_of

PEOPLE_ROLES = (Role.ENT_HR, Role.ENT_LEAD)


class StaffFilter(forms.Form):
    name = forms.CharField(label="姓名", max_length=50, required=False)
    number = forms.CharField(label="工号", max_length=20, required=False)
    here = forms.ChoiceField(label="在职", choices=[("", "全部"), ("yes", "在职"), ("no", "已离职")], required=False)
    employment = forms.ChoiceField(label="用工形式", choices=[("", "全部"), *Employment.choices], required=False)

    def narrow(self, rows: Any) -> Any:
        facts = self.cleaned_data if self.is_bound and self.is_valid() else {}
        if facts.get("name"):
            rows = rows.filter(person__name__startswith=facts["name"])
        if facts.get("number"):
            rows = rows.filter(number=facts["number"])
        if facts.get("here"):
            rows = rows.filter(left_on__isnull=facts["here"] == "yes")
        return rows.filter(employment=facts["employment"]) if facts.get("employment") else rows


class ListView(RoleRequired, View):
    roles = PEOPLE_ROLES

    def get(self, request: Any) -> HttpResponse:
        enterprise = request.actor.organisation.enterprise
        form = StaffFilter(request.GET or None)
        rows = form.narrow(StaffMember.objects.visible_to(request.actor)).select_related("person")
        page = page_of(request, rows, {"name": ("person__name_sort", "id"), "newest": ("-id",)})
        columns = [Column(label) for label in ("姓名", "工号", "部门", "岗位", "用工形式", "入职日期", "在职")]
        lines = [
            (
                Cell(one.person.name, url=one.get_absolute_url()),
                one.number,
                one.department,
                one.position,
                one.get_employment_display(),
                cn_date(one.joined_on),
                f"{cn_date(one.left_on)}离职" if one.left_on else "在职",
            )
            for one in page
        ]
        context = {
            "filter": form,
            "page": page,
            "table": Table(columns, lines, empty="没有符合条件的人员。清除条件，或点“导入人员”“添加人员”。"),
            "add_url": add_staff.url(enterprise) if request.actor.role == Role.ENT_HR else "",
        }
        return render(request, "applications/people.html", context)


class StaffView(RoleRequired, View):
    """One employment with what is under way for the person in this company."""

    roles = (*PEOPLE_ROLES, Role.APPLICANT)

    def get(self, request: Any, pk: int) -> HttpResponse:
        member = get_visible(StaffMember, request.actor, pk, ("person", "enterprise__organisation"))
        applications = TitleApplication.objects.visible_to(request.actor).filter(person=member.person)
        rows = [
            Row("姓名", member.person.name),
            Row("工号", member.number),
            Row("部门", member.department),
            Row("岗位", member.position),
            Row("用工形式", member.get_employment_display()),
            Row("入职日期", cn_date(member.joined_on)),
            Row("离职日期", f"{cn_date(member.left_on)}（{member.left_reason}）" if member.left_on else "在职"),
        ]
        context = {
            "member": member,
            "rows": rows,
            "applications": list(applications.select_related("cycle", "person").order_by("-pk")[:20]),
        }
        return render(request, "applications/staff.html", context)
