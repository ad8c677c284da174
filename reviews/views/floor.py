"""The running meeting: the agenda board for desk, chair, experts and projector, and calling the next person."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import steps
from jiaxing_titles.actions.views import ActionView
from jiaxing_titles.ui.components import FileRow
from reviews.documents.panel import PRINTERS
from reviews.models import MeetingItem, ReviewMeeting
from reviews.queries.live import board_of
from reviews.queries.summary import people_of
from reviews.tables import floor as tables
from reviews.tables import scoring as score_tables
from reviews.views.case_page import CasePage

OF_MEETING = ("round__cycle", "round__plan", "round__enterprise__organisation", "panel")


class LivePage(CasePage):
    """/ent/meetings/<id>/live/: what htmx fetches every few seconds is the board alone."""

    model = ReviewMeeting
    template_name = "reviews/live.html"
    related = OF_MEETING

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        if request.headers.get("HX-Request") == "true":
            self.template_name = "reviews/_board.html"
        return super().get(request, pk)

    def context(self, request: Any, case: ReviewMeeting) -> dict[str, Any]:
        board = board_of(case, request.actor)
        return {
            "board": board,
            "lines": tables.board(board, request.actor),
            "calls": self._may_call(board, request.actor),
            "desk": request.actor.role in (Role.ENT_HR, Role.PANEL_SEC),
        }

    @staticmethod
    def _may_call(board: Any, actor: Any) -> bool:
        """Whether the button for the next person is this reader's, and nothing stands against it."""
        call, line = steps["reviews.call_item"], board.next
        return line is not None and not call.refusal(line.item, actor) and not call.reasons(line.item, actor)


class LiveScreen(LivePage):
    """The board for the projector: names and phases, nothing to click."""

    template_name = "reviews/live_screen.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return CasePage.get(self, request, pk)


class RecusalPage(CasePage):
    """F-52: for whom who steps back, and what is left of the electorate. Reasons are for the desk and the offices."""

    roles = PRINTERS
    model = ReviewMeeting
    template_name = "reviews/recusal_map.html"
    related = OF_MEETING

    def context(self, request: Any, case: ReviewMeeting) -> dict[str, Any]:
        board = board_of(case, request.actor)
        experts, rows = tables.recusal_map(board, case)
        return {"board": board, "experts": experts, "rows": rows, "reasons": tables.recusal_reasons(board)}


class SummaryPage(CasePage):
    """表决与汇总: open once the chair has closed the scores; an expert's page leaves out whom he is recused for."""

    roles = (*PRINTERS, Role.PANEL_EXPERT)
    model = ReviewMeeting
    template_name = "reviews/summary.html"
    related = (*OF_MEETING, "signed_minutes")

    def context(self, request: Any, case: ReviewMeeting) -> dict[str, Any]:
        people = people_of(case) if case.scores_closed_at else []
        if request.actor.role == Role.PANEL_EXPERT:
            mine = set(MeetingItem.objects.visible_to(request.actor).filter(meeting=case).values_list("pk", flat=True))
            people = [one for one in people if one.item.pk in mine]
        prints = request.actor.role in PRINTERS
        return {
            "summary": score_tables.summary(people) if case.scores_closed_at else None,
            "weights": case.round.plan.dimension_weights.all(),
            "plan": case.round.plan,
            "prints": prints,
            "recorded": case.record_hash,
            "signed": [FileRow.of(case.signed_minutes)] if prints and case.signed_minutes else [],
        }


class CallPage(ActionView):
    """下一位: done from the board, which it leads back to."""

    step_name = "reviews.call_item"

    def landing(self, request: Any, case: Any) -> str:
        return reverse("reviews:live", args=[case.meeting_id])
