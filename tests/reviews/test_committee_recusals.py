"""回避 of the committee: certain, proposed, declared; 实到 − 回避 = 应投 with the reasons (S-11, F-52)."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jiaxing_titles import clock
from jiaxing_titles.accounts.models import Membership
from jiaxing_titles.actions import Blocked, NotPermitted
from reviews import actions
from reviews.models import CommitteeMember, LibraryExpert
from reviews.queries.conflicts import proposed_conflicts, voters_of
from tests.scenes.registry import reload

pytestmark = pytest.mark.django_db


def stands(scenes):
    scenes.convened("张三", "李四")


@pytest.fixture
def sec(actor):
    return actor("committee_sec", "city")


def once_at(city, judge, number, role="ent_hr"):
    """The judge left company A at the end of May 2024."""
    ended = dt.datetime(2024, 5, 31, 17, tzinfo=clock.SHANGHAI)
    facts = {"since": ended - dt.timedelta(days=900), "ended_at": ended}
    return Membership.objects.create(user=judge(number).user, organisation=city["A"], role=role, **facts)


def told(meeting):
    return sorted((one.member.name, one.note) for one in proposed_conflicts(meeting))


def test_what_the_records_only_suggest_is_proposed_and_settled_either_way(convened, sec, city, judge, login):
    meeting = convened("张三", "李四")
    assert proposed_conflicts(meeting) == []
    once_at(city, judge, 4)
    CommitteeMember.objects.filter(meeting=meeting, user=judge(5).user).update(employer=city["A"].name)
    hints = [("评委4", "曾在该企业任职，至2024年5月"), ("评委5", "登记的工作单位与该企业同名")]
    assert told(meeting) == hints
    page = login("committee_sec", "city").get(meeting.get_absolute_url()).content.decode()
    assert "建议回避，请逐条处理" in page
    assert all(hint in page for _, hint in hints)
    slot = meeting.slots.get()
    fourth, fifth = (meeting.members.get(user=judge(number).user) for number in (4, 5))
    form = login("committee_sec", "city").get(
        f"/console/do/reviews.recuse_from_company/{slot.pk}/", {"member": fourth.pk, "kind": "other", "note": "曾任职"}
    )
    assert (form.context["form"]["member"].value(), form.context["form"]["note"].value()) == (str(fourth.pk), "曾任职")
    slot = actions.recuse_from_company(slot, actor=sec, member=fourth, kind="other", note="曾在该企业任职")
    actions.dismiss_conflict(slot, actor=sec, member=fifth, reason="同名的是另一家单位。")
    assert proposed_conflicts(meeting) == []
    page = login("committee_sec", "city").get(slot.get_absolute_url()).content.decode()
    assert "同名的是另一家单位。" in page


def test_who_stood_aside_in_an_earlier_meeting_is_proposed_again(convened, sec, judge, bureaus, city):
    first = convened("张三", "李四")
    actions.recuse_myself(first.slots.get(), actor=judge(6), kind="kin", note="侄子在该企业")
    facts = {"planned_at": first.planned_at + dt.timedelta(days=3), "place": first.place}
    second = actions.convene_committee(bureaus["city"], actor=sec, cycle=city.cycle, **facts)
    experts = list(LibraryExpert.objects.order_by("pk"))
    second = actions.seat_members(second, actor=sec, experts=experts)
    second = actions.build_agenda(second, actor=sec)
    assert told(second) == [("评委6", "2026年度曾对该企业回避（夫妻、直系血亲、三代以内旁系血亲或近姻亲）")]


def test_a_member_declares_for_himself_until_the_sheet_goes_out(deliberated, sec, judge, actor, login):
    meeting = deliberated("张三", "李四")
    slot, sheet = meeting.slots.get(), meeting.sheets.get()
    zhang = sheet.lines.get(number=1).application
    assert "申请回避" in login("committee", "city", "评委3").get(slot.get_absolute_url()).content.decode()
    with pytest.raises(Blocked, match="不是本次会议评委"):
        actions.recuse_myself(slot, actor=judge(30), kind="kin")
    with pytest.raises(NotPermitted):
        actions.recuse_myself(slot, actor=actor("ent_hr", "A"), kind="kin")
    slot = actions.recuse_myself(slot, actor=judge(2), kind="interest", note="有合作项目")
    slot = actions.recuse_myself(slot, actor=judge(3), kind="mentor", application=zhang)
    actions.issue_sheet(sheet, actor=sec)
    assert list(reload(sheet).lines.values_list("recused_seats", flat=True)) == [3, 2]
    with pytest.raises(Blocked, match="回避须在发票之前登记"):
        actions.recuse_myself(slot, actor=judge(4), kind="kin")


def test_the_map_shows_present_less_recused_with_the_reason(deliberated, judge, login):
    meeting = deliberated("张三", "李四")
    slot, sheet = meeting.slots.get(), meeting.sheets.get()
    first, second = sheet.lines.all()
    actions.recuse_myself(slot, actor=judge(3), kind="mentor", application=first.application)
    (one,) = voters_of(meeting)
    assert (one.present, one.most, one.voting(first), one.voting(second)) == (11, 10, 9, 10)
    page = login("committee_sec", "city").get(meeting.get_absolute_url()).content.decode()
    name = first.application.person.name
    assert f"评委11（在该企业任职、顾问或持股）、评委3（仅对{name}：师生）" in page
    assert f"10 席（{name} 9 席）" in page
    row = login("committee_sec", "city").get(sheet.get_absolute_url()).context["lines"].rows
    assert [cells[-2:] for cells in row] == [[2, 9], [1, 10]]


def test_before_the_doors_open_the_map_counts_the_listed_members(convened):
    meeting = convened("张三", "李四")
    (one,) = voters_of(meeting)
    assert (meeting.state, one.present, one.most) == ("planned", 11, 10)


def test_the_page_asks_the_same_number_of_queries_for_one_conflict_and_for_three(convened, city, judge, login):
    meeting = convened("张三", "李四")
    desk = login("committee_sec", "city")

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert desk.get(meeting.get_absolute_url()).status_code == 200
        return len(found)

    once_at(city, judge, 2)
    queries()
    one = queries()
    once_at(city, judge, 3)
    once_at(city, judge, 4)
    assert (len(told(meeting)), queries()) == (3, one)
