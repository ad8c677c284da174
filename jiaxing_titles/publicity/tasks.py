"""Beat: notices whose days are over. Each in its own transaction; one that fails does not stop the others."""

import logging

from celery import shared_task
from django.db import transaction

from jiaxing_titles import clock
from jiaxing_titles.publicity import service
from jiaxing_titles.publicity.choices import PeriodState
from jiaxing_titles.publicity.models import PublicityEntry, PublicityPeriod

logger = logging.getLogger(__name__)


@shared_task
def close_due() -> int:
    """Settle every notice that has somebody whose last day has passed; returns how many people were passed on."""
    today = clock.today()
    due = PublicityEntry.objects.filter(passed_at=None, removed_at=None, ends_on__lt=today)
    due = due.exclude(period__state__in=[PeriodState.DRAFT, PeriodState.CANCELLED])
    passed = 0
    for pk in sorted(set(due.values_list("period_id", flat=True))):
        try:
            with transaction.atomic():
                period = PublicityPeriod.objects.select_for_update(of=("self",)).select_related("cycle").get(pk=pk)
                passed += len(service.settle(period))
        except Exception:
            logger.exception("notice %s could not be settled", pk)
    return passed
