"""备案变更: what the city has on file is changed before the meeting, and goes through all hands again (R-5.2.9)."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from jiaxing_titles import clock
from jiaxing_titles.actions import Blocked, NotPermitted
from jiaxing_titles.notifications.models import Notification
from reviews import actions
from reviews.documents import filing_context
from reviews.gates.panel import filing_advice
from reviews.models import ReviewFiling
from tests.scenes.registry import reload
from tests.scenes.reviewing import count, member_of, present_all, score_all

pytestmark = pytest.mark.django_db
REASON = "一名专家离职，不能到会。"
SECOND = {
    "planned_at": dt.datetime(2026, 11, 4, 9, tzinfo=clock.SHANGHAI),
    "place": "一楼",
    "mode": "in_person",
    "contact": "李人事",
}


def stands(scenes):
    scenes.noticed("张三", "李四")


@pytest.fixture
def hr(actor):
    return actor("ent_hr", "A")


@pytest.fixture
def meeting(noticed, ready_meeting):
    """On file with the city, on its morning."""
    return ready_meeting(noticed("张三", "李四"))


def through_all_hands(filing, actor, **facts):
    filing = actions.present_filing(filing, actor=actor("ent_hr", "A"))
    filing = actions.confirm_filing(filing, actor=actor("ent_lead", "A"))
    return actions.acknowledge_filing(filing, actor=actor("city_clerk", "city"), opinion="同意变更", **facts)


def test_an_expert_who_fell_out_for_good_is_replaced_and_the_city_has_the_new_list(meeting, hr, actor):
    number = meeting.filing.receipt_number
    filing = actions.amend_filing(meeting.filing, actor=hr, reason=REASON)
    assert (filing.state, filing.acknowledged_at, filing.opinion) == ("draft", None, "")
    assert reload(filing.panel).state == "composing"
    for told in (actor("city_clerk", "city"), actor("county", "haining")):
        assert Notification.objects.filter(user=told.user, text__endswith=f"由企业申请变更：{REASON}").exists()
    with pytest.raises(Blocked, match="本次会议现为“备案草拟中”，不能开会"):
        actions.open_sign_in(reload(meeting), actor=hr)
    actions.remove_member(reload(filing.panel), actor=hr, member=member_of(meeting, 9))
    filing = through_all_hands(reload(filing), actor)
    assert (filing.state, filing.receipt_number, len(filing.package["评审专家"])) == ("acknowledged", number, 8)
    assert actions.open_sign_in(reload(meeting), actor=hr).state == "signing_in"


def test_a_draft_again_is_shown_and_printed_as_one_from_the_data_of_now(meeting, hr, login):
    page = login("ent_hr", "A").get(meeting.filing.get_absolute_url()).content.decode()
    assert "内容校验值" in page and "专家9" in page
    assert (filing_context(meeting.filing)["letter"].draft, filing_advice(meeting.filing)) == ("", [])
    filing = actions.amend_filing(meeting.filing, actor=hr, reason=REASON)
    actions.remove_member(reload(filing.panel), actor=hr, member=member_of(meeting, 9))
    told = filing_context(reload(filing))
    assert (told["letter"].draft, len(told["package"]["评审专家"]), told["acknowledged_at"]) == ("草稿", 8, "")
    page = login("ent_hr", "A").get(filing.get_absolute_url()).content.decode()
    assert "内容校验值" not in page and "专家9" not in page
    assert "报送时间距会议不足 5 个工作日" in filing_advice(reload(filing))[0], "it would go out today"


def test_a_consent_to_externals_is_given_anew(noticed, ready_meeting, hr, actor):
    with transaction.atomic():
        filing = ready_meeting(noticed("张三", "李四")).filing
        filing = actions.amend_filing(filing, actor=hr, reason="增加一名外聘专家。")
        filing.panel.members.filter(name="专家6").update(external=True)
        filing = reload(filing)
        actions.explain_ratio(filing.panel, actor=hr, over_ratio_reason="缺少高级专家。")
        filing = through_all_hands(reload(filing), actor, consented_externals=4)
        filing = actions.amend_filing(filing, actor=hr, reason="再改。")
        assert filing.consented_externals is None
        filing = actions.confirm_filing(actions.present_filing(filing, actor=hr), actor=actor("ent_lead", "A"))
        with pytest.raises(Blocked, match="请填写同意的人数上限"):
            actions.acknowledge_filing(filing, actor=actor("city_clerk", "city"), opinion="同意")


def test_whose_filing_it_is_amends_it_and_only_one_on_file(meeting, hr, actor):
    strangers = [
        ("ent_lead", "A"),
        ("ent_hr", "B"),
        ("panel_expert", "A"),
        ("city_clerk", "city"),
        ("county", "haining"),
    ]
    for stranger in strangers:
        with pytest.raises(NotPermitted):
            actions.amend_filing(meeting.filing, actor=actor(*stranger), reason=REASON)
    filing = actions.amend_filing(meeting.filing, actor=actor("panel_sec", "A"), reason=REASON)
    with pytest.raises(Blocked, match="现在是“备案草拟中”，不能办理“变更备案”"):
        actions.amend_filing(filing, actor=hr, reason=REASON)


def in_the_database(filing):
    with pytest.raises(DatabaseError, match="PR-4 评审会已经开始"), transaction.atomic():
        ReviewFiling.objects.filter(pk=filing.pk).update(state="draft")


def test_what_the_panel_sits_on_stands(meeting, hr):
    """In the step and in the database."""
    meeting = actions.open_sign_in(meeting, actor=hr)
    with pytest.raises(Blocked) as refused:
        actions.amend_filing(meeting.filing, actor=hr, reason=REASON)
    (reason,) = refused.value.reasons
    assert (reason.text, reason.rule, reason.gate) == ("评审会现为“签到中”，不能变更备案。", "R-5.2.9", "G10")
    assert reason.remedy == "备案以开会时的为准。"
    in_the_database(meeting.filing)
    meeting = actions.postpone_meeting(meeting, actor=hr, reason="停电")
    with pytest.raises(Blocked) as refused:
        actions.amend_filing(reload(meeting.filing), actor=hr, reason=REASON)
    assert refused.value.reasons[0].remedy == "请先“重新安排会议”，再变更备案。"
    in_the_database(meeting.filing)
    meeting = actions.replan_meeting(meeting, actor=hr, **SECOND)
    assert actions.amend_filing(reload(meeting.filing), actor=hr, reason=REASON).state == "draft"


def first_of_two(session, noticed, actor, expert, at):
    """A meeting is over that put off 李四; the second one of the year is on file and due today."""
    hr, sec = actor("ent_hr", "A"), actor("panel_sec", "A")
    meeting = session(noticed("张三", "李四"))
    late = meeting.items.get(application__person__name="李四")
    actions.postpone_item(late, actor=sec, reason="外地出差，未到会述职。")
    present_all(meeting, sec)
    score_all(meeting, expert)
    meeting = actions.close_scoring(reload(meeting), actor=expert(1))
    sheet = actions.issue_sheet(meeting.sheets.get(), actor=sec)
    count(sheet, (hr, sec), 8)
    actions.sign_tally(reload(sheet), actor=expert(1))
    meeting = actions.announce_count(reload(meeting), actor=expert(1))
    actions.conclude_meeting(meeting, actor=expert(1), minutes="按程序完成评审。")
    second = actions.plan_meeting(reload(meeting.round), actor=hr, **SECOND)
    filing = through_all_hands(second.filing, actor)
    actions.decide_guidance(filing, actor=actor("city_clerk", "city"), assign=False, reason="首次会议规范。")
    actions.name_tellers(reload(second), actor=hr, first=hr.user, second=sec.user)
    at("2026-11-04 08:30:00")
    return reload(second)


def test_after_a_first_meeting_the_list_stands_and_the_page_says_so(session, noticed, actor, expert, at, hr, login):
    second = first_of_two(session, noticed, actor, expert, at)
    assert [one["姓名"] for one in second.filing.package["申报人员"]] == ["李四"]
    filing = actions.amend_filing(second.filing, actor=hr, reason="会议地点有变。")
    assert (filing.state, reload(filing.panel).state) == ("draft", "settled")
    page = login("ent_hr", "A").get(filing.panel.get_absolute_url()).content.decode()
    assert "本年度已按这份名册开过评审会，名册不再更换" in page
    through_all_hands(filing, actor)
    assert actions.open_sign_in(reload(second), actor=hr).state == "signing_in"


def test_who_is_sent_to_guide_does_not_sit_on_the_panel(noticed, ready_meeting, hr, actor):
    filing = ready_meeting(noticed("张三", "李四"), guest=True).filing
    filing = actions.amend_filing(filing, actor=hr, reason="增加一名外聘专家。")
    guide = filing.assignments.get()
    seat = filing.panel.members.get(name="专家9")
    facts = {name: getattr(seat, name) for name in ("external", "employer", "rank", "title", "speciality", "post")}
    actions.edit_member(reload(filing.panel), actor=hr, member=seat, user=guide.expert, name=guide.expert.name, **facts)
    filing = actions.confirm_filing(actions.present_filing(filing, actor=hr), actor=actor("ent_lead", "A"))
    clerk = actor("city_clerk", "city")
    with pytest.raises(Blocked) as refused:
        actions.acknowledge_filing(filing, actor=clerk, opinion="同意")
    (reason,) = refused.value.reasons
    assert (reason.rule, reason.gate, guide.expert.name in reason.text) == ("R-5.2.11", "G10", False)
    facts = {"decline_kind": "conflict", "decline_reason": "任该企业评审专家"}
    actions.decline_guidance(guide, actor=actor("library_member", "city", "专家库甲"), **facts)
    assert actions.acknowledge_filing(reload(filing), actor=clerk, opinion="同意").state == "acknowledged"


def test_whom_the_city_sends_hears_of_another_day(noticed, ready_meeting, hr, actor):
    meeting = ready_meeting(noticed("张三", "李四"), guest=True)
    guide = actor("library_member", "city", "专家库甲")
    meeting = actions.postpone_meeting(meeting, actor=hr, reason="停电")
    actions.replan_meeting(meeting, actor=hr, **SECOND)
    told = Notification.objects.get(user=guide.user, title="到会指导：会议改期")
    assert "改于2026年11月4日 09:00在一楼召开，请按新的时间到会指导；不能到会的请在本页答复。" in told.text
