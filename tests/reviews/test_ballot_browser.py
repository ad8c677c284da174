"""The whole ceremony clicked through in Chromium: key, five members on phones, big screen, closing, unsealing.

`SCREENSHOTS=folder` keeps what was seen.
"""

import re

import pytest
from django.db import transaction
from django.urls import reverse

from reviews import actions
from reviews.models import KeyCeremony
from tests.fixtures.chromium import faults, picture, violations, visitor
from tests.scenes.balloting import HOLDERS, cast
from tests.scenes.registry import reload

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHARE = re.compile(r"\d(?:-[0-9a-f]{4}){9}")
TALL = 52  # px, for a choice on a phone


@pytest.fixture
def room(chromium, live_server, login):
    """`room(role, name, width)` → that person's browser at the address that `go` is given."""

    def enter(role, name="", width=1366, scripts=True):
        page = visitor(chromium, live_server, login(role, "city", name), width, scripts)
        page.go = lambda path: page.goto(live_server.url + path)
        page.step = lambda step, case: page.goto(
            live_server.url + reverse(page.where, args=[f"reviews.{step}", case.pk])
        )
        page.where = "console_do" if role in ("committee_sec", "supervisor") else "do"
        return page

    return enter


def seen(page, name):
    """What is wrong with the page at this moment; a picture of it where they are wanted."""
    picture(page, f"ballot-{name}")
    found = faults(page, name) + (violations(page, name) if name.startswith(("vote", "key", "review")) else [])
    return [one for one in found if "a status of 422" not in one]  # what the form answers to a name left out


def test_five_members_vote_on_their_phones_and_two_shares_open_the_box(room, deliberated, holder, judge, actor):
    with transaction.atomic():
        meeting = deliberated("张三", "李四")
        sec = actor("committee_sec", "city")
        people = [holder(number).user for number in (1, 2, 3)]
        key = actions.name_committee_key_holders(meeting, actor=sec, holders=people)
        sheet = actions.choose_mode(meeting.sheets.get(), actor=sec, mode="electronic")
    shares, wrong = _key(room(*HOLDERS[0]), key)
    secretary, screen = room("committee_sec"), room("committee_sec")
    secretary.step("open_ballot", sheet)
    secretary.get_by_role("button", name="开始投票").click()
    wrong += seen(secretary, "opened")
    for number in range(1, 6):
        wrong += _vote(room("committee", f"评委{number}", 360, scripts=number != 5), sheet, number)
    screen.go(reverse("reviews:committee_screen", args=[meeting.pk]))
    assert "5 / 10" in screen.locator("main").inner_text()
    wrong += seen(screen, "screen")
    for number in range(6, 11):
        cast(sheet, judge(number), "yes")
    secretary.step("close_ballot", sheet)
    secretary.get_by_role("button", name="封箱").click()
    wrong += seen(secretary, "closed")
    opener = room(*HOLDERS[1])
    opener.go(reverse("reviews:unseal", args=[sheet.pk]))
    opener.get_by_label("第1名监票人的钥匙").fill(shares[2])
    opener.get_by_label("第2名监票人的钥匙").fill(shares[1])
    wrong += seen(opener, "unseal")
    opener.get_by_role("button", name="开票").click()
    opener.get_by_role("link", name="计票文件和回执").click()
    wrong += seen(opener, "board")
    secretary.step("sign_tally", sheet)
    secretary.get_by_role("button", name="签认计票结果").click()
    wrong += seen(secretary, "signed")
    assert wrong == []
    assert list(sheet.lines.order_by("number").values_list("yes", "no", "abstain")) == [(9, 0, 1), (9, 1, 0)]
    assert reload(sheet).state == "signed"


def _key(page, key):
    page.go(reverse("reviews:make_key", args=[key.pk]))
    page.get_by_label("全部保管人都在场").check()
    wrong = seen(page, "key")
    page.get_by_role("button", name="建钥").click()
    for summary in page.locator("details.key-slip summary").all():
        summary.click()
    wrong += seen(page, "key-shares")
    shares = SHARE.findall(page.locator("main").inner_text())
    page.get_by_role("link", name="输回核对").click()
    for number, share in enumerate(shares, start=1):
        page.get_by_label(f"第{number}份").fill(share)
    page.get_by_role("button", name="输回核对").click()
    wrong += seen(page, "key-checked")
    assert KeyCeremony.objects.get().state == "checked"
    return shares, wrong


def _vote(page, sheet, number):
    """Member 1 abstains on the first name; 2 first forgets the second and is against it; 5 has no JavaScript."""
    page.go(reverse("reviews:ballot", args=[sheet.pk]))
    tall = [box.bounding_box()["height"] for box in page.locator(".ballot-choices label").all()]
    assert min(tall) >= TALL
    first, second = page.locator("fieldset.ballot-name").all()
    first.get_by_text("弃权" if number == 1 else "同意").click()
    wrong = []
    if number == 2:
        page.get_by_role("button", name="检查选票").click()
        wrong += seen(page, "vote-missing")
        page.get_by_role("link", name="还没有选").click()
        first, second = page.locator("fieldset.ballot-name").all()
    second.get_by_text("反对" if number == 2 else "同意").click()
    wrong += seen(page, "vote") if number == 1 else []
    page.get_by_role("button", name="检查选票").click()
    wrong += seen(page, "review") if number == 1 else []
    page.get_by_role("button", name="确认投票").click()
    assert "已经在票箱里" in page.locator("main").inner_text()
    return wrong + (seen(page, "receipt") if number == 1 else [])
