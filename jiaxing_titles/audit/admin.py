from __future__ import annotations

from typing import Any

from django.contrib import admin

from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.audit.models import AuditEvent
from jiaxing_titles.console.case_admin import RegisterAdmin


@admin.register(AuditEvent)
class AuditEventAdmin(RegisterAdmin):
    """The whole record, for the auditor and the system administrator; everybody else reads it on the case."""

    list_display = ("seq", "at", "label", "subject_label", "outcome", "user_name", "role")
    list_filter = ("outcome", "role")
    sorts = {"newest": ("-seq",)}
    fields = (
        "seq", "at", "label", "step", "outcome", "subject_label", "before", "after", "user_name", "role",
        "organisation_name", "reason", "request_id", "prev_hash", "hash",
    )  # fmt: skip

    def has_view_permission(self, request: Any, obj: Any = None) -> bool:
        return bool(request.actor) and request.actor.role in (Role.AUDITOR, Role.SYSADMIN)
