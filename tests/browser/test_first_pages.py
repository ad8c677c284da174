"""Every public page and the first page of each role in Chromium: on a phone and on a desk, with and without scripts.

The public pages come from the access table, so a new one cannot escape. axe looks for WCAG 2.2 AA (A01, A02).
"""

import os
import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.accounts.views import home_of
from tests.architecture.access import table

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
WIDTHS = (360, 1366)
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
PUBLIC = [f"/{line.pattern}" for line in table() if line.public and not line.args and line.get == {"*": 200}]
PLACES = {Role.COUNTY: "haining"} | dict.fromkeys(
    [Role.ENT_HR, Role.ENT_LEAD, Role.APPLICANT, Role.PANEL_SEC, Role.PANEL_EXPERT], "A"
)


@pytest.fixture
def chromium(monkeypatch) -> Iterator[Browser]:
    """Fails where there is no Chromium: a browser test that skips has said nothing."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright keeps an event loop in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


def visitor(chromium, live_server, client=None, width=1366, scripts=True):
    """A page whose `complaints` collect the console's errors, among them everything that the CSP refused."""
    context = chromium.new_context(viewport={"width": width, "height": 800}, java_script_enabled=scripts)
    if client is not None:
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: message.type == "error" and page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    return page


def faults(page, path: str) -> list[str]:
    """What is wrong with the page as it stands."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    headings = page.locator("h1").count()
    found = [f"{wide} px too wide"] if wide else []
    found += [f"{headings} h1"] if headings != 1 else []
    found += [] if re.search(r"[\u4e00-\u9fff]", page.title()) else [f"title {page.title()!r}"]
    found += [] if page.get_attribute("html", "lang") == "zh-Hans" else ["lang"]
    found += [f"console: {text}" for text in page.complaints]
    page.complaints.clear()
    return [f"{path}: {one}" for one in found]


def violations(page, path: str) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{path} {one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


def test_public_pages_fit_and_can_be_read_by_everybody(chromium, live_server, city):
    assert len(PUBLIC) > 10
    wrong = []
    for width in WIDTHS:
        page = visitor(chromium, live_server, width=width)
        for path in PUBLIC:
            page.goto(live_server.url + path)
            wrong += faults(page, f"{path} at {width}")
            if width == 360:
                wrong += violations(page, path)
    assert not wrong, "\n".join(wrong)


def test_the_first_page_of_each_role_fits_and_can_be_read(chromium, live_server, company, login):
    company("A")
    wrong = []
    for role in Role:
        if role == Role.SYSTEM:
            continue
        client = login(role.value, PLACES.get(role, "city"))
        page = visitor(chromium, live_server, client)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(live_server.url + home_of(role))
            wrong += faults(page, f"{role.value} at {width}")
            if width == 360:
                wrong += violations(page, role.value)
        page.context.close()
    assert not wrong, "\n".join(wrong)


def test_pages_say_the_same_without_scripts(chromium, live_server, company, login):
    """A09: every heading, link and form control is there when nothing runs."""
    company("A")
    # What a reader can use: headings, links and controls; a plain button (打印) comes with the script that serves it.
    seen = "h1, h2, main a, main input:not([type=hidden]), main select, main textarea, main button:not([type=button])"
    visits = {None: PUBLIC, ("ent_hr", "A"): ["/ent/"], ("city_clerk", "city"): ["/console/"]}
    wrong = []
    for who, paths in visits.items():
        client = login(*who) if who else None
        pages = [visitor(chromium, live_server, client, scripts=scripts) for scripts in (True, False)]
        for path in paths:
            counts = []
            for page in pages:
                page.goto(live_server.url + path)
                counts.append(page.locator(seen).locator("visible=true").count())
            if counts[1] < counts[0]:
                wrong.append(f"{path}: {counts[0]} with scripts, {counts[1]} without")
    assert not wrong, "\n".join(wrong)


def test_signing_in_works_without_scripts(chromium, live_server, company):
    from_a = company("A").organisation
    page = visitor(chromium, live_server, scripts=False, width=360)
    page.goto(f"{live_server.url}/ent/")
    assert page.locator("input[name=password]").count() == 1, "the way to the company's page leads to the sign-in page"
    page.fill("input[name=login]", "nobody")
    page.fill("input[name=password]", "wrong-wrong-wrong")
    page.click("main form button")
    assert page.locator("main").get_by_text("密码").count()
    assert from_a.name not in page.content()


def test_axe_finds_what_is_planted(chromium, live_server, city):
    page = visitor(chromium, live_server)
    page.goto(live_server.url)
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<input type=text><img src=/static/x.png>')"
    )
    found = " ".join(violations(page, "/"))
    assert "label" in found
    assert "image-alt" in found
