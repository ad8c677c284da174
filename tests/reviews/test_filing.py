"""G10: composition, the package, the two hands of the company, the city's acknowledgment (办法五（二）)."""

import pytest
from django_fsm import TransitionNotAllowed

from applications import actions as application_actions
from applications.models import TitleApplication
from jiaxing_titles.actions import Blocked, NotPermitted
from jiaxing_titles.notifications.models import Notification
from reviews import actions
from reviews.gates.panel import filing_advice
from reviews.models import Recusal
from tests.scenes.registry import reload

pytestmark = pytest.mark.django_db


def stands(scenes):
    scenes.endorsed(scenes.open_round("A"), "张三")


def rules_of(refused) -> set[str]:
    return {reason.rule for reason in refused.value.reasons}


def test_seven_with_three_external_needs_a_reason_and_the_citys_consent(noticed, planned_meeting, actor):
    hr, lead, clerk = actor("ent_hr", "A"), actor("ent_lead", "A"), actor("city_clerk", "city")
    filing = planned_meeting(noticed("张三"), internal=4, external=3).filing
    with pytest.raises(Blocked) as refused:
        actions.present_filing(filing, actor=hr)
    assert rules_of(refused) == {"R-5.2.8"}
    actions.explain_ratio(filing.panel, actor=hr, over_ratio_reason="激光加工专业缺少高级专家。")
    filing = actions.present_filing(reload(filing), actor=hr)
    assert reload(filing.panel).state == "settled"
    with pytest.raises(Blocked, match="不能办理“添加评审专家”"):
        actions.add_member(reload(filing.panel), actor=hr, name="专家十")
    with pytest.raises(NotPermitted):
        actions.confirm_filing(filing, actor=hr)
    with pytest.raises(NotPermitted):
        actions.confirm_filing(filing, actor=actor("ent_lead", "B"))
    filing = actions.confirm_filing(filing, actor=lead)
    with pytest.raises(Blocked) as refused:
        actions.acknowledge_filing(filing, actor=clerk, opinion="同意")
    assert refused.value.reasons[0].field == "consented_externals"
    filing = actions.acknowledge_filing(filing, actor=clerk, opinion="同意", consented_externals=3)
    assert (filing.state, filing.consented_externals) == ("acknowledged", 3)
    assert filing.receipt_number.startswith("BA2026")
    assert Notification.objects.filter(user=hr.user, text__contains=filing.receipt_number).exists()


def test_the_package_is_built_from_the_data_and_holds_no_personal_numbers(noticed, filed, actor):
    year = noticed("张三", "李四")
    filing = filed(year)
    people, experts = filing.package["申报人员"], filing.package["评审专家"]
    assert [person["姓名"] for person in people] == ["张三", "李四"]
    assert len(experts) == 9
    assert filing.package["外聘人数"] == 3
    person = TitleApplication.objects.get(pk=people[0]["申报"]).person
    assert person.id_number
    assert person.id_number not in str(filing.package)
    assert list(filing.meeting.items.values_list("application", "number")) == [
        (people[0]["申报"], 1),
        (people[1]["申报"], 2),
    ]


def test_a_meeting_cannot_open_before_its_filing_is_acknowledged(noticed, filed, actor, at):
    """PR-4, in the step and on the model itself."""
    filing = filed(noticed("张三"))
    at("2026-10-28 08:30:00")
    hr = actor("ent_hr", "A")
    actions.name_tellers(filing.meeting, actor=hr, first=hr.user, second=actor("panel_sec", "A").user)
    meeting = reload(filing.meeting)
    with pytest.raises(Blocked) as refused:
        actions.open_sign_in(meeting, actor=hr)
    assert [(one.rule, one.gate, one.clause) for one in refused.value.reasons] == [("R-5.2.9", "G10", "办法五（二）")]
    with pytest.raises(TransitionNotAllowed):
        meeting.open_sign_in()
    assert reload(meeting).state == "planned"


