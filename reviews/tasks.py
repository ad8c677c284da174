"""Work that falls due by itself; finds its rows in the database and does each once."""

from __future__ import annotations

import datetime as dt
import logging

from celery import shared_task

from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import SYSTEM
from jiaxing_titles.actions import Blocked
from reviews.actions import draw_expert, lapse_guidance
from reviews.choices import GuidanceState
from reviews.models import GuidanceAssignment, RandomDraw

log = logging.getLogger(__name__)
SILENT = "专家逾期未答复。"


@shared_task
def draw_after_silence() -> int:
    """Pass over experts who have not answered in time and draw the next; returns how many were drawn.

    From the second re-draw on a second official agrees first: then the clerk is told and nothing is drawn.
    """
    waiting = GuidanceAssignment.objects.filter(state=GuidanceState.DRAWN)
    drawn = 0
    for one in waiting.select_related("filing__round__cycle").order_by("pk"):
        if clock.now() < one.drawn_at + dt.timedelta(hours=one.filing.round.cycle.answer_hours):
            continue
        draw = RandomDraw.objects.get(runs__assignment=one)
        try:
            lapse_guidance(one, actor=SYSTEM)
            draw_expert(draw, actor=SYSTEM, redraw_reason=SILENT)
            drawn += 1
        except Blocked as refused:
            log.warning("no expert drawn for assignment %s: %s", one.pk, refused)
    return drawn
