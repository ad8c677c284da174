"""A panel's seats are seen by two people before a box is opened; paper asks for nothing (PR-11; G8 of the ballot)."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from jiaxing_titles.actions import Blocked, NotPermitted
from jiaxing_titles.inbox.registry import waiting_for
from reviews import actions
from reviews.models import BallotSeat, MeetingAttendance, PanelMember, VoteSheet
from reviews.queries.record import record_of
from tests.scenes.registry import reload
from tests.scenes.reviewing import member_of, seen_by_two

pytestmark = pytest.mark.django_db
IN_PERSON = {"in_person": True}
WAITS = "待核对到会名单的评审会"
SIT = """
INSERT INTO reviews_ballotseat (sheet_id, user_id, panel_member_id, recused, may_vote, state, version,
                                created_at, updated_at)
SELECT %s, m.user_id, m.id, '[]', true, 'waiting', 1, app_now(), app_now()
FROM reviews_panelmember m WHERE m.id = %s
"""


def stands(scenes):
    scenes.noticed("张三")


@pytest.fixture
def hr(actor):
    return actor("ent_hr", "A")


@pytest.fixture
def lead(actor):
    return actor("ent_lead", "A")


@pytest.fixture
def doors(noticed, ready_meeting, hr):
    """The doors are open, nobody is there yet."""
    return actions.open_sign_in(ready_meeting(noticed("张三")), actor=hr)


@pytest.fixture
def waiting(noticed, scored, panel_keyed, hr):
    """Nine signed in, scores closed, the key tried, the sheet made electronic; nobody has looked who is there."""
    meeting = scored(noticed("张三"))
    panel_keyed(meeting)
    actions.choose_mode(meeting.sheets.get(), actor=hr, mode="electronic")
    return meeting


def unseen(meeting, desk):
    """The refusal of the box that names whom nobody has seen, if any."""
    try:
        with transaction.atomic():
            actions.open_ballot(meeting.sheets.get(), actor=desk)
            transaction.set_rollback(True)
    except Blocked as refused:
        (reason,) = refused.reasons
        assert (reason.rule, reason.gate, reason.clause) == ("PR-11", "G18", "人社部令第40号（年度设置）")
        return reason.text
    return ""


def seen(meeting):
    rows = meeting.attendances.order_by("member_id").values_list("checked_by__name", "confirmed_by__name")
    return list(rows)


def test_no_box_opens_before_two_different_people_have_seen_every_seat(waiting, hr, lead, actor):
    told = f"{'、'.join(f'专家{number}' for number in range(1, 10))}的签到还没有经两名工作人员核对。"
    assert unseen(waiting, hr) == told
    meeting = actions.check_panel_roll(waiting, actor=hr, **IN_PERSON)
    assert unseen(meeting, hr) == told
    with pytest.raises(Blocked, match="现在没有须由您核对的签到"):
        actions.check_panel_roll(meeting, actor=hr, **IN_PERSON)
    with pytest.raises(Blocked, match="请逐一核对本人到会"):
        actions.check_panel_roll(meeting, actor=lead, in_person=False)
    eight = list(meeting.panel.members.exclude(name="专家9"))
    meeting = actions.check_panel_roll(meeting, actor=lead, members=eight, **IN_PERSON)
    assert unseen(meeting, hr) == "专家9的签到还没有经两名工作人员核对。"
    meeting = actions.check_panel_roll(meeting, actor=actor("panel_sec", "A"), **IN_PERSON)
    assert seen(meeting) == [("企业经办A", "企业负责人A")] * 8 + [("企业经办A", "评审会秘书A")]
    assert actions.open_ballot(meeting.sheets.get(), actor=hr).state == "casting"


def test_the_chair_is_a_second_pair_of_eyes_but_not_for_himself(waiting, hr, lead, expert):
    meeting = actions.check_panel_roll(waiting, actor=hr, **IN_PERSON)
    meeting = actions.check_panel_roll(meeting, actor=expert(1), **IN_PERSON)
    assert seen(meeting) == [("企业经办A", None)] + [("企业经办A", "专家1")] * 8
    assert unseen(meeting, hr) == "专家1的签到还没有经两名工作人员核对。"
    meeting = actions.check_panel_roll(meeting, actor=lead, **IN_PERSON)
    assert unseen(meeting, hr) == ""


def test_nobody_else_checks_the_roll(waiting, actor, expert, login):
    for number in (2, 20):
        with pytest.raises(Blocked, match="由到会的主任委员或副主任委员办理"):
            actions.check_panel_roll(waiting, actor=expert(number), **IN_PERSON)
    for stranger in (
        actor("ent_hr", "B"),
        actor("ent_lead", "B"),
        actor("city_clerk", "city"),
        actor("supervisor", "city"),
    ):
        with pytest.raises(NotPermitted):
            actions.check_panel_roll(waiting, actor=stranger, **IN_PERSON)
    address = waiting.get_absolute_url()
    assert "核对到会名单" in login("panel_expert", "A", "专家1").get(address).content.decode()
    assert "核对到会名单" not in login("panel_expert", "A", "专家2").get(address).content.decode()


def test_a_chair_who_has_not_come_checks_nothing(doors, expert):
    meeting = actions.sign_in(doors, actor=expert(2), promised=True)
    with pytest.raises(Blocked, match="由到会的主任委员或副主任委员办理"):
        actions.check_panel_roll(meeting, actor=expert(1), **IN_PERSON)


def test_who_copies_the_list_has_seen_all_but_himself(doors, hr, lead):
    PanelMember.objects.filter(pk=member_of(doors, 2).pk).update(user=hr.user)
    members = [member_of(doors, number) for number in (1, 2)]
    meeting = actions.sign_in_at_desk(doors, actor=hr, members=members, in_person=True)
    assert seen(meeting) == [("企业经办A", None), (None, None)]
    meeting = actions.check_panel_roll(meeting, actor=lead, **IN_PERSON)
    assert seen(meeting) == [("企业经办A", "企业负责人A"), ("企业负责人A", None)]


def test_who_stepped_down_for_the_day_is_looked_for_by_nobody(doors, hr, expert):
    meeting = doors
    for number in (1, 2):
        meeting = actions.sign_in(meeting, actor=expert(number), promised=True)
    meeting = actions.step_down(meeting, actor=hr, member=member_of(meeting, 2), reason="本人不在场")
    meeting = actions.check_panel_roll(meeting, actor=hr, **IN_PERSON)
    assert seen(meeting) == [("企业经办A", None), (None, None)]


def test_paper_goes_out_without_it(noticed, scored, actor):
    meeting = scored(noticed("张三"))
    assert actions.issue_sheet(meeting.sheets.get(), actor=actor("panel_sec", "A")).state == "counting"
    assert seen(meeting) == [(None, None)] * 9


def test_the_page_names_who_saw_whom_and_the_second_finds_it_among_his_work(waiting, hr, lead, actor, expert, login):
    address = waiting.get_absolute_url()
    assert "待另一人核对" not in login("ent_hr", "A").get(address).content.decode()
    assert WAITS not in [group.label for group in waiting_for(lead)]
    actions.check_panel_roll(waiting, actor=hr, **IN_PERSON)
    assert "企业经办A（待另一人核对）" in login("ent_hr", "A").get(address).content.decode()
    told = [WAITS in [group.label for group in waiting_for(one)] for one in (lead, expert(1), expert(2), hr)]
    assert told == [True, True, False, False]
    desk, url = login("ent_lead", "A"), f"/do/reviews.check_panel_roll/{waiting.pk}/"
    form = desk.get(url).context["form"]
    assert len(form["members"].value()) == 9
    sent = {"members": form["members"].value(), "in_person": "on", "version": waiting.version}
    assert desk.post(url, sent).status_code == 302
    assert "企业经办A、企业负责人A" in login("ent_hr", "A").get(address).content.decode()
    assert WAITS not in [group.label for group in waiting_for(expert(1))]


def test_the_database_knows_it_too(waiting, hr, lead, expert):
    sheet, first = waiting.sheets.get(), member_of(waiting, 1)
    seats = MeetingAttendance.objects.filter(meeting=waiting)
    box = VoteSheet._base_manager.filter(pk=sheet.pk)

    def refused(error, words, write):
        with pytest.raises(error, match=words), transaction.atomic():
            write()

    def sit():
        with connection.cursor() as cursor:
            cursor.execute(SIT, [sheet.pk, first.pk])

    by_two = "meetingattendance_is_checked_by_two_people"
    refused(IntegrityError, by_two, lambda: seats.update(checked_by=hr.user, confirmed_by=hr.user))
    refused(IntegrityError, by_two, lambda: seats.update(confirmed_by=hr.user))
    refused(DatabaseError, "不能核对自己的签到", lambda: seats.update(checked_by=expert(4).user))
    refused(DatabaseError, "PR-11 只有本人到会签到的评委才有表决席位", sit)
    refused(DatabaseError, "PR-11 每一席须由两人核对本人到会后才能投电子票", lambda: box.update(state="casting"))
    seats.update(checked_by=hr.user)
    refused(DatabaseError, "PR-11 只有本人到会签到的评委才有表决席位", sit)
    actions.check_panel_roll(reload(waiting), actor=lead, **IN_PERSON)
    with transaction.atomic():  # the control
        sit()
        transaction.set_rollback(True)
    stands_ = "开会后签到名单不能再改动"
    one = seats.filter(member=member_of(waiting, 9))
    refused(DatabaseError, stands_, one.delete)
    refused(DatabaseError, stands_, lambda: one.update(stepped_down_reason="退出"))
    refused(DatabaseError, stands_, lambda: one.update(confirmed_by=None))
    assert actions.open_ballot(reload(sheet), actor=hr).state == "casting"
    assert BallotSeat.objects.filter(sheet=sheet).count() == 9


def test_the_minutes_name_who_checked(waiting, actor):
    assert [record_of(waiting)[name] for name in ("到会核对", "到会复核")] == [[], []]
    record = record_of(seen_by_two(waiting, actor))
    assert [record[name] for name in ("到会核对", "到会复核")] == [["评审会秘书A"], ["企业负责人A"]]
