"""G8: HR verifies, returns, refuses, adds what came later; initial grant and exceptional route."""

import datetime as dt

import pytest

from applications import actions
from applications.models import TitleApplication
from applications.queries import holds_on
from enterprises.models import Criterion
from jiaxing_titles.actions import Blocked, NotPermitted
from jiaxing_titles.notifications.models import Notification
from tests.scenes.engineer import RECORDS, endorse, hours, ticks

pytestmark = pytest.mark.django_db


def stands(scenes):
    scenes.open_round("A")


ITEM = {"topic": "work", "problem": "缺少2022年的劳动合同", "remedy": "补传合同首页和签字页"}
LATER = dt.date(2026, 9, 20)


def texts(refused) -> str:
    return "；".join(str(reason) for reason in refused.value.reasons)


def test_endorse_needs_every_fact_ticked(open_round, submitted, actor):
    application, hr = submitted(open_round()), actor("ent_hr", "A")
    some = ticks(application)[:-1]
    application = actions.check_facts(application, actor=hr, checks=some)
    with pytest.raises(Blocked) as refused:
        actions.endorse(application, actor=hr)
    assert "还有1项没有核实" in texts(refused) and "夹具改造" in texts(refused)
    assert endorse(application, hr).state == "endorsed"


def test_a_doubt_needs_words_and_stops_the_endorsement(open_round, submitted, actor):
    application, hr = submitted(open_round()), actor("ent_hr", "A")
    checks = ticks(application)
    checks[0] = {**checks[0], "finding": "doubt"}
    with pytest.raises(Blocked):
        actions.check_facts(application, actor=hr, checks=checks)
    checks[0]["note"] = "出生日期与证件不符"
    application = actions.check_facts(application, actor=hr, checks=checks)
    with pytest.raises(Blocked) as refused:
        actions.endorse(application, actor=hr)
    assert "出生日期与证件不符" in texts(refused)


def test_a_return_makes_a_new_version_and_only_changed_facts_are_looked_at_again(
    open_round, submitted, employee, actor
):
    year, hr = open_round(), actor("ent_hr", "A")
    application = submitted(year)
    application = actions.check_facts(application, actor=hr, checks=ticks(application))
    application = actions.return_application(application, actor=hr, items=[ITEM], due_on=LATER)
    assert application.state == "returned"
    me = employee(year)
    two_jobs = [{**RECORDS["work"][0], "ended_on": "2024-12-31"}, {**RECORDS["work"][0], "began_on": "2025-01-01"}]
    application = actions.save_records(application, actor=me, topic="work", rows=two_jobs)
    application = actions.submit(application, actor=me, agreed=True, typed_name="张三")
    assert [one.number for one in application.versions.all()] == [1, 2]
    assert len(application.versions.first().snapshot["topics"]["work"]) == 1
    with pytest.raises(Blocked) as refused:
        actions.endorse(application, actor=hr)
    assert "还有2项没有核实" in texts(refused)


def test_a_second_return_says_why_it_was_not_in_the_first(open_round, submitted, employee, actor):
    year, hr = open_round(), actor("ent_hr", "A")
    application = actions.return_application(submitted(year), actor=hr, items=[ITEM], due_on=LATER)
    application = actions.submit(application, actor=employee(year), agreed=True, typed_name="张三")
    with pytest.raises(Blocked) as refused:
        actions.return_application(application, actor=hr, items=[ITEM], due_on=LATER)
    assert refused.value.reasons[0].field == "why_not_earlier"
    again = actions.return_application(
        application, actor=hr, items=[ITEM], due_on=LATER, why_not_earlier="新版本才出现的问题"
    )
    assert again.returns.count() == 2


def test_a_return_needs_an_item_and_a_day_to_come(open_round, submitted, actor):
    application, hr = submitted(open_round()), actor("ent_hr", "A")
    with pytest.raises(Blocked):
        actions.return_application(application, actor=hr, items=[], due_on=LATER)
    with pytest.raises(Blocked):
        actions.return_application(application, actor=hr, items=[ITEM], due_on=dt.date(2026, 9, 1))


def test_refusal_tells_the_person_alone_and_can_be_looked_at_again(open_round, submitted, actor):
    application, hr = submitted(open_round()), actor("ent_hr", "A")
    application = actions.refuse(application, actor=hr, clause="附件一", reason="2024年考核材料不实")
    assert (application.state, application.decision_clause) == ("not_endorsed", "附件一")
    told = Notification.objects.filter(user=application.person).last()
    assert "未能进入单位公示" in told.body if hasattr(told, "body") else told is not None
    application = actions.reconsider(application, actor=hr)
    assert (application.state, application.decision_reason) == ("submitted", "")


