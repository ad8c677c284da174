"""A real Celery application for test_worker_killed.py: the product's own, with one slow document and short leases."""

import os
import time
from datetime import timedelta
from pathlib import Path

import django
from django.conf import settings

django.setup()
settings.MEDIA_ROOT = os.environ["SLOW_MEDIA"]

from jiaxing_titles.celery import app  # noqa: E402 -- needs the settings above
from jiaxing_titles.documents import jobs  # noqa: E402
from jiaxing_titles.documents.registry import document  # noqa: E402

jobs.LEASE = timedelta(seconds=3)
jobs.HEARTBEAT_SECONDS = 0.5
LOG = Path(os.environ["SLOW_LOG"])


def build(job, progress):
    """The first run takes until somebody kills it; later runs are quick."""
    with LOG.open("a") as log:
        log.write(f"started {job.attempts}\n")
    if LOG.read_text().count("started") == 1:
        time.sleep(60)
    progress(1, 1)
    return "结果.txt", b"made once"


document("tests.slow", "慢")(build)

__all__ = ["app"]
