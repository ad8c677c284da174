"""F-50 … F-52: the agenda board of a running meeting, its timers and its readers."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jiaxing_titles.actions import Blocked
from reviews import actions
from reviews.models import MeetingItem, MemberAssessment
from reviews.queries.live import board_of
from tests.scenes.registry import reload
from tests.scenes.reviewing import SCORES, member_of, present_all, score_all

pytestmark = pytest.mark.django_db


def stands(scenes):
    scenes.endorsed(scenes.open_round("A"), "张三")


@pytest.fixture
def sitting(noticed, session):
    """Eight of nine experts, three people on the agenda, at nine o'clock."""
    return session(noticed("张三", "李四", "王五"), present=8, guest=True)


def url_of(meeting, name="live") -> str:
    return reverse(f"reviews:{name}", args=[meeting.pk])


def item(meeting, number: int) -> MeetingItem:
    return meeting.items.get(number=number)


def present(one, actor) -> MeetingItem:
    return actions.present_item(one, actor=actor, report_mode="in_person", self_report="述职。", check_note="合格。")


def phases(meeting, reader) -> dict[str, tuple[str, int, int, int]]:
    return {
        line.item.application.person.name: (line.phase.label, line.scored, line.seats, line.seconds)
        for line in board_of(reload(meeting), reader).lines
    }


def test_each_person_goes_through_the_phases_and_the_time_counts(sitting, actor, expert, at):
    hr, chair = actor("ent_hr", "A"), expert(1)
    assert phases(sitting, hr) == dict.fromkeys(("张三", "李四", "王五"), ("未开始", 0, 8, 0))
    actions.call_item(item(sitting, 1), actor=chair)
    at("2026-10-28 09:07:12")
    assert phases(sitting, hr)["张三"] == ("述职中", 0, 8, 432)
    first = present(item(sitting, 1), hr)
    at("2026-10-28 09:08:00")
    assert phases(sitting, hr)["张三"] == ("评分中", 0, 8, 48)
    for number in range(1, 9):
        pad = first.assessments.get(member=member_of(sitting, number))
        actions.assess(pad, actor=expert(number), **SCORES)
        assert phases(sitting, hr)["张三"][:2] == (("评分中" if number < 8 else "完成"), number)
    actions.postpone_item(item(sitting, 3), actor=hr, reason="未到会")
    board = board_of(reload(sitting), hr)
    assert [line.phase.label for line in board.lines] == ["完成", "未开始", "缓评"]
    assert (board.done, board.expected, board.current, board.next.item.number) == (1, 2, None, 2)
    assert board.quorum.sentence == "应到9人，实到8人，须到6人，达到法定人数"


def test_one_person_at_a_time_and_only_desk_or_chair_calls(sitting, actor, expert):
    hr = actor("ent_hr", "A")
    with pytest.raises(Blocked, match="主任委员"):
        actions.call_item(item(sitting, 1), actor=expert(2))
    actions.call_item(item(sitting, 1), actor=hr)
    with pytest.raises(Blocked, match="1. 张三正在述职"):
        actions.call_item(item(sitting, 2), actor=expert(1))
    present(item(sitting, 1), hr)
    assert actions.call_item(item(sitting, 2), actor=expert(1)).called_at is not None


def test_the_desk_calls_from_the_board_and_lands_on_it(sitting, login, at):
    desk = login("panel_sec", "A")
    page = desk.get(url_of(sitting)).content.decode()
    button = re.search(r'action="(/ent/items/\d+/call/)"', page)[1]
    answer = desk.post(button)
    assert (answer.status_code, answer.url) == (302, url_of(sitting))
    at("2026-10-28 09:12:05")
    page = desk.get(url_of(sitting)).content.decode()
    assert '09:00 开始，已 <span class="timer" data-elapsed="725">12:05</span>' in page
    assert "登记述职和综合考核" in page
    assert "/call/" not in page  # somebody is speaking
    assert "应到9人，实到8人，须到6人，达到法定人数" in page


def test_htmx_fetches_the_board_alone(sitting, login):
    page = login("ent_hr", "A").get(url_of(sitting), headers={"HX-Request": "true"}).content.decode()
    assert page.startswith('<div id="board"')
    assert "<html" not in page


