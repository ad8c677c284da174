"""The committee's secret ballot by its pages, from choosing the key's holders to the signed result."""

import re

import pytest
import segno
from django.contrib.sessions.models import Session
from django.urls import reverse

from jiaxing_titles.actions.doing import BUSY
from jiaxing_titles.audit.models import AuditEvent
from reviews import actions, documents
from reviews.models import Board, KeyCeremony, SealedBallot, VoteSheet
from reviews.rules.ballot import verify_board
from reviews.views import ballot
from tests.journeys.driver import Desk
from tests.reviews.test_documents import Job, text_of
from tests.scenes.balloting import HOLDERS, cast, opened
from tests.scenes.registry import reload

pytestmark = pytest.mark.django_db
SHARE = re.compile(r"\d(?:-[0-9a-f]{4}){9}")
VOTERS = 10


def stands(scenes):
    scenes.deliberated("张三", "李四")


@pytest.fixture
def desk(login, actor):
    return lambda role, name="": Desk(login(role, "city", name), name or role, lambda: actor(role, "city", name))


@pytest.fixture
def meeting(deliberated):
    return deliberated("张三", "李四")


def make_key(meeting, desk):
    """Holders named by the secretary, key made and tried by them at one machine; the shares as the page showed them."""
    secretary, holder = desk("committee_sec"), desk(*HOLDERS[0])
    people = {f"holder_{n}": desk(*one).user for n, one in enumerate(HOLDERS, start=1)}
    secretary.do("reviews.name_committee_key_holders", meeting, **people)
    key = KeyCeremony.objects.get()
    shown = holder.send(reverse("reviews:make_key", args=[key.pk]), together=True)
    shares = SHARE.findall(shown.text)
    assert len(shares) == 3
    assert re.findall(r'class="segno">.*? d="([^"]+)"', shown.html) == [drawn(share) for share in shares]
    assert not re.search(r'(?:src|href|action)="[^"]*[0-9a-f]{4}-[0-9a-f]{4}', shown.html), "in no address"
    again = holder.open(key.get_absolute_url())
    assert not SHARE.search(again.html)
    typed = {f"share_{n}": share.upper().replace("-", " ") for n, share in enumerate(shares, start=1)}
    holder.send(reverse("reviews:check_key", args=[key.pk]), **typed)
    assert reload(key).state == "checked"
    return shares


def drawn(share):
    """The lines of the QR code that a scanner reads as this share in capitals."""
    return re.search(r' d="([^"]+)"', segno.make(share.upper(), error="m").svg_inline(border=2, scale=5))[1]


def looks_again(html: str, seconds: int) -> bool:
    """By the script, and by the browser itself only where no script runs."""
    plain = f'<noscript><meta http-equiv="refresh" content="{seconds}"></noscript>'
    return plain in html and html.count('"refresh"') == 1 and f'data-refresh-seconds="{seconds}"' in html


def test_the_whole_ceremony_by_its_pages(meeting, desk):
    secretary, sheet = desk("committee_sec"), meeting.sheets.get()
    shares = make_key(meeting, desk)
    member = desk("committee", "评委1")
    waiting = member.client.get(reverse("reviews:ballot", args=[sheet.pk]))
    assert waiting.status_code == 404  # a paper sheet has no ballot page
    secretary.do("reviews.choose_mode", sheet, mode="electronic")
    before = member.open(reverse("reviews:ballot", args=[sheet.pk]))
    assert "投票还没有开始" in before.text
    assert looks_again(before.html, 10)
    early = member.client.post(reverse("reviews:ballot", args=[sheet.pk]), {"confirm": "1"})
    assert "data-refresh-seconds" not in early.content.decode(), "what was sent is not sent again by itself"
    secretary.do("reviews.open_ballot", sheet)
    for number in range(1, VOTERS + 1):
        vote(desk("committee", f"评委{number}"), sheet, "yes" if number <= 7 else "no")
    screen = secretary.open(reverse("reviews:committee_screen", args=[meeting.pk]))
    assert "10 / 10已投" in screen.text.replace(" 已投", "已投")
    assert looks_again(screen.html, 5)
    secretary.do("reviews.close_ballot", sheet)
    opener = desk(*HOLDERS[1])
    opener.send(reverse("reviews:unseal", args=[sheet.pk]), share_1=shares[2], share_2=shares[0])
    board = opener.open(reverse("reviews:board", args=[sheet.pk]))
    file = opener.client.get(reverse("reviews:board_file", args=[sheet.pk])).content
    assert verify_board.problems(file, Board.objects.get().sha256) == []
    assert Board.objects.get().sha256 in board.text
    assert opener.client.get(reverse("reviews:verify_board")).status_code == 200
    signed = secretary.do("reviews.sign_tally", sheet)
    assert "应到11实到10，需≥7票，得7票，通过" in signed.text
    secretary.do("reviews.close_committee", meeting, minutes="会议纪要")
    everything = str(list(AuditEvent.objects.values_list("facts", flat=True)))
    assert not any(share.replace("-", "")[1:33] in everything.replace("-", "") for share in shares)


