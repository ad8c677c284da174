"""The viewer inside a frame of our own page, in Chromium: pictures arrive with the session, nothing runs."""

import os

import pytest
from playwright.sync_api import sync_playwright

from jiaxing_titles.attachments.store import store
from tests.jiaxing_titles.attachments.conftest import chinese_pdf, uploaded

QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pings",
]


@pytest.mark.browser
def test_framed_pages_are_shown(transactional_db, live_server, actor, login, monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps an event loop in this thread
    content = chinese_pdf("嘉兴市职称评审")
    attachment = store(uploaded("学历.pdf", content), actor=actor("ent_hr", "A"), slot="学历证书")
    session = login("ent_hr", "A").cookies["sessionid"].value
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=QUIET)
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        cookie = {"name": "sessionid", "value": session, "url": live_server.url, "sameSite": "Lax", "httpOnly": True}
        context.add_cookies([cookie])
        page = context.new_page()
        complaints = []
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(live_server.url + "/jobs/")
        page.evaluate(
            """address => { const frame = document.createElement("iframe"); frame.src = address;
            frame.width = 900; frame.height = 600; document.querySelector("main").append(frame); }""",
            attachment.view_url,
        )
        frame = page.frame_locator("iframe")
        picture = frame.locator("img")
        picture.wait_for()
        picture.evaluate("image => image.decode()")
        assert picture.evaluate("image => image.naturalWidth") == 1240
        if os.environ.get("SCREENSHOTS"):
            page.screenshot(path=os.path.join(os.environ["SCREENSHOTS"], "viewer.png"))
        assert not [text for text in complaints if "Security" in text or "sandbox" in text], complaints
        browser.close()
