"""到会指导: the decision either way, the recorded draw, the answer, and an expert who does not come (办法五（二）)."""

import datetime as dt

import pytest

from enterprises.models import Speciality
from jiaxing_titles.actions import Blocked, NotPermitted
from jiaxing_titles.notifications.models import Notification
from reviews import actions
from reviews.models import GuidanceAssignment
from reviews.rules import draw
from tests.scenes.registry import reload

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


def test_a_draw_names_who_was_left_out_and_can_be_done_again(noticed, filed, actor, enrol, expert, city, at):
    clerk = actor("city_clerk", "city")
    filing = actions.acknowledge_filing(filed(noticed("张三")), actor=clerk, opinion="同意")
    enrol("甲")
    enrol("乙")
    enrol("本企业", works_at=city["A"])
    enrol("期满", term=dt.date(2026, 10, 19))
    enrol("在会", user=expert(2).user)
    at("2026-10-20 09:00:00")
    with pytest.raises(Blocked, match="尚未决定"):
        actions.draw_expert(filing, actor=clerk)
    actions.decide_guidance(filing, actor=clerk, assign=True, reason="首次开展自主评审。")
    with pytest.raises(NotPermitted):
        actions.draw_expert(reload(filing), actor=actor("ent_hr", "A"))
    drawn = actions.draw_expert(reload(filing), actor=clerk)
    record = drawn.draw
    assert {one["name"] for one in record["candidates"]} == {"甲", "乙"}
    assert {one["why"] for one in record["excluded"]} == {"在该企业任职，须回避", "聘期已过", "任该企业评审机构成员"}
    assert draw.choose([one["id"] for one in record["candidates"]], record["seed"]) == drawn.expert_id
    with pytest.raises(Blocked, match="不能重复抽取"):
        actions.draw_expert(reload(filing), actor=clerk, redraw_reason="想换人")

    guest = actor("library_member", "city", drawn.expert.name)
    other = actor("library_member", "city", "乙" if drawn.expert.name == "甲" else "甲")
    with pytest.raises(NotPermitted):
        actions.accept_guidance(drawn, actor=other)
    assert not GuidanceAssignment.objects.visible_to(other).exists()
    actions.decline_guidance(drawn, actor=guest, decline_kind="unable", decline_reason="出差")
    with pytest.raises(Blocked, match="重新抽取须写明原因"):
        actions.draw_expert(reload(filing), actor=clerk)
    again = actions.draw_expert(reload(filing), actor=clerk, redraw_reason="原专家出差")
    assert again.expert == other.user
    assert filing.assignments.count() == 2


def test_an_expert_who_does_not_come_is_recorded_and_the_meeting_goes_on(noticed, filed, actor, enrol, expert, at):
    clerk, hr, sec = actor("city_clerk", "city"), actor("ent_hr", "A"), actor("panel_sec", "A")
    filing = actions.acknowledge_filing(filed(noticed("张三")), actor=clerk, opinion="同意")
    enrol("甲")
    actions.decide_guidance(filing, actor=clerk, assign=True, reason="随机抽查")
    drawn = actions.draw_expert(reload(filing), actor=clerk)
    actions.name_tellers(reload(filing.meeting), actor=hr, first=hr.user, second=sec.user)
    at("2026-10-28 08:30:00")
    with pytest.raises(Blocked, match="尚未答复"):
        actions.open_sign_in(reload(filing.meeting), actor=hr)
    guest = actor("library_member", "city", "甲")
    drawn = actions.accept_guidance(drawn, actor=guest)
    with pytest.raises(Blocked, match="还没有开始签到"):
        actions.record_expert_attended(drawn, actor=hr)
    meeting = actions.open_sign_in(reload(filing.meeting), actor=hr)
    drawn = actions.record_expert_absent(drawn, actor=hr, reason="电话称路上堵车")
    assert drawn.state == "absent"
    assert Notification.objects.filter(user=clerk.user, text__contains="当日未到会").exists()
    for number in range(1, 10):
        meeting = actions.sign_in(meeting, actor=expert(number), promised=True)
    assert actions.start_session(meeting, actor=expert(1)).state == "in_session"
