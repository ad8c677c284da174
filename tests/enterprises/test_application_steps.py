"""试点申请 by its steps: who may, who may not, what each gate says (scenario 2, G1–G3)."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.db.utils import InternalError

from enterprises import actions
from enterprises.models import ApprovedList, PilotApplication, Speciality
from jiaxing_titles.accounts import grants
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, NotPermitted, Stale
from jiaxing_titles.notifications.models import Notification
from jiaxing_titles.policy.models import Cycle, NamedException
from tests.scenes.pilot import checks, talent_row


def sentences(blocked) -> str:
    return "\n".join(str(reason) for reason in blocked.value.reasons)


def test_a_filled_application_reaches_the_city(applied):
    application = applied("A", "reviewed")
    assert application.state == "reviewed"
    assert application.number == f"SD2026{application.pk:05d}"


def test_the_window_closes_at_midnight_of_31_march(filled, actor, at):
    application = filled("A")
    actions.hand_application_to_lead(application, actor=actor("ent_hr", "A"), commitment=True)
    at("2026-04-01 00:00:00")
    with pytest.raises(Blocked) as blocked:
        actions.submit_application(application, actor=actor("ent_lead", "A"), responsibility=True)
    assert "3月31日（星期二）24:00已停止受理" in sentences(blocked)
    assert blocked.value.reasons[0].gate == "G1"
    at("2026-03-31 23:59:59")
    done = actions.submit_application(application, actor=actor("ent_lead", "A"), responsibility=True)
    assert done.state == "submitted"


def test_before_january_nothing_is_filed(filled, actor, at):
    application = filled("A", year=2026)
    at("2025-12-31 23:59:59")
    with pytest.raises(Blocked) as blocked:
        actions.hand_application_to_lead(application, actor=actor("ent_hr", "A"), commitment=True)
    assert "1月1日（星期四）开始受理" in sentences(blocked)


def test_a_late_application_needs_a_named_exception(filled, actor, at, city):
    application = filled("A")
    at("2026-04-02 10:00:00")
    hr, lead = actor("ent_hr", "A"), actor("ent_lead", "A")
    with pytest.raises(Blocked):
        actions.hand_application_to_lead(application, actor=hr, commitment=True)
    with pytest.raises(NotPermitted):
        actions.grant_exception(
            application.enterprise,
            actor=actor("city_clerk", "city"),
            cycle=city.cycle,
            kind="late_application",
            until=dt.date(2026, 4, 10),
            reason="停电",
        )
    actions.grant_exception(
        application.enterprise,
        actor=actor("city_lead", "city"),
        cycle=city.cycle,
        kind="late_application",
        until=dt.date(2026, 4, 10),
        reason="园区停电三日，已核实",
    )
    granted = NamedException.objects.get()
    assert (granted.granted_by, granted.reason) == (actor("city_lead", "city").user, "园区停电三日，已核实")
    actions.hand_application_to_lead(application, actor=hr, commitment=True)
    at("2026-04-11 00:00:00")
    with pytest.raises(Blocked):
        actions.submit_application(application, actor=lead, responsibility=True)
    at("2026-04-10 23:59:59")
    assert actions.submit_application(application, actor=lead, responsibility=True).state == "submitted"


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        (lambda a: a.talent.all().delete(), "单位人才结构"),
        (lambda a: a.experts.all().delete(), "评审专家储备"),
        (lambda a: a.materials.filter(slot="pay_system").delete(), "“与职称挂钩的薪酬待遇体系”"),
        (lambda a: a.materials.filter(slot="appraisal").delete(), "“专业技术人员评聘、考核机制”"),
        (lambda a: a.enterprise.category_proofs.all().delete(), "企业类别"),
        (lambda a: a.checks.filter(condition="d").update(verdict="unmet"), "自查不符合"),
        (lambda a: a.checks.filter(condition="b").update(slot=""), "没有指明证明材料"),
        (lambda a: a.checks.filter(condition="c").delete(), "还没有自查"),
        (lambda a: a.specialities.clear(), "拟评专业"),
    ],
    ids=["talent", "experts", "pay", "appraisal", "category", "unmet", "unproven", "unanswered", "speciality"],
)
def test_nothing_incomplete_goes_up(filled, actor, missing, sentence):
    application = filled("A")
    missing(application)
    with pytest.raises(Blocked) as blocked:
        actions.hand_application_to_lead(application, actor=actor("ent_hr", "A"), commitment=True)
    assert sentence in sentences(blocked)
    assert PilotApplication.objects.get(pk=application.pk).state == "draft"


def test_an_expired_certificate_is_no_proof(filled, actor):
    application = filled("A")
    application.enterprise.category_proofs.update(valid_until=dt.date(2026, 2, 1))
    with pytest.raises(Blocked) as blocked:
        actions.hand_application_to_lead(application, actor=actor("ent_hr", "A"), commitment=True)
    assert "过期" in sentences(blocked)


def test_the_head_confirms_and_nobody_confirms_his_own(filled, actor, city):
    application = filled("A")
    actions.hand_application_to_lead(application, actor=actor("ent_hr", "A"), commitment=True)
    with pytest.raises(NotPermitted):
        actions.submit_application(application, actor=actor("ent_hr", "A"), responsibility=True)
    both = city.person("ent_hr", "A")
    same_person = Actor.of(grants.give(both, Role.ENT_LEAD, city["A"]))
    with pytest.raises(Blocked) as blocked:
        actions.submit_application(application, actor=same_person, responsibility=True)
    assert "前一环节以外的人" in sentences(blocked)


@pytest.mark.parametrize(("role", "place"), [("ent_lead", "B"), ("ent_hr", "B"), ("county", "haining")])
def test_no_other_company_and_no_bureau_submits(filled, actor, company, role, place):
    application = filled("A")
    company("B")
    actions.hand_application_to_lead(application, actor=actor("ent_hr", "A"), commitment=True)
    with pytest.raises(NotPermitted):
        actions.submit_application(application, actor=actor(role, place), responsibility=True)


def test_another_county_does_not_accept(applied, actor):
    application = applied("A", "submitted")
    with pytest.raises(NotPermitted):
        actions.accept_application(application, actor=actor("county", "tongxiang"))


def test_recall_ends_when_the_county_opens_it(applied, actor):
    application = applied("A", "submitted")
    lead = actor("ent_lead", "A")
    recalled = actions.recall_application(application, actor=lead)
    assert (recalled.state, recalled.submitted_at, recalled.first_submitted_at) == ("awaiting_lead", None, None)
    again = actions.submit_application(recalled, actor=lead, responsibility=True)
    actions.open_application(again, actor=actor("county", "haining"))
    with pytest.raises(Blocked) as blocked:
        actions.recall_application(again, actor=lead)
    assert "不能再撤回" in sentences(blocked)


def test_the_county_recommends_only_what_meets_all_conditions(applied, actor, city):
    application = applied("A", "accepted")
    county = actor("county", "haining")
    with pytest.raises(Blocked) as blocked:
        actions.recommend_application(application, actor=county)
    assert "还没有审查结论" in sentences(blocked)
    actions.save_county_check(application, actor=county, checks=checks("met", d="unclear"))
    with pytest.raises(Blocked) as blocked:
        actions.recommend_application(application, actor=county)
    assert len(blocked.value.reasons) == 1
    assert blocked.value.reasons[0].rule == "R-3.2d"
    actions.grant_exception(
        application.enterprise,
        actor=actor("city_lead", "city"),
        cycle=city.cycle,
        kind="condition",
        until=dt.date(2026, 3, 31),
        reason="专家正在引进",
    )
    assert actions.recommend_application(application, actor=county).state == "recommended"


def test_a_correction_tells_everything_and_a_second_says_why(applied, actor):
    application = applied("A", "submitted")
    county, hr, lead = actor("county", "haining"), actor("ent_hr", "A"), actor("ent_lead", "A")
    items = [{"place": "pay_system", "defect": "没有盖章", "remedy": "补盖公章后重新扫描"}]
    due = dt.date(2026, 2, 16)
    with pytest.raises(Blocked) as blocked:
        actions.return_application(application, actor=county, items=[], due_on=due)
    assert "至少写明一处" in sentences(blocked)
    returned = actions.return_application(application, actor=county, items=items, due_on=due)
    assert returned.state == "returned"
    assert Notification.objects.filter(user=hr.user, text__contains="需要补正").exists()
    actions.hand_application_to_lead(returned, actor=hr, commitment=True)
    again = actions.submit_application(returned, actor=lead, responsibility=True)
    assert again.open_correction is None
    with pytest.raises(Blocked) as blocked:
        actions.return_application(again, actor=county, items=items, due_on=due)
    assert blocked.value.reasons[0].field == "why_again"
    second = actions.return_application(again, actor=county, items=items, due_on=due, why_again="补传的文件缺页")
    assert second.corrections.count() == 2


def test_a_late_correction_waits_for_an_extension(applied, actor, at):
    application = applied("A", "submitted")
    county, hr = actor("county", "haining"), actor("ent_hr", "A")
    items = [{"place": "profile", "defect": "联系电话不通", "remedy": "更正联系电话"}]
    actions.return_application(application, actor=county, items=items, due_on=dt.date(2026, 4, 10))
    at("2026-04-08 10:00:00")  # the window is over, the correction is not
    assert not actions.hand_application_to_lead.reasons(PilotApplication.objects.get(), hr)
    at("2026-04-11 00:00:00")
    with pytest.raises(Blocked) as blocked:
        actions.hand_application_to_lead(application, actor=hr, commitment=True)
    assert "补正期限2026年4月10日（星期五）已过" in sentences(blocked)
    actions.extend_correction(application, actor=county, due_on=dt.date(2026, 4, 20), reason="企业停产检修")
    application = actions.hand_application_to_lead(application, actor=hr, commitment=True)
    assert application.state == "awaiting_lead"
    application = actions.submit_application(application, actor=actor("ent_lead", "A"), responsibility=True)
    assert (application.state, application.open_correction) == ("submitted", None)


def test_talent_sums_must_agree(draft, actor):
    application = draft("A")
    row = talent_row(Speciality.objects.first(), bachelor=34)
    with pytest.raises(Blocked) as blocked:
        actions.save_talent(application, actor=actor("ent_hr", "A"), rows=[row])
    assert "按职称是60人，按学历是59人，按年龄是60人" in sentences(blocked)
    assert not application.talent.exists()


def test_more_technical_staff_than_staff_is_told(filled, actor):
    application = filled("A")
    application.total_staff = 59
    application.save()
    with pytest.raises(Blocked) as blocked:
        actions.hand_application_to_lead(application, actor=actor("ent_hr", "A"), commitment=True)
    assert "人才结构表合计60人，多于职工总数59人" in sentences(blocked)


def test_two_people_do_not_overwrite_each_other(filled, actor):
    application = filled("A")
    hr = actor("ent_hr", "A")
    seen = application.version
    actions.save_self_check(application, actor=hr, expected_version=seen, checks=checks("met"))
    with pytest.raises(Stale):
        actions.save_self_check(application, actor=hr, expected_version=seen, checks=checks("unmet"))


def test_next_year_starts_from_this_year(filled, actor, at, city):
    last = filled("A")
    Cycle.objects.bulk_create([Cycle.defaults_for(2027)])
    at("2027-01-04 09:00:00")
    made = actions.start_application(last.enterprise, actor=actor("ent_hr", "A"), year=2027, copy_last=True)
    assert made.total_staff == 320
    assert made.talent.get().total == 60
    assert made.experts.count() == 5
    assert not made.materials.exists()
    assert not made.checks.exists()


def test_one_application_a_year(draft, actor):
    application = draft("A")
    with pytest.raises(Blocked) as blocked:
        actions.start_application(application.enterprise, actor=actor("ent_hr", "A"), year=2026)
    assert "已经建立" in sentences(blocked)


def test_a_withdrawn_application_can_begin_again_inside_the_window(filled, actor, at):
    application = filled("A")
    withdrawn = actions.withdraw_application(application, actor=actor("ent_lead", "A"), reason="明年再申请")
    assert withdrawn.state == "withdrawn"
    assert actions.reopen_application(withdrawn, actor=actor("ent_hr", "A")).state == "draft"
    actions.withdraw_application(application, actor=actor("ent_lead", "A"), reason="明年再申请")
    at("2026-04-01 00:00:00")
    with pytest.raises(Blocked):
        actions.reopen_application(application, actor=actor("ent_hr", "A"))


def test_the_database_refuses_a_jump(draft):
    application = draft("A")
    with pytest.raises(InternalError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE enterprises_pilotapplication SET state = 'approved' WHERE id = %s", [application.pk])


def test_a_draft_is_the_companys_own(draft, actor):
    draft("A")
    for role, place in [("county", "haining"), ("city_clerk", "city"), ("ent_hr", "B")]:
        assert not PilotApplication.objects.visible_to(actor(role, place)).exists()


def test_an_empty_list_is_not_drafted(bureaus, actor, city):
    with pytest.raises(Blocked):
        actions.draft_list(bureaus["city"], actor=actor("city_clerk", "city"), cycle=city.cycle)
    assert not ApprovedList.objects.exists()
