"""kill -9 of a real worker in the middle of a document: after a restart it is finished exactly once."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

from jiaxing_titles.accounts.actor import SYSTEM
from jiaxing_titles.documents import jobs, registry, tasks
from jiaxing_titles.documents.registry import document

ROOT = Path.cwd()


def database_url() -> str:
    """The test database, as the worker's own process must name it."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


@pytest.fixture
def start_worker(tmp_path, transactional_db):
    """Starts workers, each in a process group of its own, and ends those that are left."""
    started = []
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "SLOW_MEDIA": str(tmp_path / "media"),
        "SLOW_LOG": str(tmp_path / "log"),
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
    }
    command = [sys.executable, "-m", "celery", "-A", "tests.jiaxing_titles.documents.slow_worker", "worker", "-c", "1"]

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


def wait_for(condition, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.3)
    raise AssertionError("not within the time")


@pytest.mark.slow
def test_killed_and_finished_once(start_worker, tmp_path, monkeypatch):
    monkeypatch.setattr(registry, "_kinds", {})
    document("tests.slow", "慢")(lambda job, progress: ("", b""))
    log = tmp_path / "log"
    first = start_worker()
    job = jobs.request_document("tests.slow", actor=SYSTEM, title="慢")
    wait_for(lambda: log.exists() and log.read_text())
    time.sleep(4)  # longer than the lease of 3 s: the heartbeat has kept it
    assert jobs.due_again() == []
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    start_worker()

    def done():
        tasks.resume()  # as beat does
        job.refresh_from_db()
        return job.state == "done"

    wait_for(done)
    assert log.read_text().splitlines() == ["started 0", "started 1"]
    made = [path for path in (tmp_path / "media").rglob("*") if path.is_file()]
    assert [path.read_bytes() for path in made] == [b"made once"]
    assert job.attempts == 2 and str(made[0]).endswith(job.file.name)
