"""Sealed in Chromium, opened in Python: what leaves a member's phone, and what of it counts."""

import json
import re
from urllib.parse import parse_qs

import pytest
from django.db import connection, transaction
from django.urls import reverse

from reviews import actions
from reviews.models import SealedBallot, Slip
from reviews.rules.ballot import plaintext, sealing, verify_board
from reviews.rules.ballot.form import read_form
from reviews.rules.ballot.shares import rebuild
from tests.fixtures.chromium import faults, picture, violations, visitor
from tests.scenes.balloting import cast, opened
from tests.scenes.registry import reload

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TALL = 52  # px, for a choice on a phone


@pytest.fixture
def voting(deliberated, keyed, actor):
    """(the open sheet whose ballots are sealed on phones, the shares of its key)"""
    with transaction.atomic():
        meeting = deliberated("张三", "李四")
        _, parts = keyed(meeting)
        return opened(meeting.sheets.get(), actor("committee_sec", "city"), "sealed_by_voter"), parts


@pytest.fixture
def phone(chromium, live_server, login, voting):
    """`phone("评委1")` → that member's phone, at the ballot; `sent` holds all that it posted."""

    def enter(name, scripts=True, init=""):
        page = visitor(chromium, live_server, login("committee", "city", name), 360, scripts)
        page.sent = []
        page.on("request", lambda request: request.method == "POST" and page.sent.append(request))
        if init:
            page.add_init_script(init)
        page.goto(live_server.url + reverse("reviews:ballot", args=[voting[0].pk]))
        return page

    return enter


def choose(page, *choices):
    for fieldset, choice in zip(page.locator("fieldset.ballot-name:visible").all(), choices, strict=True):
        fieldset.get_by_text(choice).click()
    page.get_by_role("button", name="检查选票").click()


def seen(page, what):
    """Faults of the page in this state; the connection that the test cut is none."""
    picture(page, f"sealing-{what}")
    cut = "net::ERR_FAILED"
    return [one for one in [*faults(page, what), *violations(page, what)] if cut not in one]


def receipt_in(sheet) -> str:
    return SealedBallot.objects.values_list("receipt", flat=True).get(sheet=sheet)


def box(sheet) -> list[bytes]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE jiaxing_tally")
        cursor.execute("SELECT ciphertext FROM reviews_sealedballot WHERE sheet_id = %s", [sheet.pk])
        found = [bytes(row[0]) for row in cursor.fetchall()]
        cursor.execute("RESET ROLE")
    return found


def test_a_phone_seals_another_falls_back_and_python_opens_both(voting, phone, judge, actor, holder):
    sheet, parts = voting
    wrong = []
    first = phone("评委1")
    codes = _sealed_on_the_phone(first, sheet, wrong)
    plain = phone("评委2", scripts=False)
    plain.wait_for_url("**/?by=server")
    picture(plain, "sealing-fallback")
    assert "本页由服务器密封，不在您的手机上密封" in plain.locator("main").inner_text()
    choose(plain, "同意", "同意")
    assert "您的选择已经送到服务器" in plain.locator("main").inner_text()
    plain.get_by_role("button", name="确认投票").click()
    assert "已经在票箱里" in plain.locator("main").inner_text()

    form, pair = read_form(sheet.form), rebuild(parts[:2], bytes(sheet.sitting.key.public_key))
    sealed = box(sheet)
    assert {len(one) for one in sealed} == {65 + 33 + 2 * 11 + 16}, "nobody sees which phone could not seal"
    ballots = [
        plaintext.decode(pair.open(one, form.context, sealing.IN_BROWSER), form.hash, form.numbers) for one in sealed
    ]
    assert sorted(tuple(one.marks.values()) for one in ballots) == [("no", "abstain"), ("yes", "yes")]
    elsewhere = form.context.replace(b"committee-", b"committee-1")
    for one in sealed:
        with pytest.raises(sealing.CannotOpen):
            pair.open(one, elsewhere, sealing.IN_BROWSER)
    sheet = actions.close_ballot(reload(sheet), actor=actor("committee_sec", "city"), missing_known=True)
    sheet = actions.unseal_ballot(sheet, actor=holder(1), shares=parts[:2])
    assert list(sheet.lines.values_list("yes", "no", "abstain", "invalid")) == [(1, 1, 0, 0), (1, 0, 1, 0)]
    assert verify_board.problems(sheet.board.file.encode(), sheet.board_hash) == []
    assert list(Slip.objects.filter(code__in=codes).order_by("number").values_list("choice", flat=True)) == [
        "no",
        "abstain",
    ]
    assert wrong == []
    _second_round_on_the_server(
        actions.sign_tally(sheet, actor=actor("committee_sec", "city")), parts, judge, actor, holder
    )


