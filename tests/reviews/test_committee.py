"""G15 to G18: composition, quorum, heard before deliberated before voted, and what may go wrong (办法五（三）)."""

import datetime as dt

import pytest

from applications.models import TitleApplication
from jiaxing_titles import clock
from jiaxing_titles.actions import Blocked, NotPermitted
from jiaxing_titles.notifications.models import Notification
from reviews import actions
from reviews.gates.committee import committee_opening
from reviews.queries import committee_vote_of, passed_for_publicity
from reviews.reminders import committee_not_held
from tests.scenes.committee import checked
from tests.scenes.registry import reload
from tests.scenes.reviewing import count

pytestmark = pytest.mark.django_db


def stands(scenes):
    scenes.endorsed(scenes.open_round("A"), "张三")


def test_the_vote_comes_after_hearing_and_deliberation(sitting, actor, city):
    meeting = sitting("张三", "李四")
    sec = actor("committee_sec", "city")
    tellers = (actor("teller", "city", "计票甲"), actor("teller", "city", "计票乙"))
    slot, sheet = meeting.slots.get(), meeting.sheets.get()
    with pytest.raises(Blocked) as refused:
        actions.issue_sheet(sheet, actor=sec)
    assert [one.gate for one in refused.value.reasons] == ["G16"]
    with pytest.raises(Blocked, match="还没有确定汇报人"):
        actions.hear_slot(slot, actor=sec)
    actions.name_reporter(slot, actor=actor("ent_hr", "A"), reporter="李人事", brief="组织过程和结果。")
    slot = actions.hear_slot(reload(slot), actor=sec)
    with pytest.raises(Blocked) as refused:
        actions.issue_sheet(sheet, actor=sec)
    assert [one.gate for one in refused.value.reasons] == ["G17"]
    with pytest.raises(Blocked, match="退场后"):
        actions.deliberate_slot(slot, actor=sec, deliberation="无意见", reporter_left=False)
    actions.deliberate_slot(slot, actor=sec, deliberation="程序规范。")
    sheet = actions.issue_sheet(sheet, actor=sec)
    assert (sheet.members, sheet.seats) == (11, 11)
    assert set(sheet.lines.values_list("recused_seats", flat=True)) == {1}
    with pytest.raises(Blocked, match="表决票"):
        actions.close_committee(reload(meeting), actor=sec, minutes="会议纪要")
    assert len(list(committee_not_held(dt.date(2026, 12, 31)))) == 1
    count(sheet, tellers, {1: 7, 2: 6})
    sheet = actions.sign_tally(reload(sheet), actor=sec)
    assert list(sheet.lines.values_list("sentence", flat=True)) == [
        "应到11实到10，需≥7票，得7票，通过（另有 1 人回避）",
        "应到11实到10，需≥7票，得6票，未通过（另有 1 人回避）",
    ]
    meeting = actions.close_committee(reload(meeting), actor=sec, minutes="会议纪要")
    people = {one.person.name: one for one in TitleApplication.objects.select_related("person")}
    assert {name: one.state for name, one in people.items()} == {"张三": "committee_passed", "李四": "committee_failed"}
    assert list(passed_for_publicity(city.cycle)) == [people["张三"]]
    assert committee_vote_of(people["张三"]).sheet.session == meeting
    assert list(committee_not_held(dt.date(2026, 12, 31))) == []


def test_seven_of_eleven_are_no_quorum_and_nobody_comes_late(convened, actor, judge, at):
    sec, meeting = actor("committee_sec", "city"), convened("张三")
    with pytest.raises(Blocked, match="还没有到会议日期"):
        actions.open_committee_sign_in(meeting, actor=sec)
    at("2026-12-15 08:30:00")
    meeting = actions.open_committee_sign_in(meeting, actor=sec)
    for number in range(1, 8):
        meeting = actions.committee_sign_in(meeting, actor=judge(number), promised=True)
    meeting = checked(meeting, actor)
    with pytest.raises(Blocked) as refused:
        actions.start_committee(meeting, actor=sec)
    assert [one.text for one in refused.value.reasons] == ["应到 11 人，实到 7 人，至少须到 8 人。"]
    for who in (judge(30), judge(3)):
        with pytest.raises(Blocked):
            actions.committee_sign_in(meeting, actor=who, promised=True)
    meeting = actions.committee_sign_in(meeting, actor=judge(8), promised=True)
    meeting = actions.start_committee(checked(meeting, actor), actor=sec)
    with pytest.raises(Blocked) as refused:
        actions.committee_sign_in(meeting, actor=judge(9), promised=True)
    assert [one.rule for one in refused.value.reasons] == ["PR-11"]