def test_a_recused_expert_finds_nothing_of_the_person(sitting, actor, expert, login):
    """F-50, on board, projector and agenda, while the person is before the panel and after."""
    hr, first = actor("ent_hr", "A"), item(sitting, 1)
    actions.recuse_self(sitting, actor=expert(4), items=[first], kind="kin", note="表兄弟")
    actions.call_item(first, actor=hr)
    client = login("panel_expert", "A", "专家4")
    for _ in range(2):
        for url in (
            url_of(sitting),
            url_of(sitting, "live_screen"),
            url_of(sitting, "pads"),
            url_of(sitting, "meeting"),
        ):
            page = client.get(url).content.decode()
            assert ("张三" in page, "表兄弟" in page) == (False, False), url
        assert client.get(first.get_absolute_url()).status_code == 404
        assert "李四" in client.get(url_of(sitting)).content.decode()
        if reload(first).state == "waiting":
            present(reload(first), hr)
    seen = login("panel_expert", "A", "专家3").get(url_of(sitting)).content.decode()
    assert "实到 8 席，回避 1 席，按 7 席计" in seen
    assert "专家4" not in seen


def test_a_recused_expert_is_not_shown_the_persons_vote(sitting, actor, expert, login):
    hr = actor("ent_hr", "A")
    actions.recuse_self(sitting, actor=expert(4), items=[item(sitting, 1)], kind="kin")
    present_all(sitting, hr)
    score_all(sitting, expert)
    meeting = actions.close_scoring(reload(sitting), actor=expert(1))
    sheet = meeting.sheets.get().get_absolute_url()
    shown = {number: login("panel_expert", "A", f"专家{number}").get(sheet).content.decode() for number in (3, 4)}
    assert ["张三" in shown[number] for number in (3, 4)] == [True, False]
    assert "李四" in shown[4]


def test_before_the_seat_is_taken_the_board_is_empty(sitting, login):
    page = login("panel_expert", "A", "专家9").get(url_of(sitting)).content.decode()
    assert "张三" not in page
    assert "签到开会后显示议程。" in page


def test_the_guest_follows_and_touches_nothing(sitting, login):
    page = login("library_member", "city", "专家库甲").get(url_of(sitting)).content.decode()
    assert "张三" in page
    assert "/ent/items/" not in page
    assert "/call/" not in page


def test_the_board_costs_the_same_for_one_and_three(sitting, login):
    client = login("ent_hr", "A")
    client.get(url_of(sitting))
    with CaptureQueriesContext(connection) as three:
        client.get(url_of(sitting))
    keep = sitting.items.first()
    MemberAssessment.objects.exclude(item=keep).delete()
    sitting.items.exclude(pk=keep.pk).delete()
    with CaptureQueriesContext(connection) as one:
        client.get(url_of(sitting))
    assert len(one) == len(three)


def test_the_recusal_map_shows_what_is_left_for_each_person(sitting, actor, expert, login):
    """F-52, Q-29: nine listed, eight here; two step back for 张三, three for 李四, of whom one never came."""
    hr = actor("ent_hr", "A")
    for number, persons in ((3, (1, 2)), (4, (1, 2))):
        items = [item(sitting, one) for one in persons]
        actions.recuse_self(sitting, actor=expert(number), items=items, kind="kin", note="表兄弟")
    absent = member_of(sitting, 9)
    actions.recuse_member(sitting, actor=hr, member=absent, items=[item(sitting, 2)], kind="mentor")
    actions.recuse_self(sitting, actor=expert(5), items=[item(sitting, 2)], kind="mentor", note="导师")
    page = login("ent_hr", "A").get(url_of(sitting, "recusal_map")).content.decode()
    sums = re.findall(r'class="map-sum( map-short)?">([^<]+)<', page)
    assert sums == [
        ("", "应到9实到8回避2，按6席计，须得4票"),
        (" map-short", "应到9实到8回避3，按5席计，不足6席，不能表决"),
        ("", "应到9实到8回避0，按8席计，须得6票"),
    ]
    assert page.count('<span class="tag tag-amber">回避</span>') == 6
    assert page.count('<span class="muted">未到</span>') == 2
    assert "表兄弟" in page
    assert login("panel_expert", "A", "专家1").get(url_of(sitting, "recusal_map")).status_code == 403
    assert login("ent_hr", "B").get(url_of(sitting, "recusal_map")).status_code == 404


def test_the_recusal_map_costs_the_same_for_one_and_three(sitting, expert, login):
    actions.recuse_self(sitting, actor=expert(3), items=list(sitting.items.all()), kind="kin")
    client, url = login("ent_hr", "A"), url_of(sitting, "recusal_map")
    client.get(url)
    with CaptureQueriesContext(connection) as three:
        client.get(url)
    keep = sitting.items.first()
    MemberAssessment.objects.exclude(item=keep).delete()
    sitting.items.exclude(pk=keep.pk).delete()
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    assert len(one) == len(three)
