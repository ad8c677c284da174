"""Every public page and the first page of each role in Chromium: on a phone and on a desk, with and without scripts.

The public pages come from the access table, so a new one cannot escape. axe looks for WCAG 2.2 AA (A01, A02).
"""

import pytest

from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.accounts.views import home_of
from tests.architecture.access import table
from tests.fixtures.chromium import faults, violations, visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (360, 1366)
PUBLIC = [f"/{line.pattern}" for line in table() if line.public and not line.args and line.get == {"*": 200}]
PLACES = {Role.COUNTY: "haining"} | dict.fromkeys(
    [Role.ENT_HR, Role.ENT_LEAD, Role.APPLICANT, Role.PANEL_SEC, Role.PANEL_EXPERT], "A"
)


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
