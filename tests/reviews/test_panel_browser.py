"""A panel meeting in Chromium: the pad on a tablet and a phone, with and without scripts; board and projector.

`SCREENSHOTS=folder` keeps what was seen.
"""

import os
import re
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import reverse

from reviews import actions
from reviews.models import MemberAssessment
from tests.fixtures.chromium import faults, violations, visitor
from tests.scenes.registry import reload
from tests.scenes.reviewing import SCORES, member_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TALL = 52  # px, for a figure that is typed on a tablet


@pytest.fixture
def room(chromium, live_server, login):
    """`room(role, name, width)` → that person's browser; `go` opens one of the meeting's addresses."""

    def enter(role, name="", width=1366, scripts=True):
        page = visitor(chromium, live_server, login(role, "A", name), width, scripts)
        page.go = lambda name, pk: page.goto(live_server.url + reverse(f"reviews:{name}", args=[pk]))
        return page

    return enter


def seen(page, name):
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"panel-{name}.png", full_page=True)
    found = faults(page, name) + violations(page, name)
    return [one for one in found if "a status of 422" not in one]  # what the form answers to a score without words


def test_three_people_are_scored_on_tablet_and_phone(room, noticed, session, actor):
    with transaction.atomic():
        meeting = session(noticed("张三", "李四", "王五"))
        desk = actor("panel_sec", "A")
        first, second, third = meeting.items.order_by("number")
        for one in (first, second):
            actions.present_item(one, actor=desk, report_mode="in_person", self_report="述职。", check_note="合格。")
        actions.call_item(third, actor=desk)
    pads = {one.item_id: one for one in MemberAssessment.objects.filter(member=member_of(meeting, 2))}
    tablet, wrong = room("panel_expert", "专家2", 1024), []
    tablet.go("score", pads[first.pk].pk)
    wrong += _typed(tablet, SCORES | {"ethics": 59})
    assert tablet.locator("[data-weighted-total]").inner_text() == "80.95"
    tablet.get_by_role("button", name="提交并看下一位").click()
    assert "职业道德59分，低于方案定的60分，请写明理由。" in tablet.locator(".pad").inner_text()
    wrong += seen(tablet, "pad-refused-1024")
    tablet.fill("[name=comment]", "一次违规记录。")
    tablet.get_by_role("button", name="提交并看下一位").click()
    assert "2. 李四" in tablet.locator("h1").inner_text()
    phone = room("panel_expert", "专家2", 360, scripts=False)
    phone.go("score", pads[second.pk].pk)
    wrong += faults(phone, "pad-360")
    assert not phone.locator(".pad-total").is_visible()  # nobody adds up without a script; the server does
    wrong += _typed(phone, SCORES)
    phone.get_by_role("button", name="提交并看下一位").click()
    assert re.search(r"80\.95.+87\.15", phone.locator("main").inner_text(), re.S)
    wrong += _board(room, meeting)
    assert not wrong, "\n".join(wrong)


def _typed(page, scores):
    for name, value in scores.items():
        page.fill(f"[name={name}]", str(value))
    heights = [page.locator(f"[name={name}]").bounding_box()["height"] for name in scores]
    return [f"{height} px tall" for height in heights if height < TALL]


def _board(room, meeting):
    wrong = []
    for role, name, width in (("panel_sec", "", 1366), ("panel_expert", "专家2", 360)):
        board = room(role, name, width)
        board.go("live", reload(meeting).pk)
        timer = board.locator(".timer")
        before = timer.inner_text()
        board.wait_for_timeout(2200)
        assert timer.inner_text() > before  # it counts without asking the server
        wrong += seen(board, f"board-{width}")
    for name in ("live_screen", "recusal_map"):
        screen = room("panel_sec")
        screen.go(name, meeting.pk)
        wrong += seen(screen, name)
    still = room("panel_sec", width=360, scripts=False)
    still.go("live", meeting.pk)
    assert re.search(r"09:00 开始，已 \d\d:\d\d", still.locator("main").inner_text())
    return wrong
