"""自查 in Chromium: on a phone without scripts and without cookies, and on a desk for those who hear the page."""

import pytest

from tests.fixtures.chromium import faults, violations, visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_CLICKS = 8  # A10: from the first page to the answer


def follow(page, selector):
    """A click, and the page that it leads to."""
    with page.expect_navigation():
        page.click(selector)


def walk(page, address, look):
    """From the first page to the answer, as a person would; returns the number of clicks that led on."""
    clicks = 0

    def on(selector):
        nonlocal clicks
        clicks += 1
        follow(page, selector)
        wrong.extend(look(page))

    wrong = []
    page.goto(address)
    on("main a[href='/check/'] >> nth=0")
    page.check("input[name=level][value=engineer]")
    on("button[value=next]")
    page.select_option("select[name=education-0-level]", "bachelor")
    page.select_option("select[name=education-0-award]", "both")
    page.select_option("select[name=education-0-mode]", "full_time")
    page.fill("input[name=education-0-started_on]", "2017.9")
    page.fill("input[name=education-0-awarded_on]", "2021年6月30日")
    on("button[value=next]")
    page.fill("input[name=work-0-began_on]", "2023-03-03")
    on("button[value=next]")
    on("button[value=next]")  # no posts
    for year in (2023, 2024, 2025):
        page.check(f"input[name=grade_{year}][value=qualified]")
    on("button[value=next]")
    page.fill("input[name=hours]", "89.5")
    on("button[value=next]")
    return clicks, wrong


def test_the_answer_is_reached_without_scripts_and_cookies_on_a_phone(chromium, live_server, city, at):
    at("2026-09-01 09:00:00")
    page = visitor(chromium, live_server, width=360, scripts=False)
    page.context.route("**/check/", lambda route: route.continue_(headers=without_cookies(route.request.headers)))
    clicks, wrong = walk(page, live_server.url, lambda one: faults(one, one.url))
    assert not wrong, "\n".join(wrong)
    assert clicks <= MOST_CLICKS
    assert page.locator("h1").inner_text() == "还差一点：最早2027年3月2日（星期二）满足"
    assert page.url == f"{live_server.url}/check/"
    assert page.locator("svg[role=img] rect.expected").count() == 1
    wide = page.locator("figure.career svg").bounding_box()
    assert 300 < wide["width"] <= 360

    follow(page, "button.link[value=hours]")
    assert page.input_value("input[name=hours]") == "89.5"
    page.fill("input[name=hours]", "96")
    follow(page, "button[value=next]")
    follow(page, "button.link[value=work]")
    page.fill("input[name=work-0-began_on]", "2021-07-01")
    follow(page, "button[value=next]")
    assert page.locator("h1").inner_text() == "您可以申报工程师"
    follow(page, "button[value=login]")
    assert "/account/login/?next=/my/check/" in page.url


def without_cookies(headers):
    return {name: value for name, value in headers.items() if name != "cookie"}


def test_the_answer_can_be_read_by_everybody_and_printed(chromium, live_server, city, at):
    at("2026-09-01 09:00:00")
    page = visitor(chromium, live_server, width=1366)
    _, wrong = walk(page, live_server.url, lambda one: faults(one, one.title()))
    wrong += violations(page, "the answer")
    assert not wrong, "\n".join(wrong)
    page.emulate_media(media="print")
    assert page.locator("figure.career svg").is_visible() and page.locator("dl.summary").is_visible()
    assert not page.locator("button").first.is_visible() and not page.locator("header.masthead").is_visible()
