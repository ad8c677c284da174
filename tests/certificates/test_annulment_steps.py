"""无效与撤销 (C-1, C-4): told, heard, three officials, a new dated fact."""

import datetime as dt

import pytest
from django.db import InternalError, transaction

from applications.models import TitleApplication
from certificates import actions
from certificates.choices import AnnulmentKind, AppointmentState, GrantStanding
from certificates.choices import AnnulmentState as S
from certificates.models import Annulment, Appointment, TitleGrant
from certificates.queries.annulment import downstream
from enterprises.models import CreditRecord
from jiaxing_titles.actions import Blocked, NotPermitted
from tests.scenes.registry import reload

steps = actions.annulment
DECISION = {"number": "嘉人社〔2027〕8号", "dated_on": dt.date(2027, 3, 20)}


def stands(scenes):
    scenes.submitted(scenes.open_round("A"), "张三")


@pytest.fixture
def opened(issued, clerk, at):
    """A case of fraud against the first person announced."""

    def open_case(ground="false_material") -> Annulment:
        issued("张三", "李四")
        at("2027-03-01 09:00:00")
        application = TitleApplication.objects.get(person__name="张三")
        return steps.open_annulment(application, actor=clerk, ground=ground, facts="业绩材料系伪造。")

    return open_case


@pytest.fixture
def ready(opened, clerk, reviewer, at):
    """Noticed, unanswered, time past, checked by 审核; 20 March 2027."""

    def go(ground="false_material") -> Annulment:
        case = steps.notice_annulment(opened(ground), actor=clerk, statement_due_on=dt.date(2027, 3, 15))
        at("2027-03-20 09:00:00")
        case = steps.close_hearing(case, actor=clerk)
        case = steps.submit_annulment(case, actor=clerk, conclusion="建议撤销。")
        return steps.review_annulment(case, actor=reviewer)

    return go


def test_a_revocation_changes_everything_that_hangs_on_the_title(ready, lead):
    case = steps.decide_annulment(ready(), actor=lead, **DECISION)
    assert case.state == S.DECIDED
    assert case.kind == AnnulmentKind.REVOKE
    grant = TitleGrant.objects.with_standing().get(person__name="张三")
    assert grant.standing == GrantStanding.REVOKED
    assert TitleApplication.objects.get(person__name="张三").state == "revoked"
    assert Appointment.objects.get(grant=grant).state == AppointmentState.ENDED
    assert CreditRecord.objects.get().kind == "fraud"
    assert {one.task: one.done for one in downstream(case)} == {
        "公众查询和证书验证": True,
        "企业聘任兑现": True,
        "报送省系统": True,
    }
    other = TitleGrant.objects.with_standing().get(person__name="李四")
    assert other.standing == GrantStanding.VALID


def test_a_result_out_of_scope_is_void(ready, lead):
    case = steps.decide_annulment(ready("out_of_scope"), actor=lead, **DECISION)
    assert case.kind == AnnulmentKind.VOID
    assert TitleApplication.objects.get(person__name="张三").state == "voided"
    assert CreditRecord.objects.get().kind == "out_of_scope"
    assert case.grant.standing == GrantStanding.VOIDED


def test_nothing_is_decided_before_the_person_was_heard(opened, clerk, at, actor):
    case = steps.notice_annulment(opened(), actor=clerk, statement_due_on=dt.date(2027, 3, 15))
    with pytest.raises(Blocked):
        steps.close_hearing(case, actor=clerk)
    at("2027-03-15 23:59:59")
    with pytest.raises(Blocked):
        steps.close_hearing(case, actor=clerk)
    case = steps.state_defence(case, actor=actor("applicant", "A", "张三"), statement="材料真实。")
    assert steps.close_hearing(case, actor=clerk).state == S.HEARD


def test_the_person_and_the_company_see_it_from_the_notice_on(opened, clerk, actor):
    case = opened()
    me, hr, county = actor("applicant", "A", "张三"), actor("ent_hr", "A"), actor("county", "haining")
    colleague, other = actor("applicant", "A", "李四"), actor("ent_hr", "B")
    assert not any(Annulment.objects.visible_to(who).exists() for who in (me, hr, county, colleague, other))
    steps.notice_annulment(case, actor=clerk, statement_due_on=dt.date(2027, 3, 15))
    assert all(Annulment.objects.visible_to(who).exists() for who in (me, hr, county))
    assert not any(Annulment.objects.visible_to(who).exists() for who in (colleague, other))


def test_three_officials_and_no_one_else(ready, clerk, reviewer, lead, actor):
    case = ready()
    for who in (clerk, reviewer, actor("county", "haining"), actor("ent_lead", "A")):
        with pytest.raises(NotPermitted):
            steps.decide_annulment(case, actor=who, **DECISION)
    assert steps.decide_annulment(case, actor=lead, **DECISION).number == DECISION["number"]


def test_a_decision_shares_the_register_of_numbers(ready, lead):
    case = ready()
    with pytest.raises(Blocked) as refused:
        steps.decide_annulment(case, actor=lead, number="嘉人社〔2026〕3号", dated_on=dt.date(2026, 12, 20))
    assert "已用于" in str(refused.value)
    assert TitleApplication.objects.get(person__name="张三").state == "announced"


def test_a_decision_is_final_in_the_database(ready, lead):
    case = steps.decide_annulment(ready(), actor=lead, **DECISION)
    with pytest.raises(InternalError), transaction.atomic():
        Annulment.objects.filter(pk=case.pk).update(facts="改过")
    with pytest.raises(InternalError), transaction.atomic():
        Annulment.objects.filter(pk=case.pk)._raw_delete("default")


def test_what_is_no_title_yet_can_be_void_but_not_revoked(on_notice, clerk, reviewer, lead, at):
    roster = on_notice("张三", "李四")
    application = TitleApplication.objects.get(person__name="张三")
    with pytest.raises(Blocked) as refused:
        steps.open_annulment(application, actor=clerk, ground="false_material", facts="x")
    assert refused.value.reasons[0].field == "ground"
    case = steps.open_annulment(application, actor=clerk, ground="other_employer", facts="系其他单位人员。")
    case = steps.notice_annulment(case, actor=clerk, statement_due_on=dt.date(2026, 12, 8))
    at("2026-12-09 09:00:00")
    case = steps.submit_annulment(steps.close_hearing(case, actor=clerk), actor=clerk, conclusion="无效。")
    case = steps.review_annulment(case, actor=reviewer)
    steps.decide_annulment(case, actor=lead, number="嘉人社〔2026〕2号", dated_on=dt.date(2026, 12, 9))
    line = roster.lines.get(name="张三")
    assert line.fate == "excluded"
    assert line.entry.removed_at is not None
    assert roster.lines.get(name="李四").fate == "waiting"


def test_one_live_case_a_person(opened, clerk):
    case = opened()
    with pytest.raises(Blocked):
        steps.open_annulment(case.application, actor=clerk, ground="false_material", facts="再次")


def test_a_dropped_case_stays_on_record_and_allows_another(opened, clerk, reviewer):
    case = steps.drop_annulment(opened(), actor=reviewer, reason="查无实据")
    assert reload(case).conclusion == "查无实据"
    again = steps.open_annulment(case.application, actor=clerk, ground="false_material", facts="新的线索")
    assert again.pk != case.pk


def test_the_appointment_is_closed_to_the_company(ready, lead, actor):
    steps.decide_annulment(ready(), actor=lead, **DECISION)
    case = Appointment.objects.get(person__name="张三")
    with pytest.raises(Blocked):
        actions.appointment.leave_out_appointment(case, actor=actor("ent_hr", "A"), absence_reason="x")
