"""信用档案 and 处置 by their steps: notice before decision, three hands, dated effects (C-2, C-3, C-6)."""

import datetime as dt

import pytest

from enterprises import actions
from enterprises.models import CreditRecord, SanctionCase
from enterprises.queries import standing
from enterprises.queries.effects import effects_of
from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.actions import Blocked, NotPermitted

CLAUSE = "办法六（三）"


def stands(scenes):
    scenes.applied("A", "reviewed")


@pytest.fixture
def opened(listed, actor, city):
    """`opened("suspend")` → a case against company A."""

    def begin(measure: str = "suspend") -> SanctionCase:
        enterprise = listed("A").enterprise
        return actions.open_sanction(
            enterprise,
            actor=actor("city_clerk", "city"),
            cycle=city.cycle,
            measure=measure,
            clause=CLAUSE,
            facts="评审会前未备案",
        )

    return begin


@pytest.fixture
def decided(opened, actor):
    """`decided("suspend", …)` → answered by the company, proposed, reviewed, decided."""

    def go(measure: str = "suspend", effective_on=None, **proposal) -> SanctionCase:
        sanction = opened(measure)
        clerk = actor("city_clerk", "city")
        sanction = actions.notify_company(sanction, actor=clerk, answer_due_on=dt.date(2026, 2, 9))
        sanction = actions.answer_notice(sanction, actor=actor("ent_lead", "A"), answer="情况属实，已补备案")
        sanction = actions.propose_measure(
            sanction,
            actor=clerk,
            measure=measure,
            opinion="事实清楚",
            effective_on=effective_on or clock.today(),
            **proposal,
        )
        sanction = actions.review_sanction(sanction, actor=actor("city_reviewer", "city"))
        return actions.decide_sanction(
            sanction,
            actor=actor("city_lead", "city"),
            decision_number="嘉人社〔2026〕1号",
            decision="暂停自主评审",
        )

    return go


def test_the_company_learns_of_it_when_it_is_told(opened, actor):
    sanction = opened()
    lead = actor("ent_lead", "A")
    assert not SanctionCase.objects.visible_to(lead).exists()
    actions.notify_company(sanction, actor=actor("city_clerk", "city"), answer_due_on=dt.date(2026, 2, 9))
    assert SanctionCase.objects.visible_to(lead).count() == 1
    assert not SanctionCase.objects.visible_to(actor("ent_lead", "B")).exists()


def test_without_an_answer_the_days_must_pass(opened, actor, at):
    clerk = actor("city_clerk", "city")
    with pytest.raises(Blocked):
        actions.notify_company(opened(), actor=clerk, answer_due_on=dt.date(2026, 2, 4))
    sanction = actions.notify_company(SanctionCase.objects.get(), actor=clerk, answer_due_on=dt.date(2026, 2, 9))
    at("2026-02-09 23:59:59")
    with pytest.raises(Blocked) as blocked:
        actions.close_hearing(sanction, actor=clerk)
    assert "期限还没有到" in str(blocked.value)
    at("2026-02-10 00:00:00")
    assert actions.close_hearing(sanction, actor=clerk).state == "answered"


def test_a_suspension_is_a_dated_fact_and_ends_by_decision(decided, actor, city, at):
    sanction = actions.execute_sanction(decided("suspend"), actor=actor("city_clerk", "city"))
    enterprise = sanction.enterprise
    assert sanction.state == "effective"
    now = standing(enterprise, city.cycle)
    assert (now.may_review, now.status) == (False, "suspended")
    assert standing(enterprise, city.cycle, on=dt.date(2026, 2, 1)).status == "none"  # before it was granted
    assert CreditRecord.objects.get().kind == "suspend"
    held = enterprise.authorities.get()
    lead = actor("city_lead", "city")
    with pytest.raises(Blocked) as blocked:
        actions.resume_review(held, actor=lead, resumed_on=dt.date(2026, 2, 2), reason="已整改")
    assert "次日" in str(blocked.value)
    at("2026-03-02 10:00:00")
    actions.resume_review(held, actor=lead, resumed_on=dt.date(2026, 3, 3), reason="已整改")
    assert not standing(enterprise, city.cycle).may_review
    assert standing(enterprise, city.cycle, on=dt.date(2026, 3, 3)).may_review
    with pytest.raises(Blocked):
        actions.resume_review(held, actor=lead, resumed_on=dt.date(2026, 3, 4), reason="已整改")


def test_a_suspended_company_neither_plans_nor_sends(decided, actor):
    sanction = actions.execute_sanction(decided("suspend"), actor=actor("city_clerk", "city"))
    with pytest.raises(Blocked) as blocked:
        actions.start_plan(sanction.enterprise.authorities.get(), actor=actor("ent_hr", "A"))
    assert "暂停" in str(blocked.value)


def test_a_withdrawn_authority_is_gone_for_the_year(decided, actor, city):
    sanction = actions.execute_sanction(decided("withdraw"), actor=actor("city_clerk", "city"))
    assert standing(sanction.enterprise, city.cycle).status == "withdrawn"
    with pytest.raises(Blocked) as blocked:
        actions.open_sanction(
            sanction.enterprise,
            actor=actor("city_clerk", "city"),
            cycle=city.cycle,
            measure="suspend",
            clause=CLAUSE,
            facts="又一事",
        )
    assert blocked.value.reasons[0].field == "measure"


