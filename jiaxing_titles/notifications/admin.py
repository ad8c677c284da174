from __future__ import annotations

from typing import Any

from django.contrib import admin

from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.console.case_admin import RegisterAdmin
from jiaxing_titles.notifications.models import Outgoing


@admin.register(Outgoing)
class OutgoingAdmin(RegisterAdmin):
    """Mail and SMS as they left, or did not; for the system administrator."""

    list_display = ("notification", "channel", "state", "attempts", "due_at", "error")
    list_filter = ("channel", "state")
    list_select_related = ("notification",)
    fields = ("notification", "channel", "state", "attempts", "due_at", "taken_at", "finished_at", "error")

    def has_view_permission(self, request: Any, obj: Any = None) -> bool:
        return bool(request.actor) and request.actor.role == Role.SYSADMIN