def test_the_desk_copies_the_signed_list_at_once_or_not_at_all(convened, actor, judge, at):
    sec, meeting = actor("committee_sec", "city"), convened("张三")
    at("2026-12-15 08:30:00")
    meeting = actions.open_committee_sign_in(meeting, actor=sec)
    meeting = actions.committee_sign_in(meeting, actor=judge(1), promised=True)
    first, *others = meeting.members.order_by("pk")
    with pytest.raises(Blocked, match=f"{first.name}已经签到"):
        actions.committee_sign_in_at_desk(meeting, actor=sec, members=[*others, first], in_person=True)
    assert meeting.attendances.count() == 1
    meeting = actions.committee_sign_in_at_desk(meeting, actor=sec, members=others, in_person=True)
    assert sorted(meeting.attendances.values_list("method", flat=True)) == ["desk"] * 10 + ["self"]


def test_a_reporter_who_is_not_there_is_put_last_then_carried_over(sitting, actor, city, bureaus):
    """Q-18."""
    meeting = sitting("张三")
    sec, hr = actor("committee_sec", "city"), actor("ent_hr", "A")
    slot = actions.name_reporter(meeting.slots.get(), actor=hr, reporter="李人事")
    slot = actions.defer_slot(slot, actor=sec)
    assert (slot.state, slot.absences) == ("deferred", 1)
    assert Notification.objects.filter(user=hr.user, text__contains="已顺延至最后").exists()
    with pytest.raises(NotPermitted):
        actions.carry_over_slot(slot, actor=hr, reason="来不了")
    actions.carry_over_slot(slot, actor=sec, reason="再次未到")
    meeting = actions.close_committee(reload(meeting), actor=sec, minutes="示例精密转下次会议。")
    assert TitleApplication.objects.get().state == "reported"
    following = actions.convene_committee(
        bureaus["city"],
        actor=sec,
        cycle=city.cycle,
        planned_at=dt.datetime(2026, 12, 25, 9, tzinfo=clock.SHANGHAI),
        place="市局八楼会议室",
    )
    following = actions.build_agenda(following, actor=sec)
    assert (following.number, following.slots.count(), following.sheets.get().lines.count()) == (2, 1, 1)


def test_a_committee_of_ten_cannot_open(convened, actor, at):
    meeting = convened("张三", size=10)
    at("2026-12-15 08:30:00")
    with pytest.raises(Blocked) as refused:
        actions.open_committee_sign_in(meeting, actor=actor("committee_sec", "city"))
    assert [(one.rule, one.gate) for one in refused.value.reasons] == [("S-2", "G15")]


def test_a_meeting_after_december_is_told_and_not_refused(city, bureaus, actor, login):
    """R-5.3.4, D-8: 于12月底前召开; the secretary reads it at the meeting's page, the year's work goes on."""
    told = "会议时间晚于12月31日（星期四）；办法五（三）要求于12月底前召开。"
    sec = actor("committee_sec", "city")
    facts = {"actor": sec, "cycle": city.cycle, "place": "市局八楼会议室"}
    for day, late in ((dt.datetime(2026, 12, 31, 23, 59), False), (dt.datetime(2027, 1, 1, 9), True)):
        planned = day.replace(tzinfo=clock.SHANGHAI)
        meeting = actions.convene_committee(bureaus["city"], planned_at=planned, **facts)
        page = login("committee_sec", "city").get(meeting.get_absolute_url()).content.decode()
        assert (told in page) is late, day
        assert told not in {one.text for one in committee_opening(meeting)}


def test_no_agenda_and_no_doors_before_the_batch_is_complete(city, bureaus, actor):
    sec = actor("committee_sec", "city")
    meeting = actions.convene_committee(
        bureaus["city"],
        actor=sec,
        cycle=city.cycle,
        planned_at=dt.datetime(2026, 12, 15, 9, tzinfo=clock.SHANGHAI),
        place="市局",
    )
    with pytest.raises(Blocked, match="没有待审议的上报人员"):
        actions.build_agenda(meeting, actor=sec)
    with pytest.raises(Blocked) as refused:
        actions.open_committee_sign_in(meeting, actor=sec)
    assert "G14" in {one.gate for one in refused.value.reasons}
    with pytest.raises(NotPermitted):
        actions.build_agenda(meeting, actor=actor("city_clerk", "city"))
    with pytest.raises(NotPermitted):
        actions.convene_committee(bureaus["haining"], actor=sec, cycle=city.cycle, planned_at=clock.now(), place="县局")
