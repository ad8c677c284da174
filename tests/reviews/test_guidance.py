"""到会指导: the decision either way, the recorded draw, the answer, and an expert who does not come (办法五（二）)."""

import datetime as dt

import pytest
from django.urls import reverse

from enterprises.models import Speciality
from jiaxing_titles.actions import Blocked, NotPermitted
from jiaxing_titles.notifications.models import Notification
from reviews import actions
from reviews.models import GuidanceAssignment
from reviews.queries import draw_file, people_of
from reviews.rules.draw import verify_draw
from tests.scenes.registry import reload
from tests.scenes.reviewing import drawn

pytestmark = pytest.mark.django_db


def stands(scenes):
    scenes.endorsed(scenes.open_round("A"), "张三")


@pytest.fixture
def enrol(actor, bureaus, city):
    def add(name: str, term=dt.date(2028, 12, 31), works_at=None, user=None):
        return actions.enrol_expert(
            bureaus["city"],
            actor=actor("city_clerk", "city"),
            user=user or actor("library_member", "city", name).user,
            employer="示例研究院",
            works_at=works_at,
            rank="senior",
            title="高级工程师",
            speciality=Speciality.objects.get(name="机械设计"),
            term_until=term,
        )

    return add


@pytest.fixture
def deciding(noticed, filed, actor, enrol):
    """A filing for which the city sends an expert; 甲 and 乙 are in the library."""

    def decided(*names):
        clerk = actor("city_clerk", "city")
        filing = actions.acknowledge_filing(filed(noticed("张三")), actor=clerk, opinion="同意")
        for name in names:
            enrol(name)
        actions.decide_guidance(filing, actor=clerk, assign=True, reason="首次开展自主评审。")
        return reload(filing)

    return decided


def test_a_draw_names_who_was_left_out_and_can_be_done_again(deciding, actor, enrol, expert, city, at, login):
    clerk = actor("city_clerk", "city")
    filing = deciding("甲", "乙")
    enrol("本企业", works_at=city["A"])
    enrol("期满", term=dt.date(2026, 10, 19))
    enrol("在会", user=expert(2).user)
    at("2026-10-20 09:00:00")
    drawn_once = drawn(filing, actor)
    draw = drawn_once.run.draw
    people = people_of(draw)
    assert {people[one["code"]].user.name for one in draw.pool["experts"]} == {"甲", "乙"}
    assert {one["reason"] for one in draw.pool["excluded"]} == {"employed", "term_over", "seated"}
    assert verify_draw.problems(draw_file(draw)) == []
    assert people[drawn_once.run.chosen[0]].user == drawn_once.expert
    with pytest.raises(Blocked, match="不能重复抽取"):
        actions.draw_expert(draw, actor=clerk, redraw_reason="想换人")
    desk, run = login("city_clerk", "city"), reverse("reviews:run_draw", args=[draw.pk])
    assert run not in desk.get(draw.get_absolute_url()).content.decode()

    guest = actor("library_member", "city", drawn_once.expert.name)
    other = actor("library_member", "city", "乙" if drawn_once.expert.name == "甲" else "甲")
    with pytest.raises(NotPermitted):
        actions.accept_guidance(drawn_once, actor=other)
    assert not GuidanceAssignment.objects.visible_to(other).exists()
    actions.decline_guidance(drawn_once, actor=guest, decline_kind="unable", decline_reason="出差")
    assert run in desk.get(draw.get_absolute_url()).content.decode()
    with pytest.raises(Blocked, match="重新抽取须写明原因"):
        actions.draw_expert(draw, actor=clerk)
    again = actions.draw_expert(draw, actor=clerk, redraw_reason="原专家出差", evidence="请假条")
    assert again.expert == other.user
    assert again.run.unavailable == [{"code": drawn_once.run.chosen[0], "why": "不能到会：出差"}]
    assert filing.assignments.count() == 2
    assert "已抽取2次" in desk.get(reverse("admin:reviews_randomdraw_changelist")).content.decode()
    assert verify_draw.problems(draw_file(draw)) == []


def test_an_expert_who_does_not_come_is_recorded_and_the_meeting_goes_on(noticed, filed, actor, enrol, expert, at):
    clerk, hr, sec = actor("city_clerk", "city"), actor("ent_hr", "A"), actor("panel_sec", "A")
    filing = actions.acknowledge_filing(filed(noticed("张三")), actor=clerk, opinion="同意")
    enrol("甲")
    actions.decide_guidance(filing, actor=clerk, assign=True, reason="随机抽查")
    assignment = drawn(reload(filing), actor)
    actions.name_tellers(reload(filing.meeting), actor=hr, first=hr.user, second=sec.user)
    at("2026-10-28 08:30:00")
    with pytest.raises(Blocked, match="尚未答复"):
        actions.open_sign_in(reload(filing.meeting), actor=hr)
    guest = actor("library_member", "city", "甲")
    assignment = actions.accept_guidance(assignment, actor=guest)
    with pytest.raises(Blocked, match="还没有开始签到"):
        actions.record_expert_attended(assignment, actor=hr)
    meeting = actions.open_sign_in(reload(filing.meeting), actor=hr)
    assignment = actions.record_expert_absent(assignment, actor=hr, reason="电话称路上堵车")
    assert assignment.state == "absent"
    assert Notification.objects.filter(user=clerk.user, text__contains="当日未到会").exists()
    for number in range(1, 10):
        meeting = actions.sign_in(meeting, actor=expert(number), promised=True)
    assert actions.start_session(meeting, actor=expert(1)).state == "in_session"
