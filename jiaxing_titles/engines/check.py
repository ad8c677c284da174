"""`sh run.sh demo --check`: does everything that the demo promises answer? One line each, with its time.

Reads `manage.py demo_accounts --json`: `{"accounts": [{"role", "label", "login_path", "page"}, …], "pdf": {"role",
"path"}}`. `login_path` is a page with the form that signs this role in with one press; `page` is a page that role
must see; `pdf` names a document that the Celery worker makes (the path answers with a page or 404 until it is ready).
"""

import http.cookiejar
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from jiaxing_titles.engines.demo import Demo, Stopped, demo_running, stop_on_signals
from jiaxing_titles.engines.errors import EngineError
from jiaxing_titles.engines.project import has_command

PDF_PATIENCE = 60  # seconds


class Failed(Exception):
    """One check did not hold; the text says how."""


class _Form(HTMLParser):
    """The first form that posts, with its hidden fields."""

    def __init__(self) -> None:
        super().__init__()
        self.action: str | None = None
        self.fields: dict[str, str] = {}
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form" and self.action is None and found.get("method", "").lower() == "post":
            self.action, self._inside = found.get("action", ""), True
        elif tag == "input" and self._inside and found.get("type") == "hidden":
            self.fields[found.get("name", "")] = found.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False


class Visitor:
    """A browser without a screen: one cookie jar, one address."""

    def __init__(self, address: str) -> None:
        self._address = address
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(jar)

    def get(self, path: str) -> tuple[str, str, bytes]:
        """Final address, content type and body; Failed for any status but 200."""
        return self._open(urllib.request.Request(urllib.parse.urljoin(self._address, path)))  # noqa: S310

    def press(self, path: str) -> tuple[str, str, bytes]:
        """Open `path` and send the first form on it as it stands."""
        page, _, body = self.get(path)
        form = _Form()
        form.feed(body.decode("utf-8", "replace"))
        if form.action is None:
            raise Failed(f"{path} 上没有可提交的表单")
        request = urllib.request.Request(  # noqa: S310 -- our own loopback address
            urllib.parse.urljoin(page, form.action or page),
            data=urllib.parse.urlencode(form.fields).encode(),
            headers={"Referer": page},
        )
        return self._open(request)

    def _open(self, request: urllib.request.Request) -> tuple[str, str, bytes]:
        try:
            with self._opener.open(request, timeout=60) as answer:
                return answer.geturl(), answer.headers.get_content_type(), answer.read()
        except urllib.error.HTTPError as refused:
            raise Failed(f"{request.full_url} 返回 {refused.code}") from refused
        except OSError as broken:
            raise Failed(f"{request.full_url} 没有回答（{broken}）") from broken


class Report:
    """Prints each line as it comes and remembers what failed."""

    def __init__(self) -> None:
        self.failed: list[str] = []

    def line(self, name: str, work: Callable[[], Any]) -> Any:
        """Run `work`, print its name, verdict and time; returns its result or None."""
        began = time.monotonic()
        try:
            result = work()
        except (Failed, EngineError) as problem:
            self.failed.append(name)
            print(f"✗ {name}  {time.monotonic() - began:.1f} 秒  {problem}", flush=True)
            return None
        print(f"✓ {name}  {time.monotonic() - began:.1f} 秒", flush=True)
        return result


def check_demo(folder: Path, port: int) -> int:
    """Start everything, ask for every page, stop everything; 0 when all held, else 1 and the names."""
    report = Report()
    with stop_on_signals():
        try:
            began = time.monotonic()
            with demo_running(folder, port) as demo:
                print(f"✓ 启动  {time.monotonic() - began:.1f} 秒", flush=True)
                _pages(demo, report)
        except Stopped:
            return 130
    if report.failed:
        print(f"自检未通过：{'、'.join(report.failed)}")
        return 1
    print("自检全部通过。")
    return 0


def _pages(demo: Demo, report: Report) -> None:
    visitor = Visitor(demo.address)
    report.line("首页", lambda: visitor.get("/"))
    report.line("管理端登录页", lambda: visitor.get("/console/login/"))
    if not has_command("demo_accounts"):
        report.line("演示账号", _no_accounts)
        return
    found = report.line("演示账号", lambda: json.loads(demo.accounts("--json")))
    if found is None:
        return
    signed_in: dict[str, Visitor] = {}
    for account in found["accounts"]:
        signed_in[account["role"]] = guest = Visitor(demo.address)
        report.line(f"{account['label']}的页面", partial(_as_role, guest, account))
    document = found.get("pdf")
    if document is None:
        report.line("后台任务生成 PDF", _no_pdf)
        return
    reader = signed_in.get(document["role"], visitor)
    report.line("后台任务生成 PDF", lambda: _pdf(reader, document["path"]))


def _as_role(guest: Visitor, account: dict[str, str]) -> None:
    guest.press(account["login_path"])
    landed, _, _ = guest.get(account["page"])
    path = urllib.parse.urlsplit(landed).path
    if path != urllib.parse.urlsplit(account["page"]).path:
        raise Failed(f"{account['page']} 被转到 {path}，没有登录成功")


def _pdf(reader: Visitor, path: str) -> None:
    until = time.monotonic() + PDF_PATIENCE
    answer = "一直没有回答"
    while time.monotonic() < until:
        try:
            _, kind, body = reader.get(path)
        except Failed as not_yet:  # 404 until the worker has made it
            answer = str(not_yet)
        else:
            if kind == "application/pdf" and body.startswith(b"%PDF-"):
                return
            answer = f"给出的是 {kind}"
        time.sleep(0.5)
    raise Failed(f"{path} 在 {PDF_PATIENCE} 秒内没有给出 PDF（{answer}）")


def _no_accounts() -> None:
    raise Failed("缺少命令 demo_accounts")


def _no_pdf() -> None:
    raise Failed("demo_accounts --json 没有给出 pdf")
