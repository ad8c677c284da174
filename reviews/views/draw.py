"""Pages of the random draw: the frozen pool, the supervisor's secret, the runs, the record to check elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.views import View

from jiaxing_titles.accounts.access import RoleRequired
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions.case import get_visible
from reviews.actions.draw import live_assignment
from reviews.choices import DrawState
from reviews.models import RandomDraw
from reviews.queries import draw_file, names_in
from reviews.rules.draw import verify_draw
from reviews.tables import drawing as tables
from reviews.views.ballot import OwnPage, unkept
from reviews.views.case_page import CasePage


class DrawPage(CasePage):
    model = RandomDraw
    template_name = "reviews/draw.html"
    related = ("filing__meeting__round__cycle", "filing__round__enterprise__organisation", "supervisor", "cycle")

    def context(self, request: Any, case: RandomDraw) -> dict[str, Any]:
        runs = case.runs.select_related("drawn_by", "agreed_by", "assignment__expert")
        names = names_in(case) if request.actor.is_official or case.filing_id else {}
        wanted = live_assignment(case) is None if case.filing_id else not runs
        may_be_drawn = [DrawState.COMMITTED, DrawState.DRAWN]
        return {
            "facts": tables.draw_facts(case),
            "hashes": tables.hashes(case),
            "pool": tables.pool(case, named=request.actor.is_official),
            "runs": [(run, tables.run_facts(run, names), tables.order(run)) for run in runs],
            "may_draw": request.actor.role == Role.CITY_CLERK and case.state in may_be_drawn and wanted,
            "may_contribute": request.actor.role == Role.SUPERVISOR and case.state == DrawState.POOLED,
        }


@unkept
class ContributePage(OwnPage):
    """What the supervisor types here is hashed in this request and kept nowhere."""

    step_name = "reviews.contribute_secret"


@unkept
class RunPage(OwnPage):
    """The supervisor types his secret beside the clerk; it is checked in this request and goes into no log."""

    step_name = "reviews.draw_expert"


@unkept
class InspectionRunPage(RunPage):
    step_name = "reviews.draw_companies"


class DrawFile(RoleRequired, View):
    def get(self, request: Any, pk: int) -> HttpResponse:
        draw = get_visible(RandomDraw, request.actor, pk)
        headers = {"Content-Disposition": f'attachment; filename="draw-{draw.pk}.json"', "Cache-Control": "no-store"}
        return HttpResponse(draw_file(draw), content_type="application/json", headers=headers)


class VerifyScript(RoleRequired, View):
    """The program that checks a record, to read and to run elsewhere."""

    def get(self, request: Any) -> HttpResponse:
        headers = {"Content-Disposition": 'attachment; filename="verify_draw.py"'}
        text = Path(verify_draw.__file__).read_text()
        return HttpResponse(text, content_type="text/x-python; charset=utf-8", headers=headers)