def test_a_returned_filing_opens_the_panel_again_and_goes_out_anew(noticed, filed, actor):
    clerk, hr = actor("city_clerk", "city"), actor("ent_hr", "A")
    filing = actions.return_filing(filed(noticed("张三")), actor=clerk, reason="请补充外聘专家单位。")
    assert (filing.state, reload(filing.panel).state) == ("returned", "composing")
    filing = actions.revise_filing(filing, actor=hr)
    filing = actions.present_filing(filing, actor=hr)
    filing = actions.confirm_filing(filing, actor=actor("ent_lead", "A"))
    assert (filing.state, filing.meeting.items.count()) == ("submitted", 1)


def test_a_recusal_outlives_a_filing_that_was_taken_back(noticed, filed, actor):
    clerk, hr = actor("city_clerk", "city"), actor("ent_hr", "A")
    filing = filed(noticed("张三", "李四"))
    meeting, member = filing.meeting, filing.panel.members.first()
    item = meeting.items.get(application__person__name="李四")
    actions.recuse_member(meeting, actor=hr, member=member, items=[item], kind="mentor", note="指导过他")
    filing = actions.return_filing(filing, actor=clerk, reason="请补充外聘专家单位。")
    filing = actions.present_filing(actions.revise_filing(filing, actor=hr), actor=hr)
    (kept,) = Recusal.objects.all()
    assert kept.item == meeting.items.get(application__person__name="李四") != item
    assert (kept.member, kept.kind, kept.note, kept.declared_by) == (member, "mentor", "指导过他", hr.user)


def test_the_head_cannot_send_what_changed_since_it_was_frozen(noticed, planned_meeting, actor, employee):
    year = noticed("张三", "李四")
    filing = actions.present_filing(planned_meeting(year).filing, actor=actor("ent_hr", "A"))
    leaving = TitleApplication.objects.get(person__name="李四")
    application_actions.withdraw_application(leaving, actor=employee(year, "李四"), reason="个人原因")
    with pytest.raises(Blocked) as refused:
        actions.confirm_filing(filing, actor=actor("ent_lead", "A"))
    assert rules_of(refused) == {"R-5.2.10"}
    filing = actions.send_back_filing(filing, actor=actor("ent_lead", "A"), reason="有人撤回")
    assert (filing.state, reload(filing.panel).state) == ("draft", "composing")


def test_an_applicant_cannot_sit_on_the_panel(noticed, panel_of, actor, city):
    year = noticed("张三")
    panel = panel_of(year)
    applicant = TitleApplication.objects.get().person
    chair = panel.members.get(post="chair")
    facts = {name: getattr(chair, name) for name in ("employer", "title", "speciality", "rank")}
    with pytest.raises(Blocked) as refused:
        actions.add_member(
            panel, actor=actor("ent_hr", "A"), user=applicant, name="张三", external=False, post="chair", **facts
        )
    assert {reason.field for reason in refused.value.reasons} == {"user", "post"}


def test_the_call_for_a_panel_may_bring_in_the_reserve_of_the_pilot_application(noticed, actor):
    year = noticed("张三")
    panel = actions.create_panel(year, actor=actor("ent_hr", "A"), name="评审委员会", from_reserve=True)
    assert list(panel.members.values_list("name", flat=True)) == ["专家甲", "专家乙", "专家丙", "专家丁", "专家戊"]
    with pytest.raises(Blocked, match="已经组建"):
        actions.create_panel(year, actor=actor("ent_hr", "A"), name="再来一个")


def test_a_filing_shortly_before_the_meeting_is_told_to_both_sides(noticed, filed, at):
    """Q-15: seven working days ahead is in time, two are not, and neither is refused."""
    filing = filed(noticed("张三"))
    assert filing_advice(filing) == []
    filing.submitted_at = at("2026-10-26 09:00:00")
    assert "不足 5 个工作日" in filing_advice(filing)[0]
    assert "11月2日" in filing_advice(filing)[0]