def test_a_later_effect_waits_for_its_day(decided, actor, city):
    sanction = decided("suspend", effective_on=dt.date(2026, 2, 20))
    sanction = actions.execute_sanction(sanction, actor=actor("city_clerk", "city"))
    assert standing(sanction.enterprise, city.cycle).may_review
    assert not standing(sanction.enterprise, city.cycle, on=dt.date(2026, 2, 20)).may_review


def test_the_measure_never_exceeds_what_the_company_was_told(opened, actor):
    clerk = actor("city_clerk", "city")
    sanction = actions.notify_company(opened("rectify"), actor=clerk, answer_due_on=dt.date(2026, 2, 9))
    sanction = actions.answer_notice(sanction, actor=actor("ent_lead", "A"), answer="已补备案")
    with pytest.raises(Blocked) as blocked:
        actions.propose_measure(sanction, actor=clerk, measure="suspend", opinion="加重", effective_on=clock.today())
    assert "不能重于" in str(blocked.value)
    with pytest.raises(Blocked) as blocked:
        actions.propose_measure(sanction, actor=clerk, measure="rectify", opinion="整改", effective_on=clock.today())
    assert blocked.value.reasons[0].field == "rectify_due_on"


@pytest.mark.parametrize("role", ["city_clerk", "city_reviewer"])
def test_only_the_leadership_decides(opened, actor, role):
    clerk = actor("city_clerk", "city")
    sanction = actions.notify_company(opened(), actor=clerk, answer_due_on=dt.date(2026, 2, 9))
    sanction = actions.answer_notice(sanction, actor=actor("ent_lead", "A"), answer="无")
    sanction = actions.propose_measure(
        sanction, actor=clerk, measure="suspend", opinion="暂停", effective_on=clock.today()
    )
    sanction = actions.review_sanction(sanction, actor=actor("city_reviewer", "city"))
    with pytest.raises(NotPermitted):
        actions.decide_sanction(sanction, actor=actor(role, "city"), decision_number="1号", decision="暂停")


def test_a_company_leaves_by_its_own_wish(listed, actor, city):
    held = listed("A")
    with pytest.raises(NotPermitted):
        actions.request_exit(held, actor=actor("ent_hr", "A"), reason="业务调整")
    sanction = actions.request_exit(held, actor=actor("ent_lead", "A"), reason="业务调整")
    assert (sanction.state, sanction.measure) == ("answered", "exit")
    clerk = actor("city_clerk", "city")
    sanction = actions.propose_measure(
        sanction, actor=clerk, measure="exit", opinion="同意退出", effective_on=clock.today()
    )
    sanction = actions.review_sanction(sanction, actor=actor("city_reviewer", "city"))
    sanction = actions.decide_sanction(
        sanction, actor=actor("city_lead", "city"), decision_number="2号", decision="同意退出"
    )
    actions.execute_sanction(sanction, actor=clerk)
    assert standing(held.enterprise, city.cycle).status == "exited"


def test_a_serious_case_is_referred(decided, actor):
    sanction = decided("suspend")
    actions.refer_sanction(
        sanction,
        actor=actor("city_lead", "city"),
        referred_to="嘉兴市纪委监委驻局纪检组",
        referred_on=clock.today(),
        matter="经办人弄虚作假",
        materials="处置卷宗",
    )
    assert sanction.referrals.get().referred_to.startswith("嘉兴市")


def test_a_credit_record_is_told_answered_and_annulled_never_deleted(company, actor):
    enterprise = company("A")
    with pytest.raises(NotPermitted):
        actions.record_credit(
            enterprise,
            actor=actor("county", "tongxiang"),
            kind="overdue",
            occurred_on=clock.today(),
            clause="办法六（一）",
            facts="逾期",
        )
    record = actions.record_credit(
        enterprise,
        actor=actor("county", "haining"),
        kind="overdue",
        occurred_on=clock.today(),
        clause="办法六（一）",
        facts="逾期报送",
    )
    lead = actor("ent_lead", "A")
    actions.reply_to_credit(record, actor=lead, reply="系统故障所致")
    with pytest.raises(Blocked):
        actions.reply_to_credit(record, actor=lead, reply="再说一次")
    annulled = actions.annul_credit(record, actor=actor("city_lead", "city"), reason="核实为系统故障")
    assert (annulled.annul_reason, CreditRecord.objects.count()) == ("核实为系统故障", 1)


def test_effects_are_told_before_anybody_signs(drafted, actor, pdf, city):
    plan = drafted("A")
    plan = actions.resolve_plan(
        plan,
        actor=actor("ent_lead", "A"),
        met_on=clock.today(),
        attendees="周明",
        conclusion="同意",
        file=pdf("纪要.pdf"),
    )
    assert effects_of(plan.enterprise, city.cycle, "suspend") == ["1份待审核的试点工作方案将停止办理。"]
    assert effects_of(plan.enterprise, city.cycle, "remind") == ["不影响正在进行的评审，记入信用档案。"]


def test_a_successor_takes_over_at_once(company, actor, city):
    enterprise = company("A")
    leaving = actor("ent_hr", "A")
    successor = city.person("panel_sec", "A")
    membership = leaving.user.memberships.get(role="ent_hr")
    actions.hand_over(enterprise, actor=actor("ent_lead", "A"), leaving=membership, successor=successor, note="离职")
    with pytest.raises(NotPermitted):
        actions.update_enterprise(enterprise, actor=leaving, legal_person="周明")
    taking = Actor.of(successor.memberships.get(role="ent_hr"))
    actions.update_enterprise(enterprise, actor=taking, legal_person="周明")
    assert enterprise.hand_overs.get().from_user == leaving.user
