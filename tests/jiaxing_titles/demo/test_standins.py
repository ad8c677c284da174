"""What a visitor may leave to the people without a card: their own steps, and nothing that needs a decision."""

import pytest

from jiaxing_titles.audit.models import AuditEvent
from jiaxing_titles.demo.standins import take, turns
from reviews import actions
from reviews.models import MemberAssessment
from tests.scenes.balloting import cast, opened
from tests.scenes.registry import reload
from tests.scenes.reviewing import SCORES

pytestmark = pytest.mark.django_db


def stands(scenes):
    year = scenes.open_round("A")
    for name in ("张三", "李四"):
        scenes.endorsed(year, name)


def labels():
    return [turn.label for turn in turns()]


def test_the_panel_signs_in_is_told_and_scores(noticed, ready_meeting, actor, expert):
    meeting = actions.open_sign_in(ready_meeting(noticed("张三", "李四")), actor=actor("ent_hr", "A"))
    meeting = actions.sign_in(meeting, actor=expert(1), promised=True)
    (doors,) = turns()
    assert doors.label == f"{meeting.round.enterprise.organisation.short_name}评审会：8名评审专家签到"
    assert take(doors) == (8, [])
    assert turns() == []
    meeting = actions.start_session(reload(meeting), actor=expert(1))
    first = meeting.items.order_by("number")[0]
    actions.recuse_member(
        reload(meeting), actor=actor("ent_hr", "A"), member=meeting.panel.members.first(), items=[first], kind="kin"
    )
    (heard,) = turns()
    assert take(heard) == (2, [])
    own = MemberAssessment.objects.filter(member__user=expert(2).user).first()
    actions.assess(own, actor=expert(2), **SCORES, comment="")
    (scores,) = turns()
    assert scores.people == 9 * 2 - 1 - 1  # one is recused, one is written
    assert take(scores) == (16, [])
    assert turns() == []
    assert {event.user_id for event in AuditEvent.objects.filter(step="reviews.assess")} == {
        expert(number).user.pk for number in range(1, 10)
    }
    assert actions.close_scoring(reload(meeting), actor=expert(1)).state == "voting"


def test_a_refusal_ends_the_turn_and_is_told(noticed, ready_meeting, actor, expert):
    meeting = actions.open_sign_in(ready_meeting(noticed("张三", "李四")), actor=actor("ent_hr", "A"))
    (doors,) = turns()
    doings = list(doors.doings())[:2]
    actions.sign_in(meeting, actor=expert(2), promised=True)
    done, reasons = take(type(doors)(doors.key, doors.label, 2, lambda: doings))
    assert (done, [str(one) for one in reasons]) == (1, ["专家2已经签到。"])


def test_the_committee_has_its_reporters_and_sits(convened, actor, at):
    meeting = convened("张三")
    assert labels() == ["中评委会议：1家企业确定汇报人"]
    assert take(turns()[0]) == (1, [])
    at("2026-12-15 08:30:00")
    meeting = actions.open_committee_sign_in(reload(meeting), actor=actor("committee_sec", "city"))
    assert labels() == ["中评委会议：11名评委签到"]
    assert take(turns()[0]) == (11, [])
    assert labels() == ["中评委会议：两名工作人员核对11名评委到会"]
    assert take(turns()[0]) == (2, [])
    assert actions.start_committee(reload(meeting), actor=actor("committee_sec", "city")).state == "in_session"
    assert turns() == []


def test_who_has_not_voted_votes_at_one_press(deliberated, keyed, actor, judge):
    meeting = deliberated("张三", "李四")
    keyed(meeting)
    sheet = opened(meeting.sheets.get(), actor("committee_sec", "city"))
    cast(sheet, judge(1), "no")
    (votes,) = turns()
    assert votes.label == f"{sheet}：9名评委投票"
    assert take(votes) == (9, [])
    assert turns() == []
    assert sheet.roll.filter(state="voted").count() == 10


def test_the_page_offers_the_turn_once(noticed, ready_meeting, actor, client, settings):
    settings.DEMO = True
    meeting = actions.open_sign_in(ready_meeting(noticed("张三", "李四")), actor=actor("ent_hr", "A"))
    (doors,) = turns()
    assert doors.label in client.get("/demo/").content.decode()
    answer = client.post(doors.path, follow=True).content.decode()
    assert f"{doors.label}：已办理9项。" in answer
    assert doors.path not in answer
    assert "这件事已经办完了。" in client.post(doors.path, follow=True).content.decode()
    assert meeting.attendances.count() == 9
    settings.DEMO = False
    assert client.post(doors.path).status_code == 404


def test_a_panels_experts_answer_and_its_roll_is_seen_at_one_press(noticed, ready_meeting, panel_keyed, actor):
    """The roll is a turn only where a key says that they mean to vote electronically."""
    meeting = ready_meeting(noticed("张三", "李四"), invited=True)
    (calls,) = turns()
    assert calls.label == "示例精密机械评审会：9名评审专家答复出席"
    assert take(calls) == (9, [])
    assert (turns(), set(meeting.invitations.values_list("state", flat=True))) == ([], {"coming"})
    meeting = actions.open_sign_in(reload(meeting), actor=actor("ent_hr", "A"))
    assert take(turns()[0]) == (9, [])
    meeting = actions.start_session(reload(meeting), actor=actor("panel_expert", "A", "专家1"))
    before = labels()
    panel_keyed(meeting)
    roll = turns()[0]
    assert [roll.label, *before] == labels()
    assert roll.label == "示例精密机械评审会：两名工作人员核对9名专家到会"
    assert take(roll) == (2, [])
    assert labels() == before
    assert not meeting.attendances.filter(confirmed_by=None).exists()