def test_another_companys_hr_may_not_decide(open_round, submitted, actor, company):
    application = submitted(open_round())
    company("B")
    with pytest.raises(NotPermitted):
        actions.refuse(application, actor=actor("ent_hr", "B"), clause="附件一", reason="不是本单位")
    assert not TitleApplication.objects.visible_to(actor("ent_hr", "B")).exists()


def test_the_bureaus_cannot_decide_for_hr(open_round, submitted, actor):
    application = submitted(open_round())
    for role, place in [("county", "haining"), ("city_clerk", "city"), ("ent_lead", "A")]:
        with pytest.raises(NotPermitted):
            actions.endorse(application, actor=actor(role, place))


def test_nobody_verifies_himself(open_round, submitted, city, actor):
    """HR who applies: another person of the desk has to decide."""
    from jiaxing_titles.accounts import grants
    from jiaxing_titles.accounts.actor import Actor
    from jiaxing_titles.accounts.roles import Role

    application = submitted(open_round())
    both = Actor.of(grants.give(application.person, Role.ENT_HR, city["A"]))
    with pytest.raises(Blocked) as refused:
        actions.check_facts(application, actor=both, checks=ticks(application))
    assert "不能审核本人的申报" in texts(refused)


def test_another_hr_person_takes_over_in_the_middle(open_round, submitted, city, actor):
    """The one who began leaves; ticks and history stay, the next goes on (F-03)."""
    from jiaxing_titles.accounts import grants
    from jiaxing_titles.accounts.models import Membership

    application, first = submitted(open_round()), actor("ent_hr", "A")
    application = actions.check_facts(application, actor=first, checks=ticks(application))
    second = actor("ent_hr", "A", "王接手")
    grants.end(Membership.objects.get(user=first.user, role="ent_hr", ended_at=None))
    with pytest.raises(NotPermitted):
        actions.endorse(application, actor=first)
    assert actions.endorse(application, actor=second).state == "endorsed"


def test_hours_that_come_later_make_a_version_and_lift_the_hold(open_round, submitted, actor):
    application, hr = submitted(open_round(), records={"hours": hours("88")}), actor("ent_hr", "A")
    application = endorse(application, hr)
    assert "A-2" in {reason.rule for reason in holds_on(application)}
    more = [{**hours("2")[0], "certificate_number": "JX-2"}]
    application = actions.supplement_hours(application, actor=hr, rows=more, note="公需课")
    assert (application.verdict, application.hours_pending) == ("eligible", False)
    assert (application.latest.number, application.latest.supplement) == (2, "补充学时：公需课")
    assert "A-2" not in {reason.rule for reason in holds_on(TitleApplication.objects.get(pk=application.pk))}


def test_the_same_certificate_twice_counts_once(open_round, submitted, actor):
    application, hr = submitted(open_round(), records={"hours": hours("88")}), actor("ent_hr", "A")
    application = actions.supplement_hours(application, actor=hr, rows=hours("88"), note="同一证书")
    assert application.hours_pending


def initial(**changes):
    """A fresh bachelor: 初定 of an assistant engineer."""
    facts = {
        "level": "assistant_engineer",
        "route": "initial",
        "records": {
            "education": [{**RECORDS["education"][0], "awarded_on": "2025-06-30"}],
            "work": [{**RECORDS["work"][0], "began_on": "2025-07-01"}],
            "assessments": [],
            "hours": [],
        },
    }
    return {**facts, **changes}


def test_initial_grant_needs_the_companys_assessment(open_round, submitted, actor):
    application, hr = submitted(open_round(), **initial()), actor("ent_hr", "A")
    application = actions.check_facts(application, actor=hr, checks=ticks(application))
    with pytest.raises(Blocked) as refused:
        actions.endorse(application, actor=hr)
    assert "还没有登记初定考核结果" in texts(refused)
    application = actions.record_initial_check(
        application,
        actor=hr,
        result="qualified",
        checked_on=dt.date(2026, 9, 1),
        assessors="赵工、钱工",
        opinion="胜任本岗位工作",
    )
    assert "pass" in application.eligibility["initial"].values()
    assert actions.endorse(application, actor=hr).state == "endorsed"


