"""Work that falls due by itself; finds its rows in the database and does each once."""

from __future__ import annotations

import logging

from celery import shared_task

from applications.actions import close_round
from applications.choices import RoundState
from applications.models import AnnualRound
from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import SYSTEM
from jiaxing_titles.actions import Blocked

log = logging.getLogger(__name__)


@shared_task
def close_due_rounds() -> int:
    """Close the rounds whose last day has passed, each in its own transaction; returns how many."""
    due = AnnualRound.objects.filter(state=RoundState.OPEN, closes_on__lt=clock.today()).order_by("pk")
    closed = 0
    for year in due:
        try:
            close_round(year, actor=SYSTEM)
            closed += 1
        except Blocked as refused:
            log.warning("round %s not closed: %s", year.pk, refused)
    return closed
