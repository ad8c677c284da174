"""Ballot sheets and tellers' pages, for panel and committee."""

from __future__ import annotations

from typing import Any

from jiaxing_titles.actions.views import ActionView
from reviews.choices import SheetState
from reviews.gates.ballot import revealing, small_electorates, spoilt
from reviews.gates.tally import result_agrees, tally_agrees
from reviews.models import VoteSheet
from reviews.tables import voting as tally_tables
from reviews.views.ballot import links
from reviews.views.case_page import CasePage

UNANIMITY = "无记名只保护意见不一致的表决：各席选择完全一致时，公布票数就等于公布每一席的选择。"
"""G16: nothing helps against it, so it is said before anybody votes."""


class SheetPage(CasePage):
    model = VoteSheet
    template_name = "reviews/sheet.html"
    related = ("meeting__round__cycle", "session__cycle", "enterprise__organisation", "organisation")

    def context(self, request: Any, case: VoteSheet) -> dict[str, Any]:
        countable = case.state not in (SheetState.PREPARED, SheetState.CASTING, SheetState.SEALED)
        return {"countable": countable, "advice": self._advice(case), **self._by_mode(request, case)}

    @staticmethod
    def _by_mode(request: Any, case: VoteSheet) -> dict[str, Any]:
        if case.electronic:
            sealed = case.state == SheetState.SEALED
            return {
                "lines": tally_tables.sheet_lines(case, request.actor),
                "reasons": result_agrees(case) if sealed else [],
                **links(case, request),
            }
        counting = case.state == SheetState.COUNTING
        return {
            "lines": tally_tables.sheet_lines(case, request.actor),
            "tellers": tally_tables.tellers(case),
            "reasons": tally_agrees(case) if counting else [],
            "is_teller": case.sitting.tellers.filter(pk=request.actor.user.pk).exists(),
            "counting": counting,
            "count_url": tally_tables.count_url(case),
        }

    @staticmethod
    def _advice(sheet: VoteSheet) -> list[str]:
        if sheet.state == SheetState.PREPARED:
            return [*small_electorates(sheet), UNANIMITY]
        if sheet.state not in (SheetState.UNSEALED, SheetState.SIGNED):
            return []
        return (spoilt(sheet) if sheet.state == SheetState.UNSEALED else []) + revealing(sheet)


class CountPage(ActionView):
    """One teller's grid: five totals of the sheet, then one row a name."""

    step_name = "reviews.key_count"
    template_name = "reviews/count.html"

    def landing(self, request: Any, case: Any) -> str:
        return str(case.get_absolute_url())
