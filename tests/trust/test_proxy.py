"""The documented proxy by itself: what it writes of a request, and what it may put on the disk."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.trust.proxy import Proxy

pytestmark = pytest.mark.rounds
ID_NUMBER, LARGE = "330402199001011234", 30_000_000
SPILLED = "buffered to a temporary file"


class Stub(BaseHTTPRequestHandler):
    """Takes any form and answers with a large page."""

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Content-Length", str(LARGE))
        self.end_headers()
        self.wfile.write(b"x" * LARGE)

    do_POST = do_GET

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def stub() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Stub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def ask(proxy: Proxy, method: str, path: str, body: bytes | None = None, pause: float = 0) -> int:
    """`pause`: how long a slow client waits before it reads."""
    line = proxy.line()
    try:
        line.request(method, path, body, {"X-Forwarded-For": ID_NUMBER, "Referer": f"https://x/?q={ID_NUMBER}"})
        time.sleep(pause)
        answer = line.getresponse()
        answer.read()
        return answer.status
    finally:
        line.close()


def test_a_log_has_paths_and_no_query_as_shipped(stub: int, tmp_path: Path):
    proxy = Proxy(tmp_path / "proxy", stub)
    try:
        assert ask(proxy, "GET", f"/query/?id={ID_NUMBER}") == 200
        assert ask(proxy, "POST", f"/query/?id={ID_NUMBER}", b"id=" + ID_NUMBER.encode()) == 200
    finally:
        proxy.stop()
    nobody = Proxy(tmp_path / "away", 9)
    try:
        assert ask(nobody, "GET", f"/query/?id={ID_NUMBER}") == 502
    finally:
        nobody.stop()
    for one in (proxy, nobody):
        assert " /query/ " in one.access.read_text()
        for path in (one.access, one.errors):
            assert ID_NUMBER not in path.read_text() and "?" not in path.read_text(), path


@pytest.mark.parametrize(
    ("path", "size", "spills"),
    [("/ballot/1/", 500_000, False), ("/ballot/1/", 4_000_000, True), ("/files/1/", 10, True)],
)
def test_forms_and_pages_stay_in_memory_and_files_may_wait_on_the_disk(stub, tmp_path, path, size, spills):
    proxy = Proxy(tmp_path / "proxy", stub, level="warn")
    try:
        assert ask(proxy, "POST", path, b"x" * size, pause=1) == 200
    finally:
        proxy.stop()
    assert (SPILLED in proxy.errors.read_text()) == spills
