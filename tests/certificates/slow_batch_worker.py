"""A real Celery application for test_batch_worker_killed.py: the product's own, whose first file stalls after a row."""

import os
import time
from datetime import timedelta
from pathlib import Path

import django
from django.conf import settings

django.setup()
settings.MEDIA_ROOT = os.environ["SLOW_MEDIA"]

from certificates import sheets  # noqa: E402 -- needs the settings above
from jiaxing_titles.celery import app  # noqa: E402
from jiaxing_titles.documents import jobs  # noqa: E402

jobs.LEASE = timedelta(seconds=3)
jobs.HEARTBEAT_SECONDS = 0.5
MARK = Path(os.environ["SLOW_MARK"])
quick_rows = sheets.frozen_rows


def slow_rows(batch, progress):
    """The first run writes one row and then waits to be killed; later runs are as in the product."""
    first = not MARK.exists()
    for row in quick_rows(batch, progress):
        yield row
        if first:
            MARK.write_text("one row written")
            time.sleep(120)


sheets.frozen_rows = slow_rows

__all__ = ["app"]
