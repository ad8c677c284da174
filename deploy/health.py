"""Asks one container whether it does its work: `python deploy/health.py web|worker|beat`. Exit status 0 is yes.

web     answers its home page, as the proxy would ask for it
worker  answers a ping through Redis
beat    wrote to the database within ten minutes which periodic task ran last
"""

import datetime as dt
import os
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
OLDEST_BEAT = dt.timedelta(minutes=10)  # the scheduler writes back every three minutes


def web() -> bool:
    """A page comes back with status 200."""
    host = os.environ["ALLOWED_HOSTS"].split(",")[0]
    headers = {"Host": host, "X-Forwarded-Proto": "https"}
    request = urllib.request.Request("http://127.0.0.1:8000/", headers=headers)
    with urllib.request.urlopen(request, timeout=8) as answer:  # noqa: S310 -- our own loopback address
        return bool(answer.status == 200)


def worker() -> bool:
    """The worker of this container, not just any, answers."""
    words = ["celery", "-A", "jiaxing_titles", "inspect", "ping", "-d", f"celery@{socket.gethostname()}", "-t", "10"]
    return subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def beat() -> bool:
    """Some periodic task was sent lately."""
    import django
    from django.apps import apps

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiaxing_titles.settings")
    django.setup()
    task = apps.get_model("django_celery_beat", "PeriodicTask")
    newest = task.objects.exclude(last_run_at=None).order_by("-last_run_at").first()
    return newest is not None and dt.datetime.now(dt.UTC) - newest.last_run_at < OLDEST_BEAT


if __name__ == "__main__":
    checks = {"web": web, "worker": worker, "beat": beat}
    sys.exit(0 if checks[sys.argv[1]]() else 1)
