"""Experts' pages: today's meeting, the score pads, the guidance card."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views import View

from jiaxing_titles.accounts.access import RoleRequired
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Case, steps
from jiaxing_titles.actions.case import get_visible
from jiaxing_titles.actions.views import ActionView
from jiaxing_titles.inbox.registry import waiting_for
from jiaxing_titles.ui.paging import page_of
from reviews.choices import AssessmentState, ItemState
from reviews.models import GuidanceAssignment, MemberAssessment, ReviewMeeting
from reviews.queries.live import line_of
from reviews.tables import review as tables
from reviews.tables import scoring as score_tables
from reviews.views.case_page import CasePage


def own_pads(meeting_pk: int, actor: Any) -> Any:
    """The acting expert's pads that are still wanted: not recused, not postponed, in agenda order."""
    pads = MemberAssessment.objects.visible_to(actor).filter(item__meeting=meeting_pk, member__user=actor.user)
    wanted = pads.exclude(item__state=ItemState.POSTPONED)
    return wanted.select_related(
        "item__application__person", "item__application__speciality", "item__meeting"
    ).order_by("item__number", "pk")


class ExpertHome(RoleRequired, View):
    """/panel/: meetings and guidance cards of the acting expert, nearest first."""

    roles = (Role.PANEL_EXPERT, Role.PANEL_SEC, Role.ENT_HR, Role.LIBRARY_MEMBER)

    def get(self, request: Any) -> HttpResponse:
        meetings = ReviewMeeting.objects.visible_to(request.actor).select_related(
            "round__cycle", "round__enterprise__organisation"
        )
        cards = GuidanceAssignment.objects.visible_to(request.actor).select_related(
            "filing__meeting__round__cycle", "filing__meeting__round__enterprise__organisation"
        )
        page = page_of(request, meetings, {"newest": ("-planned_at", "-id")}, size=20)
        context = {
            "title": "我的评审",
            "waiting": waiting_for(request.actor),
            "page": page,
            "meetings": tables.meetings(page),
            "cards": list(cards.order_by("-pk")[:20]) if request.actor.role == Role.LIBRARY_MEMBER else [],
        }
        return render(request, "reviews/expert_home.html", context)


class PadsPage(RoleRequired, View):
    """My queue of people to assess; after the chair closed, what everybody gave."""

    roles = (Role.PANEL_EXPERT, Role.PANEL_SEC, Role.ENT_HR)

    def get(self, request: Any, pk: int) -> HttpResponse:
        meeting = get_visible(
            ReviewMeeting, request.actor, pk, ("round__cycle", "round__plan", "round__enterprise__organisation")
        )
        pads = list(own_pads(meeting.pk, request.actor))
        weights = meeting.round.plan.weights()
        everybody = MemberAssessment.objects.visible_to(request.actor).filter(item__meeting=meeting)
        if request.actor.role == Role.PANEL_EXPERT:
            everybody = everybody.exclude(member__user=request.actor.user)
        context = {
            "meeting": meeting,
            "title": "我的评价",
            "pads": score_tables.pads(pads, weights),
            "left": sum(pad.state == AssessmentState.OPEN for pad in pads),
            "others": score_tables.others_pads(everybody, request.actor, weights),
        }
        return render(request, "reviews/pads.html", context)


class ScorePage(ActionView):
    """W10: profile left, the four dimensions with their weights right; on submission the next person in the queue."""

    step_name = "reviews.assess"
    template_name = "reviews/score.html"

    def context(self, request: Any, case: Case) -> dict[str, Any]:
        pad: Any = case
        queue = list(own_pads(pad.item.meeting_id, request.actor))
        return {
            "facts": tables.item_facts(pad.item),
            "materials": tables.materials(pad.item),
            "item": pad.item,
            "queue": score_tables.queue(queue, pad),
            "place": next((place for place, one in enumerate(queue, start=1) if one.pk == pad.pk), 0),
            "left": sum(one.state == AssessmentState.OPEN for one in queue),
            "scored": sum(one.state == AssessmentState.SUBMITTED for one in queue),
            "line": line_of(pad.item),
            "recuse_url": f"{steps['reviews.recuse_self'].url(pad.item.meeting)}?items={pad.item_id}",
        }

    def landing(self, request: Any, case: Any) -> str:
        """The next one ready after this number, then from the top; the list of all when nobody is left."""
        ready = own_pads(case.item.meeting_id, request.actor).filter(
            state=AssessmentState.OPEN, item__state=ItemState.PRESENTED
        )
        others = list(ready.exclude(pk=case.pk))
        after = [one for one in others if one.item.number > case.item.number]
        one = next(iter(after or others), None)
        return score_tables.score_url(one) if one is not None else str(case.get_absolute_url())

    def get(self, request: Any, pk: int, step: str = "") -> HttpResponse:
        get_object_or_404(MemberAssessment, pk=pk, member__user=request.actor.user)
        return super().get(request, pk)


class AssignmentPage(CasePage):
    model = GuidanceAssignment
    template_name = "reviews/assignment.html"
    related = ("filing__meeting__round__cycle", "filing__round__enterprise__organisation__supervisor", "expert")

    def context(self, request: Any, case: GuidanceAssignment) -> dict[str, Any]:
        return {
            "facts": tables.assignment_facts(case),
            "draw": case.run.draw if request.actor.role != Role.LIBRARY_MEMBER else None,
        }
