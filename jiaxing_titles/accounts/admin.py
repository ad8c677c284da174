from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from jiaxing_titles.accounts.models import Invitation, Organisation
from jiaxing_titles.console.case_admin import RegisterAdmin
from jiaxing_titles.ui.components import Cell, Column, Table
from jiaxing_titles.ui.formats import cn_datetime


class WithSteps(RegisterAdmin):
    """A register whose entries are no cases but offer steps: invitations, a new year, a calendar notice."""

    def more(self, request: HttpRequest, entry: Any) -> dict[str, Any]:
        return {"is_case": True}


@admin.register(Organisation)
class OrganisationAdmin(WithSteps):
    list_display = ("name", "kind", "supervisor", "phone")
    list_filter = ("kind",)
    list_select_related = ("supervisor",)
    search_fields = ("name__startswith",)
    fields = ("name", "short_name", "kind", "code", "supervisor", "phone")

    def tables(self, entry: Any) -> list[Table]:
        """Who acts for it now."""
        held = entry.memberships.current().select_related("user").order_by("role", "id")
        rows = [[Cell(one.user.name), Cell(one.get_role_display()), Cell(cn_datetime(one.since))] for one in held]
        return [
            Table([Column("姓名"), Column("身份"), Column("开始时间")], rows, caption="现任人员", empty="没有人员。")
        ]


@admin.register(Invitation)
class InvitationAdmin(WithSteps):
    begun_by = (
        "accounts.invite",
        "accounts.invite_company",
    )
    list_display = ("user", "organisation", "role", "channel", "created_at", "used_at")
    list_filter = ("role", "channel")
    list_select_related = ("user", "organisation")
    fields = ("user", "organisation", "role", "channel", "invited_by", "second_official", "expires_at", "used_at")