def _sealed_on_the_phone(page, sheet, wrong) -> list[str]:
    """Forgets a name, reads everything, confirms over a line that loses the first answer; returns the codes shown."""
    assert min(box.bounding_box()["height"] for box in page.locator(".ballot-choices label").all()) >= TALL
    wrong += seen(page, "choose")
    page.locator("fieldset.ballot-name").first.get_by_text("反对").click()
    page.get_by_role("button", name="检查选票").click()
    page.get_by_role("link", name="第2号 李四 还没有选").click()
    wrong += seen(page, "missing")
    choose(page, "反对", "弃权")
    assert re.sub(r"\s+", "", page.locator("#ballot-marks").inner_text()) == "1张三反对2李四弃权"
    page.get_by_text("核对码（想在开票后").click()
    codes = page.locator("#ballot-codes code").all_inner_texts()
    receipt = page.locator("#ballot-own-receipt").inner_text()
    wrong += seen(page, "check")
    assert page.sent == [], "nothing leaves the phone before it is sealed and confirmed"

    def lose_the_answer(route):
        route.fetch()
        route.abort()

    page.route("**/sealed/", lose_the_answer, times=1)
    page.get_by_role("button", name="确认投票").click()
    page.get_by_role("heading", name="没有收到票箱的答复").wait_for()
    wrong += seen(page, "lost")
    page.get_by_role("button", name="确认投票").click()
    page.get_by_role("heading", name="您的选票已经在票箱里").wait_for()
    assert "与本机算出的一致" in page.locator("main").inner_text()
    wrong += seen(page, "done")
    assert receipt_in(sheet) == receipt
    assert receipt in page.locator("main").inner_text()
    _nothing_readable_left(page.sent, codes)
    assert page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])") == "[{},{}]"
    assert page.locator("#ballot input:checked").count() == 0
    page.reload()
    assert receipt in page.locator("main").inner_text()
    return codes


def _nothing_readable_left(requests, codes):
    """What was posted is the token of the form and the sealed ballot: no choice, no code, no root of one."""
    assert len(requests) == 2 and len(codes) == 2
    for request in requests:
        body = request.post_data
        fields = dict(re.findall(r'name="(\w+)"\r\n\r\n([^\r]*)', body)) or parse_qs(body)
        assert set(fields) == {"csrfmiddlewaretoken", "sealed"}
        assert re.fullmatch(r"[0-9a-f]{272}", fields["sealed"])
        assert not [word for word in ("yes", "no\r", "abstain", "choice", "反对", "弃权", *codes) if word in body]
        assert request.url.endswith("/sealed/")


def _second_round_on_the_server(sheet, parts, judge, actor, holder):
    """The same meeting, key and shares: a sheet of the other kind is sealed as before."""
    sec = actor("committee_sec", "city")
    again = opened(actions.second_round(reload(sheet), actor=sec, reason="票数接近。"), sec)
    for number in (1, 2, 3):
        cast(again, judge(number), "yes")
    assert {len(one) for one in box(again)} == {1120 + 33 + 2 * 11 + 16}
    again = actions.close_ballot(reload(again), actor=sec, missing_known=True)
    again = actions.unseal_ballot(again, actor=holder(1), shares=parts[1:])
    assert list(again.lines.values_list("yes", "invalid")) == [(3, 0), (3, 0)]
    assert json.loads(again.form)["suite"] == sealing.ON_SERVER


def test_a_phone_without_webcrypto_is_led_to_the_server_and_told(phone):
    page = phone("评委1", init="Object.defineProperty(window, 'isSecureContext', {value: false})")
    page.wait_for_url("**/?by=server")
    assert "本页由服务器密封，不在您的手机上密封" in page.locator("main").inner_text()
    assert seen(page, "fallback") == []


def test_a_second_phone_of_the_same_member_is_told_that_the_box_holds_another(voting, phone):
    pages = [phone("评委1"), phone("评委1")]
    for page, choice in zip(pages, ("同意", "反对"), strict=True):
        choose(page, choice, choice)
        page.get_by_role("button", name="确认投票").click()
        page.get_by_text("票箱返回的回执").first.wait_for(state="attached")
    pages[0].get_by_role("heading", name="您的选票已经在票箱里").wait_for()
    pages[1].get_by_role("heading", name="票箱里的不是本机刚才这一张").wait_for()
    receipt = receipt_in(voting[0])
    assert receipt in pages[0].locator("#ballot-done").inner_text()
    told = pages[1].locator("#ballot-differs").inner_text()
    assert (receipt in told, len(re.findall(r"[0-9a-f]{64}", told))) == (True, 2)
    assert seen(pages[1], "differs") == []
