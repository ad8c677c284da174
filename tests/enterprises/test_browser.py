"""The stage's pages in Chromium at 360 and 1366 px: nothing overflows, nothing is refused by the browser."""

import os
from pathlib import Path

import pytest

from enterprises.models import PilotApplication
from tests.fixtures.chromium import launched

pytestmark = pytest.mark.browser


@pytest.fixture
def look(transactional_db, live_server, login):
    """`look(role, place, {name: path})` opens each page at both widths: (name, width, pixels too wide, complaints)."""
    with launched() as browser:

        def visit(role: str, place: str, pages: dict[str, str]) -> list[tuple[str, int, int, list[str]]]:
            session = login(role, place).cookies["sessionid"].value
            cookie = {"name": "sessionid", "value": session, "url": live_server.url, "sameSite": "Lax"}
            found = []
            for width in (360, 1366):
                context = browser.new_context(viewport={"width": width, "height": 900})
                context.add_cookies([cookie])
                page = context.new_page()
                complaints: list[str] = []
                page.on("console", lambda message, into=complaints: into.append(message.text))
                for name, path in pages.items():
                    complaints.clear()
                    page.goto(live_server.url + path)
                    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                    found.append((name, width, wide, list(complaints)))
                    if folder := os.environ.get("SCREENSHOTS"):
                        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
                context.close()
            return found

        yield visit


def faults(found) -> list:
    return [row for row in found if row[2] > 0 or row[3]]


def test_the_companys_pages_fit_phone_and_desk(look, filled, planned, company):
    plan = planned("A")
    authority = plan.authority
    application = filled("B")
    pages = {
        "home": "/ent/",
        "plan": plan.get_absolute_url(),
        "approved": authority.entry.application.get_absolute_url(),
        "public": "/enterprises/2026/",
        "public-company": f"/enterprises/2026/{authority.pk}/",
        "self-check": "/enterprises/check/",
        "credit": "/ent/credit/",
    }
    assert not faults(look("ent_hr", "A", pages))
    root = application.get_absolute_url()
    parts = ("", "profile/", "talent/", "experts/", "conditions/", "files/", "check/")
    pages = {f"tasks-{part.strip('/')}": root + part for part in parts}
    assert not faults(look("ent_hr", "B", {**pages, "company": "/ent/company/"}))


def test_the_countys_desk_has_the_file_beside_the_checklist(look, applied):
    application = applied("A", "submitted")
    assert not faults(look("county", "haining", {"desk": application.console_url(), "workbench": "/console/"}))
    assert PilotApplication.objects.get().opened_at is not None
