"""In Chromium: nothing runs over the edge of a phone, nothing breaks the CSP, errors take the focus."""

import pytest

from jiaxing_titles.publicsite.views import GUIDES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PUBLIC = [
    "/",
    "/policy/",
    "/guide/",
    "/browser/",
    "/large-type/",
    "/nonsense/",
    *(f"/guide/{slug}/" for slug in GUIDES),
]
CONSOLE = ["/console/", "/console/styleguide/", "/console/styleguide/?errors=1"]


def visitor(chromium, live_server, client=None, width=360, large=False):
    context = chromium.new_context(viewport={"width": width, "height": 800})
    cookies = {"large_type": "1"} if large else {}
    if client is not None:
        cookies["sessionid"] = client.cookies["sessionid"].value
    context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: message.type == "error" and page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    return page


@pytest.mark.parametrize(("width", "large"), [(320, False), (360, False), (360, True), (1366, False)])
def test_no_page_runs_over_the_edge_or_breaks_the_policy(chromium, live_server, city, login, width, large):
    page = visitor(chromium, live_server, login("city_clerk", "city"), width, large)
    for path in PUBLIC + CONSOLE:
        page.goto(live_server.url + path)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide == 0, path
        assert (
            page.evaluate("getComputedStyle(document.querySelector('.masthead')).backgroundColor") == "rgb(11, 46, 89)"
        )
    assert not [text for text in page.complaints if "404" not in text]


def test_errors_take_the_focus_and_lead_to_their_field(chromium, live_server, city, login):
    page = visitor(chromium, live_server, login("city_clerk", "city"))
    page.goto(f"{live_server.url}/console/styleguide/?errors=1")
    assert page.evaluate("document.activeElement.id") == "error-summary"
    page.click("#error-summary a[href='#id_hours']")
    assert page.evaluate("document.activeElement.id") == "id_hours"
    assert page.input_value("#id_hours") == "八十"


def test_focus_can_be_seen_at_every_stop_of_the_keyboard(chromium, live_server, city):
    page = visitor(chromium, live_server, width=1366)
    page.goto(live_server.url)
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.goto(live_server.url)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")


def test_the_large_type_works_by_a_plain_form(chromium, live_server, city):
    page = visitor(chromium, live_server)
    page.goto(live_server.url)
    page.click("text=大字版")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "20px"
    page.click("text=标准字号")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "16px"


def test_paper_carries_the_text_without_menus_and_buttons(chromium, live_server, city):
    page = visitor(chromium, live_server, width=1366)
    page.goto(f"{live_server.url}/guide/enterprise/")
    page.emulate_media(media="print")
    for selector in (".masthead", ".menu", ".site-footer", ".btn"):
        assert not page.is_visible(selector)
    assert page.is_visible("h1")
