"""会议通知 to a panel's experts: answers, a substitute before the filing, reminders, the early warning (F-47)."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from enterprises.models import Speciality
from jiaxing_titles import clock
from jiaxing_titles.actions import Blocked, NotPermitted
from jiaxing_titles.inbox.registry import waiting_for
from jiaxing_titles.notifications.models import Notification, Outgoing
from reviews import actions
from reviews.models import MeetingInvitation
from reviews.reminders import invitations_unanswered, meetings_with_gaps
from tests.days import live_through, told
from tests.scenes.registry import reload
from tests.scenes.reviewing import member_of

pytestmark = pytest.mark.django_db


def stands(scenes):
    scenes.noticed("张三", "李四")


@pytest.fixture
def hr(actor):
    return actor("ent_hr", "A")


@pytest.fixture
def meeting(noticed, planned_meeting):
    """Nine experts, three of them external, all invited; the filing is a draft."""
    return planned_meeting(noticed("张三", "李四"), invited=True)


@pytest.fixture
def paper(noticed, planned_meeting):
    """The same nine, without accounts."""
    return planned_meeting(noticed("张三", "李四"), invited=True, accounts=False)


def notice(meeting, number):
    return meeting.invitations.get(member=member_of(meeting, number))


def come(meeting, expert, *numbers):
    for number in numbers:
        actions.accept_invitation(notice(meeting, number), actor=expert(number))


def another(expert, number=10, **facts):
    """Whom the desk puts into the seat."""
    return {
        "user": expert(number).user,
        "name": f"专家{number}",
        "external": False,
        "employer": "示例精密",
        "rank": "senior",
        "title": "高级工程师",
        "speciality": Speciality.objects.get(name="机械设计"),
        "post": "member",
    } | facts


def lines(actor, label):
    return [str(line.case) for group in waiting_for(actor) if group.label == label for line in group.lines]


def test_nobody_is_invited_to_a_panel_that_could_not_be_filed(noticed, planned_meeting, actor, hr, login):
    meeting = planned_meeting(noticed("张三", "李四"), internal=4, external=3)
    with pytest.raises(Blocked) as refused:
        actions.invite_experts(meeting, actor=hr)
    assert [(one.rule, one.gate) for one in refused.value.reasons] == [("R-5.2.8", "G10")]
    for stranger in (actor("ent_lead", "A"), actor("ent_hr", "B"), actor("panel_expert", "A", "专家1")):
        with pytest.raises(NotPermitted):
            actions.invite_experts(meeting, actor=stranger)
    actions.explain_ratio(meeting.panel, actor=hr, over_ratio_reason="缺少高级专家。")
    page = login("ent_hr", "A").get(meeting.panel.get_absolute_url()).content.decode()
    assert f'href="/do/reviews.invite_experts/{meeting.pk}/">发会议通知' in page
    meeting = actions.invite_experts(reload(meeting), actor=actor("panel_sec", "A"))
    assert meeting.invitations.count() == 7
    with pytest.raises(Blocked, match="评审专家都已通知"):
        actions.invite_experts(meeting, actor=hr)


def test_an_expert_is_told_of_day_place_and_promise_and_answers_on_his_phone(
    noticed, planned_meeting, hr, expert, login
):
    meeting, user = planned_meeting(noticed("张三", "李四")), expert(3).user
    user.email = "expert3@example.cn"
    user.save()
    meeting = actions.invite_experts(meeting, actor=hr)
    mine = notice(meeting, 3)
    message = Notification.objects.get(user=user, title="企业评审会通知")
    assert (message.url, message.outgoing.get().channel) == (mine.get_absolute_url(), Outgoing.Channel.EMAIL)
    assert "定于2026年10月28日 09:00在三楼会议室召开，请答复能否出席。" in message.text
    assert "保密与回避承诺" in message.text
    phone = login("panel_expert", "A", "专家3")
    assert str(mine) in phone.get("/todo/").content.decode()
    page = phone.get(mine.get_absolute_url()).content.decode()
    assert "对评审情况保密；有应当回避的情形主动申报" in page
    assert login("panel_expert", "A", "专家4").get(mine.get_absolute_url()).status_code == 404
    for stranger in (expert(4), hr):
        with pytest.raises(NotPermitted):
            actions.accept_invitation(mine, actor=stranger)
    url = f"/do/reviews.accept_invitation/{mine.pk}/"
    assert phone.post(url, {"version": mine.version}).status_code == 302
    assert (reload(mine).state, lines(expert(3), "待答复的会议通知")) == ("coming", [])
    assert f'{mine.get_absolute_url()}">会议通知（出席）' in phone.get(meeting.get_absolute_url()).content.decode()
    desk = login("ent_hr", "A")
    for address in (meeting.panel.get_absolute_url(), meeting.get_absolute_url()):
        page = desk.get(address).content.decode()
        assert "9 人，已确认 1 人，未答复 8 人，不能出席 0 人" in page
        assert "应到 9 人，至少须到 6 人；已确认出席 1 人，还差 5 人。" in page
    assert "还没有答复" not in phone.get(meeting.get_absolute_url()).content.decode()


def test_before_the_filing_another_expert_takes_the_seat_of_one_who_cannot_come(meeting, hr, expert, actor, login):
    first = actions.decline_invitation(notice(meeting, 1), actor=expert(1), absence_reason="出国")
    assert Notification.objects.filter(user=hr.user, text__contains="不能出席").exists()
    assert lines(hr, "不能出席、待递补的席位") == [str(first)]
    with pytest.raises(Blocked, match="只能递补已答复不能出席"):
        actions.replace_expert(meeting.panel, actor=hr, member=member_of(meeting, 2), **another(expert))
    with pytest.raises(Blocked, match="已在评审机构中"):
        actions.replace_expert(meeting.panel, actor=hr, member=member_of(meeting, 1), **another(expert, 2))
    with pytest.raises(NotPermitted):
        facts = another(expert)
        actions.replace_expert(meeting.panel, actor=actor("ent_hr", "B"), member=member_of(meeting, 1), **facts)
    desk, url = login("ent_hr", "A"), f"/do/reviews.replace_expert/{meeting.panel_id}/"
    form = desk.get(url).context["form"]
    assert (form["member"].value(), form["post"].value()) == (member_of(meeting, 1).pk, "chair")
    facts = another(expert, post="chair", external="no", user=expert(10).user.pk, member=member_of(meeting, 1).pk)
    facts |= {"speciality": facts["speciality"].pk, "version": reload(meeting.panel).version}
    assert list(desk.post(url, {**facts, "name": ""}).context["form"].errors) == ["name"]
    assert desk.post(url, facts).status_code == 302
    panel = reload(meeting.panel)
    assert (panel.members.count(), panel.members.get(post="chair").user) == (9, expert(10).user)
    first = reload(first)
    taken = first.replaced_by
    assert (first.state, first.absence_reason, first.member, taken.user) == (
        "not_coming",
        "出国",
        None,
        expert(10).user,
    )
    assert (taken.state, lines(hr, "不能出席、待递补的席位")) == ("waiting", [])
    with pytest.raises(Blocked, match="已由专家10递补"):
        actions.accept_invitation(first, actor=expert(1))
    page = login("ent_hr", "A").get(panel.get_absolute_url()).content.decode()
    assert "出国" in page and "9 人，已确认 0 人，未答复 9 人，不能出席 0 人" in page


@pytest.mark.parametrize(
    ("stage", "says"),
    [
        ("presented", "请先在备案页“取回修改”"),
        ("submitted", "请联系市局退回备案"),
        ("acknowledged", "请先在备案页“变更备案”"),
    ],
)
def test_once_the_list_is_filed_the_page_says_what_is_left_to_do(meeting, hr, expert, actor, login, stage, says):
    filing = actions.present_filing(meeting.filing, actor=hr)
    if stage != "presented":
        filing = actions.confirm_filing(filing, actor=actor("ent_lead", "A"))
    if stage == "acknowledged":
        filing = actions.acknowledge_filing(filing, actor=actor("city_clerk", "city"), opinion="同意")
    actions.decline_invitation(notice(meeting, 2), actor=expert(2), absence_reason="出差")
    assert lines(hr, "不能出席、待递补的席位") == []
    with pytest.raises(Blocked, match="不能办理“递补评审专家”"):
        actions.replace_expert(reload(meeting.panel), actor=hr, member=member_of(meeting, 2), **another(expert))
    assert says in login("ent_hr", "A").get(meeting.panel.get_absolute_url()).content.decode()
    if stage == "submitted":  # and by the city's own way he is replaced
        actions.return_filing(filing, actor=actor("city_clerk", "city"), reason="更换专家")
        panel = reload(meeting.panel)
        actions.replace_expert(panel, actor=hr, member=member_of(meeting, 2), **another(expert))
        filing = actions.present_filing(actions.revise_filing(reload(filing), actor=hr), actor=hr)
        assert "专家10" in str(filing.package["评审专家"])


def test_the_desk_writes_down_what_an_expert_without_an_account_says(paper, hr, actor, login):
    assert not Notification.objects.filter(title="企业评审会通知").exists()
    first, second = notice(paper, 1), notice(paper, 2)
    page = login("ent_hr", "A").get(paper.panel.get_absolute_url()).content.decode()
    assert f'href="{first.get_absolute_url()}">待答复' in page
    assert "代录：出席" in login("panel_sec", "A").get(first.get_absolute_url()).content.decode()
    with pytest.raises(NotPermitted):
        actions.record_acceptance(first, actor=actor("ent_lead", "A"))
    with pytest.raises(NotPermitted):
        actions.record_acceptance(first, actor=actor("ent_hr", "B"))
    assert actions.record_acceptance(first, actor=hr).state == "coming"
    second = actions.record_absence(second, actor=actor("panel_sec", "A"), absence_reason="住院")
    assert (second.state, second.absence_reason) == ("not_coming", "住院")
    assert list(invitations_unanswered(dt.date(2026, 10, 27))) == []


def test_who_has_an_account_answers_himself(meeting, hr, login):
    with pytest.raises(Blocked, match="专家1有账号，由本人答复"):
        actions.record_acceptance(notice(meeting, 1), actor=hr)
    with pytest.raises(Blocked, match="专家1有账号，由本人答复"):
        actions.record_absence(notice(meeting, 1), actor=hr, absence_reason="出差")
    assert "代录" not in login("ent_hr", "A").get(notice(meeting, 1).get_absolute_url()).content.decode()


def test_a_seat_taken_away_takes_notice_and_recusal_along(meeting, hr, expert):
    """Also after the filing was presented, a recusal entered, and the filing recalled."""
    filing = actions.present_filing(meeting.filing, actor=hr)
    facts = {"member": member_of(meeting, 9), "items": list(meeting.items.all()), "kind": "mentor"}
    actions.recuse_member(reload(meeting), actor=hr, **facts)
    actions.recall_filing(filing, actor=hr)
    ninth = notice(meeting, 9)
    panel = actions.remove_member(reload(meeting.panel), actor=hr, member=member_of(meeting, 9))
    assert (panel.members.count(), reload(ninth).state) == (8, "withdrawn")
    told = Notification.objects.get(user=expert(9).user, title="会议通知已取消")
    assert (told.url, "不必到会" in told.text) == (ninth.get_absolute_url(), True)
    with pytest.raises(Blocked, match="已取消"):
        actions.accept_invitation(reload(ninth), actor=expert(9))


def test_a_seat_that_gets_another_account_is_asked_anew(meeting, hr, expert):
    seat = member_of(meeting, 4)
    facts = {**another(expert, 4), "user": expert(12).user}
    actions.edit_member(meeting.panel, actor=hr, member=seat, **facts)
    assert meeting.invitations.get(member=seat).state == "withdrawn"
    meeting = actions.invite_experts(reload(meeting), actor=hr)
    assert meeting.invitations.get(member=seat, state="waiting").user == expert(12).user


def test_another_day_or_place_asks_everybody_again_and_another_contact_nobody(meeting, hr, expert):
    come(meeting, expert, 1)
    actions.decline_invitation(notice(meeting, 2), actor=expert(2), absence_reason="出差")
    same = {"planned_at": meeting.planned_at, "place": meeting.place, "mode": meeting.mode}
    meeting = actions.edit_plan(reload(meeting), actor=hr, **same, contact="王人事")
    assert (notice(meeting, 1).state, notice(meeting, 2).state) == ("coming", "not_coming")
    later = {**same, "planned_at": dt.datetime(2026, 10, 30, 14, tzinfo=clock.SHANGHAI), "place": "一楼"}
    meeting = actions.edit_plan(meeting, actor=hr, **later, contact="王人事")
    assert set(meeting.invitations.values_list("state", "absence_reason", "answered_at")) == {("waiting", "", None)}
    asked = Notification.objects.filter(title="企业评审会通知", text__contains="2026年10月30日 14:00在一楼召开")
    assert asked.count() == 9
    meeting = actions.postpone_meeting(meeting, actor=hr, reason="停电")
    with pytest.raises(Blocked, match="不再答复通知"):
        actions.accept_invitation(notice(meeting, 1), actor=expert(1))
    meeting = actions.replan_meeting(meeting, actor=hr, **{**later, "place": "二楼"}, contact="王人事")
    assert Notification.objects.filter(title="企业评审会通知", text__contains="在二楼召开").count() == 9


def test_who_has_not_answered_is_reminded_and_the_desk_is_warned_three_days_ahead_once(meeting, hr, expert, actor, at):
    secretary = actor("panel_sec", "A")
    come(meeting, expert, 1, 2, 3, 4)
    actions.decline_invitation(notice(meeting, 5), actor=expert(5), absence_reason="出差")
    live_through(at, "2026-10-22", "2026-10-24", "2026-10-25", "2026-10-26", "2026-10-27", "2026-10-28")
    assert told("请答复能否出席") == [(f"专家{number}", "10-22") for number in (6, 7, 8, 9)]
    assert told("明天召开评审会") == [(f"专家{number}", "10-27") for number in (1, 2, 3, 4)]
    assert told("会议临近，到会还有缺口") == [(one.user.name, "10-25") for one in (hr, secretary)]
    text = Notification.objects.filter(title="会议临近，到会还有缺口").first().text
    assert "还没有答复：专家6、专家7、专家8、专家9。答复不能出席：专家5。" in text
    assert "应到 9 人，至少须到 6 人；已确认出席 4 人，还差 2 人。没有答复不影响开会" in text


def test_no_warning_when_everybody_comes_and_one_when_nobody_was_asked(meeting, hr, expert, actor):
    come(meeting, expert, *range(1, 10))
    day = dt.date(2026, 10, 25)
    assert list(meetings_with_gaps(day)) == []
    MeetingInvitation.objects.all().delete()
    assert list(meetings_with_gaps(day - dt.timedelta(days=1))) == []
    assert [one.text.partition("召开。")[2] for one in meetings_with_gaps(day)] == [
        "还没有发会议通知。没有答复不影响开会，到会以签到为准。"
    ]


def test_no_answer_keeps_no_meeting_from_opening_and_presence_decides(noticed, session):
    """Nobody answered, six came."""
    meeting = session(noticed("张三", "李四"), present=6, internal=6, external=2, invited=True)
    assert set(meeting.invitations.values_list("state", flat=True)) == {"waiting"}
    assert meeting.state == "in_session"


def test_the_database_knows_one_meeting_and_a_reason(meeting):
    one = MeetingInvitation._base_manager.filter(pk=notice(meeting, 1).pk)
    for name, change in (
        ("an_absence_has_its_reason", {"state": "not_coming"}),
        ("an_invitation_has_one_meeting", {"meeting": None}),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            one.update(**change)


def test_the_pages_cost_the_same_for_many_answers_and_for_few(meeting, hr, login):
    desk, addresses = login("ent_hr", "A"), (meeting.panel.get_absolute_url(), meeting.get_absolute_url())

    def cost(address):
        desk.get(address)
        with CaptureQueriesContext(connection) as asked:
            desk.get(address)
        return len(asked)

    nine = [cost(address) for address in addresses]
    for number in (9, 8, 7):
        actions.remove_member(reload(meeting.panel), actor=hr, member=member_of(meeting, number))
    assert [cost(address) for address in addresses] == nine
