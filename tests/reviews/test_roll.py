"""签到 of the committee: many at once, seen by two different officials, fixed at the start (PR-11)."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from jiaxing_titles.actions import Blocked, NotPermitted
from reviews import actions
from reviews.models import CommitteeAttendance, CommitteeMeeting
from tests.scenes.committee import checked

pytestmark = pytest.mark.django_db
IN_PERSON = {"in_person": True}


def stands(scenes):
    scenes.convened("张三")


@pytest.fixture
def doors(convened, actor, at):
    meeting = convened("张三")
    at("2026-12-15 08:30:00")
    return actions.open_committee_sign_in(meeting, actor=actor("committee_sec", "city"))


@pytest.fixture
def teller(actor):
    return actor("teller", "city", "计票甲")


def seated(meeting, judge, count):
    for number in range(1, count + 1):
        meeting = actions.committee_sign_in(meeting, actor=judge(number), promised=True)
    return meeting


def test_two_members_who_opened_the_page_together_both_sign_in(doors, login):
    """What others did meanwhile on the same meeting is no conflict for who signs in himself."""
    url = f"/do/reviews.committee_sign_in/{doors.pk}/"
    phones = [login("committee", "city", f"评委{number}") for number in (1, 2)]
    forms = [phone.get(url).context for phone in phones]
    facts = [{"key": str(form["key"]), "version": form["version"], "promised": "on"} for form in forms]
    assert facts[0]["version"] == facts[1]["version"]
    assert [phone.post(url, fact).status_code for phone, fact in zip(phones, facts, strict=True)] == [302, 302]
    assert doors.attendances.count() == 2


def test_every_seat_is_seen_by_two_different_officials_before_the_start(doors, actor, judge, teller):
    sec, supervisor = actor("committee_sec", "city"), actor("supervisor", "city")
    meeting = seated(doors, judge, 9)
    with pytest.raises(Blocked) as refused:
        actions.start_committee(meeting, actor=sec)
    assert [one.rule for one in refused.value.reasons] == ["PR-11"]
    assert "评委1、评委2" in refused.value.reasons[0].text
    meeting = actions.check_roll(meeting, actor=sec, **IN_PERSON)
    with pytest.raises(Blocked, match="现在没有须由您核对的签到"):
        actions.check_roll(meeting, actor=sec, **IN_PERSON)
    with pytest.raises(Blocked, match="不是本次会议指定的监票计票人"):
        actions.check_roll(meeting, actor=actor("teller", "city", "计票外"), **IN_PERSON)
    with pytest.raises(NotPermitted):
        actions.check_roll(meeting, actor=judge(1), **IN_PERSON)
    meeting = actions.check_roll(meeting, actor=teller, **IN_PERSON)
    tenth = meeting.members.get(user=judge(10).user)
    meeting = actions.committee_sign_in_at_desk(meeting, actor=sec, members=[tenth], in_person=True)
    with pytest.raises(Blocked, match="^评委10的签到还没有经两名工作人员核对"):
        actions.start_committee(meeting, actor=sec)
    meeting = actions.check_roll(meeting, actor=supervisor, **IN_PERSON)
    seen = meeting.attendances.order_by("pk").values_list("checked_by", "confirmed_by")
    assert list(seen) == [(sec.user.pk, teller.user.pk)] * 9 + [(sec.user.pk, supervisor.user.pk)]
    assert actions.start_committee(meeting, actor=sec).state == "in_session"


def test_who_signs_in_while_the_official_looks_round_is_not_checked_with_the_others(doors, judge, login):
    """The page names whom it asks about; the desk may copy the list meanwhile."""
    meeting = seated(doors, judge, 2)
    desk, url = login("committee_sec", "city"), f"/console/do/reviews.check_roll/{doors.pk}/"
    form = desk.get(url).context["form"]
    first, second = meeting.members.filter(attendance__isnull=False).order_by("pk")
    assert form["members"].value() == [first.pk, second.pk]
    third = actions.committee_sign_in(meeting, actor=judge(3), promised=True).members.get(user=judge(3).user)
    seen = {"members": [first.pk], "in_person": "on", "version": meeting.version}
    assert desk.post(url, seen).status_code == 302
    checked_by = dict(meeting.attendances.values_list("member", "checked_by__name"))
    assert checked_by == {first.pk: "中评委秘书city", second.pk: None, third.pk: None}


def test_the_database_knows_it_too(doors, actor, judge):
    sec, supervisor = actor("committee_sec", "city").user, actor("supervisor", "city").user
    meeting = seated(doors, judge, 9)
    seats = CommitteeAttendance.objects.filter(meeting=meeting)
    session = CommitteeMeeting._base_manager.filter(pk=meeting.pk)

    def refused(error, words, write):
        with pytest.raises(error, match=words), transaction.atomic():
            write()

    by_two = "committeeattendance_is_checked_by_two_people"
    refused(IntegrityError, by_two, lambda: seats.update(checked_by=sec, confirmed_by=sec))
    refused(IntegrityError, by_two, lambda: seats.update(confirmed_by=sec))
    refused(DatabaseError, "不能核对自己的签到", lambda: seats.update(checked_by=judge(4).user))
    refused(DatabaseError, "须由两名工作人员核对", lambda: session.update(state="in_session"))
    meeting = actions.start_committee(checked(meeting, actor), actor=actor("committee_sec", "city"))
    stands = "开会后签到名单不能再改动"
    refused(DatabaseError, stands, lambda: seats.filter(member__user=judge(9).user).delete())
    refused(DatabaseError, stands, lambda: seats.update(confirmed_by=supervisor))
    assert meeting.attendances.count() == 9


def test_somebody_who_is_not_in_the_room_is_struck_before_the_start(doors, actor, judge):
    sec = actor("committee_sec", "city")
    meeting = actions.committee_sign_in(doors, actor=judge(5), promised=True)
    fifth, sixth = (meeting.members.get(user=judge(number).user) for number in (5, 6))
    with pytest.raises(Blocked, match="评委6没有签到"):
        actions.strike_from_roll(meeting, actor=sec, member=sixth, reason="不在场")
    meeting = actions.strike_from_roll(meeting, actor=sec, member=fifth, reason="由他人代签，本人不在场")
    assert meeting.attendances.count() == 0
    assert actions.committee_sign_in(meeting, actor=judge(5), promised=True).attendances.count() == 1
