"""会议通知: the check before it goes out, the answers, a replacement, a new day, the reminder (F-66)."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from applications.models import TitleApplication
from enterprises.models import Speciality
from jiaxing_titles import clock
from jiaxing_titles.actions import Blocked, NotPermitted
from jiaxing_titles.notifications.models import Notification, Outgoing
from reviews import actions
from reviews.models import LibraryExpert, MeetingInvitation
from reviews.reminders import invitations_unanswered, meetings_with_gaps
from tests.scenes.registry import reload
from tests.scenes.reviewing import enrol_in_library

pytestmark = pytest.mark.django_db


def stands(scenes):
    scenes.convened("张三")


@pytest.fixture
def sec(actor):
    return actor("committee_sec", "city")


@pytest.fixture
def invited(convened, sec, judge):
    """Eleven invitations by their numbers."""
    meeting = actions.invite_members(convened("张三"), actor=sec)
    found = {one.user_id: one for one in meeting.invitations.all()}
    return {number: found[judge(number).user.pk] for number in range(1, 12)}


def test_no_invitation_goes_out_to_a_committee_that_is_even_or_misses_a_speciality(convened, sec, judge, login):
    meeting = convened("张三")
    last = meeting.members.get(user=judge(10).user)
    TitleApplication.objects.update(speciality=Speciality.objects.get(name="化纤"))
    meeting = actions.unseat_member(meeting, actor=sec, member=last)
    told = [
        "中评委评委现有 10 人，至少须 11 人。",
        "评委 10 人为偶数，应为奇数。",
        "没有评委从事以下申报专业：化纤（1 人）。",
    ]
    with pytest.raises(Blocked) as refused:
        actions.invite_members(meeting, actor=sec)
    assert [one.text for one in refused.value.reasons] == told
    page = login("committee_sec", "city").get(meeting.get_absolute_url()).content.decode()
    assert "不能发会议通知" in page
    assert all(text in page for text in told)
    expert = LibraryExpert.objects.get(user=judge(10).user)
    meeting = actions.seat_members(meeting, actor=sec, experts=[expert])
    meeting = actions.explain_uncovered(meeting, actor=sec, uncovered_reason="暂无库内专家。")
    page = login("committee_sec", "city").get(meeting.get_absolute_url()).content.decode()
    assert f'class="btn btn-primary" href="/console/do/reviews.invite_members/{meeting.pk}/"' in page
    assert "不能发会议通知" not in page
    assert actions.invite_members(meeting, actor=sec).invitations.count() == 11


def test_a_member_reads_it_on_his_page_and_by_mail_and_answers(convened, sec, judge, login):
    meeting, user = convened("张三"), judge(3).user
    user.email = "judge3@example.cn"
    user.save()
    meeting = actions.invite_members(meeting, actor=sec)
    mine = meeting.invitations.get(user=user)
    message = Notification.objects.get(user=user, title="中评委会议通知")
    assert (message.url, message.outgoing.get().channel) == (mine.get_absolute_url(), Outgoing.Channel.EMAIL)
    assert "2026年12月15日 09:00在市局八楼会议室召开，请答复能否出席" in message.text
    phone = login("committee", "city", "评委3")
    assert str(mine) in phone.get("/todo/").content.decode()
    assert "不得委托他人代为出席" in phone.get(mine.get_absolute_url()).content.decode()
    assert login("committee", "city", "评委4").get(mine.get_absolute_url()).status_code == 404
    with pytest.raises(NotPermitted):
        actions.accept_invitation(mine, actor=judge(4))
    mine = actions.accept_invitation(mine, actor=judge(3))
    assert mine.answered_at is not None
    page = login("committee_sec", "city").get(meeting.get_absolute_url()).content.decode()
    assert "评委 11 人，已确认 1 人，未答复 10 人，不能出席 0 人" in page
    with pytest.raises(Blocked, match="评委都已通知"):
        actions.invite_members(reload(meeting), actor=sec)


def test_who_cannot_come_says_why_and_another_takes_his_seat(invited, sec, judge, actor, bureaus):
    first = invited[1]
    with pytest.raises(IntegrityError, match="an_absence_has_its_reason"), transaction.atomic():
        MeetingInvitation._base_manager.filter(pk=first.pk).update(state="not_coming")
    first = actions.decline_invitation(first, actor=judge(1), absence_reason="出国")
    assert Notification.objects.filter(user=sec.user, text__contains="请递补评委").exists()
    stranger = enrol_in_library(bureaus, actor, judge(20).user)
    seats = {one.user_id: one for one in first.session.members.all()}
    meeting = reload(first.session)
    with pytest.raises(Blocked, match="只能递补已答复不能出席的评委"):
        actions.replace_member(meeting, actor=sec, member=seats[judge(2).user.pk], expert=stranger)
    meeting = actions.replace_member(meeting, actor=sec, member=seats[judge(1).user.pk], expert=stranger)
    assert (meeting.members.count(), meeting.members.get(post="chair").user) == (11, judge(20).user)
    assert meeting.invitations.get(user=judge(20).user).state == "waiting"
    first = reload(first)
    assert (first.state, first.absence_reason, first.replaced_by.user) == ("not_coming", "出国", judge(20).user)
    with pytest.raises(Blocked, match="已由评委20递补"):
        actions.accept_invitation(first, actor=judge(1))


def test_a_seat_taken_away_takes_the_invitation_and_the_recusal_along(invited, sec, judge):
    """Judge 11 works at company A: his recusal goes with his seat."""
    meeting = reload(invited[11].session)
    eleventh = meeting.members.get(user=judge(11).user)
    assert eleventh.recusals.count() == 1
    actions.unseat_member(meeting, actor=sec, member=eleventh)
    assert reload(invited[11]).state == "withdrawn"
    assert Notification.objects.filter(user=judge(11).user, text__contains="不必到会").exists()


def test_a_new_day_asks_everybody_again(invited, sec, judge):
    actions.accept_invitation(invited[2], actor=judge(2))
    actions.decline_invitation(invited[3], actor=judge(3), absence_reason="出差")
    meeting = actions.postpone_committee(reload(invited[2].session), actor=sec, reason="场地维修")
    with pytest.raises(Blocked, match="不再答复通知"):
        actions.accept_invitation(invited[4], actor=judge(4))
    facts = {"planned_at": dt.datetime(2026, 12, 18, 9, tzinfo=clock.SHANGHAI), "place": "市局三楼"}
    meeting = actions.replan_committee(meeting, actor=sec, **facts)
    assert set(meeting.invitations.values_list("state", "absence_reason", "answered_at")) == {("waiting", "", None)}
    told = Notification.objects.filter(text__contains="2026年12月18日 09:00在市局三楼召开").values_list(
        "user", flat=True
    )
    assert set(told) == set(meeting.members.values_list("user", flat=True))


def test_who_has_not_answered_is_asked_once_more_and_who_comes_is_told_the_day_before(invited, judge):
    actions.accept_invitation(invited[1], actor=judge(1))
    actions.decline_invitation(invited[2], actor=judge(2), absence_reason="出差")
    sent = clock.today()
    assert list(invitations_unanswered(sent + dt.timedelta(days=2))) == []
    due = list(invitations_unanswered(sent + dt.timedelta(days=3)))
    assert [one.users for one in due] == [(judge(number).user,) for number in range(3, 12)]
    eve = list(invitations_unanswered(dt.date(2026, 12, 14)))
    assert [one.key for one in eve if one.title == "请答复能否出席"] == [one.key for one in due]
    assert [one.users for one in eve if one.title == "明天召开中评委会议"] == [(judge(1).user,)]


def test_the_secretary_is_warned_three_days_ahead_by_name(invited, sec, judge):
    for number in range(1, 8):
        actions.accept_invitation(invited[number], actor=judge(number))
    actions.decline_invitation(invited[8], actor=judge(8), absence_reason="出差")
    assert list(meetings_with_gaps(dt.date(2026, 12, 11))) == []
    (due,) = meetings_with_gaps(dt.date(2026, 12, 12))
    assert (due.users, due.url) == ((sec.user,), invited[1].session.get_absolute_url())
    assert "还没有答复：评委9、评委10、评委11。答复不能出席：评委8。" in due.text
    assert "应到 11 人，至少须到 8 人；已确认出席 7 人，还差 1 人。" in due.text
    assert [one.key for one in meetings_with_gaps(dt.date(2026, 12, 15))] == [due.key]
    assert list(meetings_with_gaps(dt.date(2026, 12, 16))) == []