def vote(member, sheet, choice):
    """Choose, check, go back, check again, confirm; the receipt is that of the stored ballot."""
    page = member.open(reverse("reviews:ballot", args=[sheet.pk]))
    checked = member.send(page, press="检查选票", choice_1=choice, choice_2="abstain")
    back = member.send(checked, press="返回修改")
    checked = member.send(back, press="检查选票", choice_2="yes")
    done = member.send(checked, press="确认投票")
    assert "已经在票箱里" in done.text
    assert receipt_of(member) in done.text


def receipt_of(member):
    return SealedBallot.objects.values_list("receipt", flat=True).get(seat__user=member.user)


@pytest.fixture
def sec(actor):
    return actor("committee_sec", "city")


@pytest.fixture
def parts(meeting, keyed):
    return keyed(meeting)[1]


@pytest.fixture
def casting(meeting, parts, sec):
    return opened(meeting.sheets.get(), sec)


def test_a_name_left_out_is_told_with_a_link_and_keeps_the_rest(casting, desk):
    member = desk("committee", "评委1")
    answer = member.client.post(reverse("reviews:ballot", args=[casting.pk]), form_of(member, casting, {"1": "no"}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "第2号 李四 还没有选" in page
    assert re.search(r'href="#(id_choice_2\w*)".*id="\1"', page, re.DOTALL)
    assert re.search(r'value="no"[^>]*checked', page)


def form_of(member, sheet, choices, **more):
    page = member.open(reverse("reviews:ballot", args=[sheet.pk]))
    (form,) = [one for one in page.forms if "seed" in one.fields]
    return {"seed": form.fields["seed"].values[0], **{f"choice_{n}": mark for n, mark in choices.items()}, **more}


def test_the_rest_is_filled_in_only_on_request_and_sends_nothing(casting, desk):
    member = desk("committee", "评委1")
    page = member.open(reverse("reviews:ballot", args=[casting.pk]))
    assert "checked" not in page.html
    filled = member.send(page, press="其余全部同意", choice_1="no")
    assert re.findall(r'value="(\w+)"[^>]*checked', filled.html) == ["no", "yes"]
    assert not SealedBallot.objects.exists()


def test_a_second_confirmation_is_answered_with_the_first_receipt(casting, desk):
    member = desk("committee", "评委1")
    url = reverse("reviews:ballot", args=[casting.pk])
    first = form_of(member, casting, {"1": "yes", "2": "yes"}, confirm="1")
    assert member.client.post(url, first).status_code == 302
    receipt = receipt_of(member)
    for again in (first, {**first, "choice_1": "no"}):
        answer = member.client.post(url, again)
        assert (answer.status_code, receipt in answer.content.decode()) == (200, True)
    assert receipt_of(member) == receipt


def test_a_moments_delay_keeps_the_choices_on_the_page(casting, desk, monkeypatch):
    member = desk("committee", "评委1")
    data = form_of(member, casting, {"1": "no", "2": "yes"}, confirm="1")
    monkeypatch.setattr(ballot, "run", lambda step, case, request, **facts: (case, [BUSY]))
    answer = member.client.post(reverse("reviews:ballot", args=[casting.pk]), data)
    page = answer.content.decode()
    assert (answer.status_code, BUSY.text in page) == (409, True)
    assert '<input type="hidden" name="choice_1" value="no">' in page
    monkeypatch.undo()
    assert member.client.post(reverse("reviews:ballot", args=[casting.pk]), data).status_code == 302


def test_a_seed_of_ones_own_choosing_is_refused(casting, desk):
    member, other = desk("committee", "评委1"), desk("committee", "评委2")
    url = reverse("reviews:ballot", args=[casting.pk])
    right = form_of(member, casting, {"1": "yes", "2": "yes"}, confirm="1")
    for seed in ("00" * 16, form_of(other, casting, {})["seed"]):
        assert member.client.post(url, {**right, "seed": seed}).status_code == 422
    assert not SealedBallot.objects.exists()


def test_nothing_is_cached_and_nothing_typed_reaches_a_session(casting, desk):
    member = desk("committee", "评委1")
    url = reverse("reviews:ballot", args=[casting.pk])
    data = form_of(member, casting, {"1": "abstain", "2": "no"}, check="1")
    answer = member.client.post(url, data)
    assert "no-store" in answer.headers["Cache-Control"]
    assert "no-store" in member.client.get(url).headers["Cache-Control"]
    code = re.search(r"<code>([0-9a-f]{20})</code>", answer.content.decode())[1]
    decoded = [str(one.get_decoded()) for one in Session.objects.all()]
    assert decoded
    assert not any(code in one or "abstain" in one or data["seed"] in one for one in decoded)


def test_who_has_not_voted_is_for_the_secretary_alone(casting, desk, judge):
    cast(casting, judge(1), "yes")
    assert "未投票" in desk("committee_sec").open(casting.get_absolute_url()).text
    for one in (desk("committee", "评委2"), desk("teller", "计票甲"), desk("city_lead")):
        page = one.open(casting.get_absolute_url())
        assert "未投票" not in page.text
        assert "已投 1 席" in page.text


def test_the_ballot_page_is_for_those_with_a_seat(casting, desk, login):
    url = reverse("reviews:ballot", args=[casting.pk])
    assert desk("committee", "评委外").client.get(url).status_code == 404
    assert login("panel_expert", "A", "专家1").get(url).status_code == 404
    for role in ("committee_sec", "teller", "city_lead"):
        assert desk(role).client.get(url).status_code == 403
    recused = desk("committee", "评委11")
    assert "都已回避" in recused.open(url).text
    assert recused.client.post(url, {}).status_code == 409


def test_secrets_are_not_taken_at_the_address_of_all_steps(casting, desk):
    member, holder = desk("committee", "评委1"), desk(*HOLDERS[0])
    seat = casting.roll.get(user=member.user)
    data = form_of(member, casting, {"1": "yes", "2": "yes"})
    assert member.client.post(reverse("do", args=["reviews.cast_ballot", seat.pk]), data).status_code == 422
    assert not SealedBallot.objects.exists()
    key = KeyCeremony.objects.get()
    for step, case in (("check_key", key), ("unseal_ballot", casting)):
        answer = holder.client.post(reverse("do", args=[f"reviews.{step}", case.pk]), {"share_1": "1"})
        assert answer.status_code == 422
        assert "自己的页面" in answer.content.decode()


def test_everybody_finds_his_part_among_what_waits_and_the_report_bears_the_hashes(casting, desk, parts, holder, sec):
    member, keeper = desk("committee", "评委1"), desk(*HOLDERS[1])
    assert "待投票的表决票" in member.open("/todo/").text
    home = member.open("/committee/")
    assert "待投票的表决票" in home.text and reverse("reviews:ballot", args=[casting.pk]) in home.html
    assert "待投票" not in desk("committee_sec").open("/committee/").text
    for number in range(1, 11):
        cast(casting, desk("committee", f"评委{number}").actor, {1: "yes", 2: "yes" if number > 1 else "no"})
    assert "待投票的表决票" not in member.open("/todo/").text
    assert f"下一步封箱：{casting}" in desk("committee_sec").open(casting.sitting.get_absolute_url()).text
    sheet = actions.close_ballot(reload(casting), actor=sec)
    assert "待开票的票箱" in keeper.open("/todo/").text
    sheet = actions.unseal_ballot(sheet, actor=holder(1), shares=parts[:2])
    page = desk("committee_sec").open(sheet.get_absolute_url()).text
    assert "张三的表决完全一致" in page
    assert "李四的表决完全一致" not in page
    sheet = actions.sign_tally(sheet, actor=sec)
    words = text_of(documents.build_tally(Job(sheet.pk), None)[1])
    told = ("发票11", "收票10", "有效10", "计票甲、计票乙、监督丙", sheet.form_hash, sheet.box_hash, sheet.board_hash)
    assert [one for one in told if one not in words] == []


def test_a_key_waits_for_its_holders(meeting, desk, holder, sec):
    people = [holder(number).user for number in (1, 2, 3)]
    actions.name_committee_key_holders(meeting, actor=sec, holders=people)
    for role, name in HOLDERS:
        assert "待建钥或核对的开票钥匙" in desk(role, name).open("/todo/").text
    assert "待建钥或核对的开票钥匙" not in desk("teller", "计票外").open("/todo/").text


def test_no_board_before_unsealing(casting, desk):
    for name in ("board", "board_file"):
        assert desk("committee_sec").client.get(reverse(f"reviews:{name}", args=[casting.pk])).status_code == 404
    assert VoteSheet.objects.get(pk=casting.pk).board_hash == ""