def test_initial_grant_with_an_unqualified_assessment_stops(open_round, submitted, actor):
    application, hr = submitted(open_round(), **initial()), actor("ent_hr", "A")
    application = actions.record_initial_check(
        application, actor=hr, result="unqualified", checked_on=dt.date(2026, 9, 1), assessors="赵工", opinion="不合格"
    )
    application = actions.check_facts(application, actor=hr, checks=ticks(application))
    with pytest.raises(Blocked):
        actions.endorse(application, actor=hr)


def test_nobody_from_a_high_school_is_granted_initially(open_round, drafted_application, employee):
    year = open_round()
    school = [
        {
            **RECORDS["education"][0],
            "level": "high_school",
            "award": "diploma",
            "started_on": "",
            "awarded_on": "2010-06-30",
        }
    ]
    facts = initial(records={**initial()["records"], "education": school})
    application = drafted_application(year, **facts)
    with pytest.raises(Blocked) as refused:
        actions.submit(application, actor=employee(year), agreed=True, typed_name="张三")
    assert "A-4" in {reason.rule for reason in refused.value.reasons}


RECOMMENDERS = [
    {
        "name": name,
        "title": "高级工程师",
        "employer": "示例研究院",
        "reason": "贡献突出",
        "signed_on": dt.date(2026, 8, 20),
    }
    for name in ("孙推荐", "李推荐")
]


@pytest.fixture
def exceptional(open_round, drafted_application, employee):
    """A draft by the exceptional route of somebody who meets no ordinary condition."""

    def write(recommendations=RECOMMENDERS):
        year = open_round()
        late = [{**RECORDS["work"][0], "began_on": "2024-07-01"}]
        application = drafted_application(year, route="exceptional", records={"work": late})
        criterion = Criterion.objects.get(plan=year.plan, route="exceptional")
        return actions.save_exceptional(
            application,
            actor=employee(year),
            criterion=criterion,
            grounds="主持改造年增效120万元。",
            recommendations=recommendations,
        )

    return write


def test_exceptional_goes_to_the_city_with_the_endorsement_and_is_held_until_it_agrees(exceptional, employee, actor):
    application, hr = exceptional(), actor("ent_hr", "A")
    me = employee(application.round)
    application = actions.submit(application, actor=me, agreed=True, typed_name="张三")
    assert application.verdict == "refer"
    application = endorse(application, hr)
    file = application.exceptional_file
    file.refresh_from_db()
    assert file.state == "sent"
    assert "R-5.1.7" in {reason.rule for reason in holds_on(application)}
    clerk, reviewer = actor("city_clerk", "city"), actor("city_reviewer", "city")
    with pytest.raises(NotPermitted):
        actions.examine_exceptional(file, actor=hr, opinion="同意")
    file = actions.examine_exceptional(file, actor=clerk, opinion="材料齐全")
    file = actions.acknowledge_exceptional(file, actor=reviewer, decision="同意破格申报")
    assert file.state == "acknowledged"
    application = TitleApplication.objects.get(pk=application.pk)
    assert "R-5.1.7" not in {reason.rule for reason in holds_on(application)}


@pytest.mark.parametrize(
    ("recommendations", "word"),
    [
        (RECOMMENDERS[:1], ""),
        ([RECOMMENDERS[0], RECOMMENDERS[0]], "不同的人"),
        ([{**RECOMMENDERS[0], "name": "张三"}], "本人"),
    ],
)
def test_exceptional_needs_two_other_people(exceptional, employee, recommendations, word):
    if word:
        with pytest.raises(Blocked, match=word):
            exceptional(recommendations)
        return
    application = exceptional(recommendations)
    with pytest.raises(Blocked) as refused:
        actions.submit(application, actor=employee(application.round), agreed=True, typed_name="张三")
    assert "R-5.1.7" in {reason.rule for reason in refused.value.reasons}


def test_who_meets_no_condition_is_pointed_to_the_exceptional_route(exceptional, employee):
    application = exceptional()
    me = employee(application.round)
    application = actions.save_scope(
        application,
        actor=me,
        level="engineer",
        speciality=application.speciality,
        route="review",
        department="工艺部",
        position="工艺员",
    )
    with pytest.raises(Blocked) as refused:
        actions.submit(application, actor=me, agreed=True, typed_name="张三")
    assert "A-3" in {reason.rule for reason in refused.value.reasons}
