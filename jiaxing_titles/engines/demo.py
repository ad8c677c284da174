"""`sh run.sh demo`: the whole product in one foreground command, gone without a trace of a process when it ends."""

import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from jiaxing_titles.engines.errors import EngineError
from jiaxing_titles.engines.locks import Lock
from jiaxing_titles.engines.processes import Child, Guard, wait_until
from jiaxing_titles.engines.project import ROOT, Project, has_command, say

HOST = "127.0.0.1"


class Stopped(Exception):
    """A signal asked us to end."""


@contextmanager
def stop_on_signals() -> Iterator[None]:
    """Ctrl-C, TERM and HUP raise Stopped wherever we are; a second one no longer interrupts the tidying up."""

    def stop(number: int, frame: object) -> None:
        for each in kept:
            signal.signal(each, signal.SIG_IGN)
        raise Stopped

    kept = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    for each in kept:
        signal.signal(each, stop)
    try:
        yield
    finally:
        for each, handler in kept.items():
            signal.signal(each, handler)


def reserve_port(port: int) -> socket.socket:
    """A bound socket that gunicorn inherits, so that nobody can take the port in between; 0 takes a free one."""
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((HOST, port))
    except (OSError, OverflowError) as taken:
        door.close()
        raise EngineError(f"端口 {port} 已被占用，请用 --port 换一个，例如 --port {port + 1}。") from taken
    return door


class Demo:
    """The processes of one demo on a project whose servers run."""

    def __init__(self, project: Project, guard: Guard, door: socket.socket) -> None:
        self._project = project
        self._guard = guard
        self._door = door
        self.address = f"http://{HOST}:{door.getsockname()[1]}"
        self._children: list[Child] = []

    def prepare(self) -> None:
        """Static files and the demo city, each only when it is not there yet; with DEMO_CITY=quick a small city."""
        self._project.collect_static()
        if has_command("demo_city"):
            with self._project.once("city", []) as due:
                if due:
                    say("· 建立演示城市（首次要几分钟）")
                    size = ["--quick"] if os.environ.get("DEMO_CITY") == "quick" else []
                    self._project.django("demo_city", *size)

    def start(self) -> None:
        """Web, worker and beat; returns when the home page answers and the worker takes tasks."""
        say("· 启动网站、后台任务和定时任务")
        web = self._child(
            "网站",
            "web",
            ["gunicorn", "-c", str(ROOT / "deploy" / "gunicorn.conf.py"), "jiaxing_titles.wsgi:application"],
            pass_fds=(self._door.fileno(),),
            WEB_BIND=f"fd://{self._door.fileno()}",
        )
        celery = ["celery", "-A", "jiaxing_titles"]
        queue = [*celery, "worker", "-l", "INFO", "-c", "2", "-n", "demo@%h", "--without-gossip", "--without-mingle"]
        worker = self._child("后台任务", "worker", queue)
        beat = self._child("定时任务", "beat", [*celery, "beat", "-l", "INFO", "--pidfile="])
        self._wait(web, self._home_answers)
        self._wait(worker, lambda: " ready." in worker.last_lines(50))
        self._wait(beat, lambda: "beat: Starting" in beat.last_lines(50))
        self._door.close()

    def accounts(self, *words: str) -> bytes:
        """What `manage.py demo_accounts` prints."""
        return self._project.output("demo_accounts", *words, SITE_ADDRESS=self.address)

    def watch(self) -> None:
        """Return only by Stopped, or by EngineError as soon as one of the processes has ended."""
        while True:
            for child in self._children:
                if not child.running:
                    raise EngineError(_ended(child))
            dead = self._project.engines.dead()
            if dead:
                raise EngineError(f"{dead} 意外结束，日志在 {self._project.folder / 'log'}。")
            time.sleep(0.5)

    def stop(self) -> None:
        """End beat, worker and web, in this order, so that nothing new is asked for while we end."""
        self._door.close()
        for child in reversed(self._children):
            child.stop(patience=10)
        self._children.clear()

    def _child(self, name: str, log: str, module: list[str], *, pass_fds: tuple[int, ...] = (), **extra: str) -> Child:
        path = self._project.folder / "log" / f"{log}.log"
        path.write_bytes(b"")
        child = Child(
            name,
            [sys.executable, "-m", *module],
            self._guard,
            log=path,
            env=self._project.process_environment(SITE_ADDRESS=self.address, **extra),
            cwd=ROOT,
            pass_fds=pass_fds,
        )
        self._children.append(child)
        return child

    def _wait(self, child: Child, ready: Callable[[], bool]) -> None:
        if not wait_until(ready, child, 60, every=0.1):
            raise EngineError(_ended(child) if not child.running else f"{child.name}一分钟内没有就绪，见 {child.log}。")

    def _home_answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.address + "/", timeout=5):  # noqa: S310 -- our own loopback address
                return True
        except urllib.error.HTTPError:
            return True  # it answers; `demo --check` judges what
        except OSError:
            return False


def _ended(child: Child) -> str:
    return f"{child.name}意外结束，日志 {child.log} 的结尾是：\n{child.last_lines()}"


@contextmanager
def demo_running(folder: Path, port: int) -> Iterator[Demo]:
    """Everything up inside the block; everything ended behind it, whatever happens inside."""
    door = reserve_port(port)
    guard = Guard()
    try:
        project = Project.at(folder, guard)
        lock = Lock(folder / "demo.lock")
        if not lock.alone(wait=False):
            raise EngineError(f"演示已经在运行（数据目录 {folder}）；请先停止它，或用 JIAXING_STATE 指定另一个目录。")
        with project.running(only_user=True):
            demo = Demo(project, guard, door)
            try:
                demo.prepare()
                demo.start()
                yield demo
            finally:
                demo.stop()
    finally:
        door.close()
        guard.close()


def run_demo(folder: Path, port: int) -> int:
    """Serve until a signal comes. Exit status 0 after an orderly stop."""
    began = time.monotonic()
    with stop_on_signals():
        try:
            with demo_running(folder, port) as demo:
                _introduce(demo, began)
                demo.watch()
        except Stopped:
            say("演示已停止，数据保留在 " + str(folder))
    return 0


def _introduce(demo: Demo, began: float) -> None:
    say(f"演示已就绪（{time.monotonic() - began:.0f} 秒）：{demo.address}")
    if has_command("demo_accounts"):
        sys.stdout.buffer.write(demo.accounts())
        sys.stdout.flush()
    say("按 Ctrl-C 停止。")
