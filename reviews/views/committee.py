"""中评委 pages: meetings, one meeting's board, one company's turn."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views import View

from enterprises.models import Bureau
from jiaxing_titles.accounts.access import RoleRequired
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import steps
from jiaxing_titles.inbox.registry import waiting_for
from jiaxing_titles.ui.components import Button
from jiaxing_titles.ui.paging import page_of
from reviews.choices import CommitteeState
from reviews.gates.committee import committee_advice
from reviews.models import CommitteeMeeting, ReportSlot
from reviews.queries.committee import uninvitable_reasons
from reviews.queries.conflicts import proposed_conflicts
from reviews.queries.floor import next_on_floor
from reviews.tables import committee as tables
from reviews.tables import voting as tally_tables
from reviews.tables.invitations import replaced
from reviews.views.case_page import CasePage, base_for

OUTSIDE = (Role.ENT_HR, Role.ENT_LEAD, Role.PANEL_SEC, Role.COUNTY)
SEES = (Role.COMMITTEE, Role.TELLER, *sorted(Role.city_side()))


class CommitteeHome(RoleRequired, View):
    """/committee/: the meetings that the acting person sits in or runs."""

    roles = SEES

    def get(self, request: Any) -> HttpResponse:
        meetings = CommitteeMeeting.objects.visible_to(request.actor).select_related("cycle")
        page = page_of(request, meetings, {"newest": ("-planned_at", "-id")}, size=20)
        context = {
            "title": "中评委会议",
            "base": base_for(request),
            "waiting": [] if request.actor.is_official else waiting_for(request.actor),  # theirs is on the console
            "page": page,
            "meetings": tables.meetings(page),
            "convene": self._convene(request.actor),
        }
        return render(request, "reviews/committee_home.html", context)

    @staticmethod
    def _convene(actor: Any) -> Button | None:
        step = steps["reviews.convene_committee"]
        bureau = Bureau.objects.filter(organisation=actor.organisation).first()
        if actor.role not in step.by or bureau is None:
            return None
        return Button(step.label, step.url(bureau, actor))


class CommitteePage(CasePage):
    model = CommitteeMeeting
    template_name = "reviews/committee.html"
    related = ("cycle", "organisation")

    def context(self, request: Any, case: CommitteeMeeting) -> dict[str, Any]:
        secretary = request.actor.role == Role.COMMITTEE_SEC
        planned = case.state == CommitteeState.PLANNED
        open_ = case.state != CommitteeState.CLOSED
        proposed = proposed_conflicts(case) if request.actor.is_official and open_ else []
        return {
            "members": tables.members(case),
            "replaced": replaced(case),
            "slots": tables.slots(case),
            "sheets": tables.voters(case),
            "proposed": tables.proposals(proposed) if proposed else None,
            "tellers": list(case.tellers.all()),
            "reasons": uninvitable_reasons(case) if planned else [],
            "advice": committee_advice(case) if planned else [],
            "next": next_on_floor(case) if secretary else None,
            "invitation": case.invitations.filter(user=request.actor.user).first(),
        }


class SlotPage(CasePage):
    model = ReportSlot
    template_name = "reviews/slot.html"
    related = ("meeting__cycle", "enterprise__organisation")

    def context(self, request: Any, case: ReportSlot) -> dict[str, Any]:
        own = request.actor.is_official
        return {
            "facts": tables.slot_facts(case, inside=request.actor.role not in OUTSIDE),
            "sheets": tally_tables.sheets(case.meeting, enterprise=case.enterprise_id) if own else None,
            "recusals": tables.recusals(case) if own else None,
            "next": next_on_floor(case.meeting) if request.actor.role == Role.COMMITTEE_SEC else None,
        }
