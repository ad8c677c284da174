"""No child outlives its launcher, however the launcher ends."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jiaxing_titles.engines.locks import Lock
from jiaxing_titles.engines.processes import Child, Guard, wait_until

LAUNCHER = """
import sys, time
from pathlib import Path
from jiaxing_titles.engines.processes import Child, Guard
guard = Guard()
guard.order(f"sweep {sys.argv[1]}/litter")
# A shell with a child of its own: both must go, also when the shell ignores the polite signal.
script = sys.argv[2] + "sleep 300 & echo $! > " + sys.argv[1] + "/grandchild; wait; sleep 300"
Child("shell", ["sh", "-c", script], guard)
mark = Path(sys.argv[1]) / "grandchild"
while not (mark.exists() and mark.read_text().strip()): time.sleep(0.01)
print("up", flush=True)
time.sleep(300)
"""


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.slow
@pytest.mark.parametrize("deafness", ["", "trap '' TERM; "], ids=["polite", "deaf"])
def test_kill_9_of_the_launcher_leaves_nothing(tmp_path: Path, deafness: str):
    (tmp_path / "litter").mkdir()
    launcher = subprocess.Popen(
        [sys.executable, "-c", LAUNCHER, str(tmp_path), deafness], stdout=subprocess.PIPE, text=True
    )
    assert launcher.stdout and launcher.stdout.readline() == "up\n"
    grandchild = int((tmp_path / "grandchild").read_text())
    assert alive(grandchild)
    launcher.kill()
    launcher.wait()
    until = time.monotonic() + 15
    while (alive(grandchild) or (tmp_path / "litter").exists()) and time.monotonic() < until:
        time.sleep(0.05)
    assert not alive(grandchild)
    assert not (tmp_path / "litter").exists()


def test_stop_ends_a_deaf_child_and_its_own_children(tmp_path: Path):
    guard = Guard()
    mark = tmp_path / "grandchild"
    child = Child("deaf", ["sh", "-c", f"trap '' TERM; sleep 300 & echo $! > {mark}; wait"], guard)
    assert wait_until(lambda: mark.exists() and mark.read_text().strip() != "", child, 5)
    grandchild = int(mark.read_text())
    child.stop(patience=0.3)
    assert not child.running
    until = time.monotonic() + 5
    while alive(grandchild) and time.monotonic() < until:
        time.sleep(0.01)
    assert not alive(grandchild)
    guard.close()


def test_a_child_that_stopped_by_itself_is_not_waited_for(tmp_path: Path):
    guard = Guard()
    child = Child("short", ["sh", "-c", "echo 'why it ended'; exit 3"], guard, log=tmp_path / "log")
    began = time.monotonic()
    assert not wait_until(lambda: False, child, 30)
    assert time.monotonic() - began < 5
    assert child.last_lines() == "why it ended"
    child.stop()
    guard.close()


def test_ctrl_c_reaches_only_the_launcher():
    guard = Guard()
    child = Child("own session", ["sleep", "300"], guard)
    assert os.getsid(child.process.pid) == child.process.pid != os.getsid(0)
    child.stop()
    assert child.process.returncode == -signal.SIGTERM
    guard.close()


def test_a_lock_goes_with_its_holder(tmp_path: Path):
    path = tmp_path / "lock"
    holder = subprocess.Popen(
        [sys.executable, "-c", f"""
import pathlib, time
from jiaxing_titles.engines.locks import Lock
lock = Lock(pathlib.Path({str(path)!r}))
print(lock.alone(wait=False), flush=True)
time.sleep(300)
"""], stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert holder.stdout and holder.stdout.readline() == "True\n"
    ours = Lock(path)
    assert not ours.alone(wait=False)
    holder.kill()
    holder.wait()
    assert ours.alone(wait=False)
    other = Lock(path)
    assert not other.alone(wait=False)
    ours.shared()
    other.shared()
    assert not ours.alone(wait=False), "two share it: nobody has it alone"
