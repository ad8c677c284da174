"""The demo as one foreground command: it serves, refuses a second one, and leaves no process behind."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from jiaxing_titles.engines.demo import Stopped, reserve_port, stop_on_signals
from jiaxing_titles.engines.errors import EngineError
from jiaxing_titles.engines.project import ROOT

OURS = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_TALLY_URL", "DATABASE_ADMIN_URL", "REDIS_URL", "MEDIA_ROOT")
NO_CITY = """
import sys
from pathlib import Path
from jiaxing_titles.engines.processes import Guard
from jiaxing_titles.engines.project import Project
guard = Guard()
project = Project.at(Path(sys.argv[1]), guard)
with project.running(), project.once("city", []): pass
guard.close()
"""


@pytest.fixture(scope="module")
def state() -> Iterator[Path]:
    """A state folder with a short path that the servers' account may enter; its city is nobody's, to save the time.

    The city has tests of its own (tests/jiaxing_titles/demo), and `demo --check` of .ci/run starts with a whole one.
    """
    folder = Path(tempfile.mkdtemp(prefix="jiaxing-demo-"))
    folder.chmod(0o711)
    subprocess.run([sys.executable, "-c", NO_CITY, str(folder)], cwd=ROOT, env=environment(folder), check=True)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def environment(state: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in OURS and "SETTINGS" not in name}
    return kept | {"JIAXING_STATE": str(state)}


def launch(state: Path, *words: str) -> subprocess.Popen[str]:
    argv = [sys.executable, "-m", "jiaxing_titles.engines.supervise", *words]
    return subprocess.Popen(argv, cwd=ROOT, env=environment(state), stderr=subprocess.PIPE, text=True)


def address_of(demo: subprocess.Popen[str]) -> str:
    """Read its progress until it says where it is."""
    assert demo.stderr
    said = []
    for line in demo.stderr:
        said.append(line)
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        if found:
            return found[0]
    pytest.fail("the demo ended: " + "".join(said))


def processes_of(state: Path) -> set[int]:
    """Everything that was started for this state folder, found by its environment or its command line."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "environ").read_bytes() + (folder / "cmdline").read_bytes()
            ended = (folder / "stat").read_text().rpartition(")")[2].split()[0] == "Z"
        except OSError:
            continue
        if os.fsencode(str(state)) in words and not ended and int(folder.name) != os.getpid():
            found.add(int(folder.name))
    return found


def wait_gone(state: Path) -> set[int]:
    until = time.monotonic() + 30
    while processes_of(state) and time.monotonic() < until:
        time.sleep(0.1)
    return processes_of(state)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=lambda how: how.name)
def test_each_polite_signal_stops_it_and_a_second_one_does_not_interrupt_the_tidying_up(how):
    before = signal.getsignal(how)
    tidied = False
    with pytest.raises(Stopped), stop_on_signals():
        try:
            signal.raise_signal(how)
        finally:
            signal.raise_signal(how)
            tidied = True
    assert tidied and signal.getsignal(how) == before


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL], ids=lambda how: how.name)
def test_nothing_is_left_behind(state, how):
    demo = launch(state, "demo", "--port", "0")
    address = address_of(demo)
    with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 -- our own loopback address
        assert answer.status == 200
    assert len(processes_of(state)) > 8, "servers, two web workers, the queue's worker and beat"
    demo.send_signal(how)
    status = demo.wait(60)
    assert status == (-signal.SIGKILL if how == signal.SIGKILL else 0)
    assert wait_gone(state) == set()
    reserve_port(int(address.rsplit(":", 1)[1])).close()


@pytest.mark.slow
def test_a_second_demo_is_refused_and_a_dead_part_ends_the_whole(state):
    demo = launch(state, "demo", "--port", "0")
    address_of(demo)
    for words, sentence in ((["demo", "--port", "0"], "演示已经在运行"), (["demo", "--fresh"], "正在使用中")):
        second = launch(state, *words)
        _, said = second.communicate(timeout=60)
        assert second.returncode == 1
        assert sentence in said
    for pid in processes_of(state):
        if b"beat" in Path(f"/proc/{pid}/cmdline").read_bytes():
            os.kill(pid, signal.SIGKILL)
    _, said = demo.communicate(timeout=60)
    assert demo.returncode == 1
    assert "定时任务意外结束" in said
    assert wait_gone(state) == set()


def test_a_busy_port_is_a_sentence():
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        with pytest.raises(EngineError, match="--port"):
            reserve_port(busy.getsockname()[1])
    with pytest.raises(EngineError, match="--port"):
        reserve_port(70000)
