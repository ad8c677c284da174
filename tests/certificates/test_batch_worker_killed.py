"""kill -9 of the worker in the middle of a file: after the restart exactly one complete file of each format."""

import csv
import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

from certificates import actions
from certificates.documents import plain_bytes
from jiaxing_titles.documents import tasks
from jiaxing_titles.documents.models import DocumentJob
from tests.scenes.registry import reload

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def start_worker(tmp_path, transactional_db):
    """Starts workers, each in a process group of its own, and ends those that are left."""
    started = []
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "jiaxing_titles.settings_test",
        "SLOW_MEDIA": str(tmp_path / "media"),
        "SLOW_MARK": str(tmp_path / "mark"),
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
    }
    command = [sys.executable, "-m", "celery", "-A", "tests.certificates.slow_batch_worker", "worker", "-c", "1"]

    def start():
        with (tmp_path / "worker.txt").open("ab") as output:
            worker = subprocess.Popen(
                command, cwd=ROOT, env=environment, start_new_session=True, stdout=output, stderr=output
            )
        started.append(worker)
        return worker

    yield start
    for worker in started:
        if worker.poll() is None:
            os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()


def wait_for(condition, seconds=180):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.3)
    raise AssertionError("not within the time")


def test_killed_in_the_middle_and_finished_once(
    start_worker, tmp_path, settings, issued, profile, bureaus, city, clerk, reviewer
):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    issued("张三", "李四")
    facts = {"cycle": city.cycle, "kind": "grant", "profile": profile(), "purpose": "报送"}
    batch = actions.batch.submit_batch(actions.batch.draft_batch(bureaus["city"], actor=clerk, **facts), actor=clerk)
    first = start_worker()
    batch = actions.batch.approve_batch(batch, actor=reviewer)
    wait_for((tmp_path / "mark").exists)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    assert not any(file.is_made for file in batch.files.select_related("job"))
    start_worker()

    def done():
        tasks.resume()  # as beat does
        return not DocumentJob.objects.filter(state__in=["queued", "running"]).exists()

    wait_for(done)
    stored = [path for path in (tmp_path / "media" / "documents").rglob("*") if path.is_file()]
    names = [str(path.relative_to(tmp_path / "media")) for path in stored]
    assert sorted(names) == sorted(DocumentJob.objects.values_list("file", flat=True))
    made = DocumentJob.objects.filter(kind="certificates.batch_file", state="done")
    assert sorted(made.values_list("attempts", flat=True)) == [1, 2]
    text = plain_bytes(batch.files.get(format="csv").job).decode("utf-8-sig")
    assert [row["序号"] for row in csv.DictReader(io.StringIO(text))] == ["1", "2"]
    before = {file.format: plain_bytes(file.job) for file in batch.files.select_related("job")}
    for format_ in before:
        batch = actions.batch.remake_file(reload(batch), actor=clerk, format=format_)
    wait_for(done)
    assert {file.format: plain_bytes(file.job) for file in batch.files.select_related("job")} == before
