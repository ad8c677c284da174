"""会议通知: one member's, made for a phone; his answer is one press."""

from __future__ import annotations

from typing import Any

from reviews.models import MeetingInvitation
from reviews.tables.invitations import invitation_facts
from reviews.views.case_page import CasePage


class InvitationPage(CasePage):
    """/invitations/<id>/: his own, and for those who run the meeting what he answered."""

    model = MeetingInvitation
    template_name = "reviews/invitation.html"
    related = (
        "session__cycle",
        "meeting__round__cycle",
        "meeting__round__enterprise__organisation",
        "user",
        "replaced_by",
    )

    def context(self, request: Any, case: MeetingInvitation) -> dict[str, Any]:
        return {"facts": invitation_facts(case), "own": case.user_id == request.actor.person.pk}
