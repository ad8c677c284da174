"""The viewer inside a frame of our own page, in Chromium: pictures arrive with the session, nothing runs."""

import os

import pytest

from jiaxing_titles.attachments.store import store
from tests.fixtures.chromium import launched
from tests.jiaxing_titles.attachments.conftest import chinese_pdf, uploaded


@pytest.mark.browser
def test_framed_pages_are_shown(transactional_db, live_server, actor, login):
    content = chinese_pdf("嘉兴市职称评审")
    attachment = store(uploaded("学历.pdf", content), actor=actor("ent_hr", "A"), slot="学历证书")
    session = login("ent_hr", "A").cookies["sessionid"].value
    with launched() as browser:
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
