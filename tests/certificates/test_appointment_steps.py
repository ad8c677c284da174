"""聘任兑现 (G22): the company records, the person or the county closes it."""

import datetime as dt

import pytest

from applications.models import TitleApplication
from certificates import actions
from certificates.choices import AppointmentState as S
from certificates.models import Appointment
from certificates.queries.fulfilment import fulfilment
from certificates.reminders import appointments_due
from jiaxing_titles.actions import Blocked, NotPermitted
from tests.scenes.announcing import RECORD, paper
from tests.scenes.registry import reload

steps = actions.appointment


def stands(scenes):
    scenes.submitted(scenes.open_round("A"), "张三")


def test_the_person_confirms_and_the_application_is_appointed(recorded, employee, actor):
    case = recorded("张三")
    assert case.state == S.RECORDED
    assert TitleApplication.objects.get().state == "announced"
    case = steps.confirm_appointment(case, actor=actor("applicant", "A", "张三"), confirmed=True)
    assert case.state == S.CONFIRMED
    assert TitleApplication.objects.get().state == "appointed"


def test_nobody_else_confirms(recorded, actor):
    case = recorded("张三")
    for who in (actor("ent_hr", "A"), actor("county", "haining"), actor("applicant", "B", "王五")):
        with pytest.raises(NotPermitted):
            steps.confirm_appointment(case, actor=who, confirmed=True)
    colleague = actor("applicant", "A", "赵六")
    with pytest.raises(NotPermitted):
        steps.confirm_appointment(case, actor=colleague, confirmed=True)


def test_evidence_is_needed(issued, actor):
    issued("张三")
    case = Appointment.objects.get()
    with pytest.raises(Blocked) as refused:
        steps.record_appointment(case, actor=actor("ent_hr", "A"), **RECORD)
    assert refused.value.reasons[0].field == "evidence"
    assert reload(case).state == S.PENDING


def test_a_term_before_the_title_is_refused(issued, actor):
    issued("张三")
    early = {**RECORD, "appointed_from": dt.date(2026, 12, 1)}
    with pytest.raises(Blocked) as refused:
        steps.record_appointment(Appointment.objects.get(), actor=actor("ent_hr", "A"), evidence=paper(), **early)
    assert refused.value.reasons[0].field == "appointed_from"


def test_another_company_neither_sees_nor_records(issued, actor):
    issued("张三")
    case = Appointment.objects.get()
    stranger = actor("ent_hr", "B")
    assert not Appointment.objects.visible_to(stranger).exists()
    with pytest.raises(NotPermitted):
        steps.record_appointment(case, actor=stranger, evidence=paper(), **RECORD)


def test_a_dispute_is_kept_from_the_employer_and_settled_by_the_county(recorded, actor):
    case = recorded("张三")
    me, county = actor("applicant", "A", "张三"), actor("county", "haining")
    case = steps.dispute_appointment(case, actor=me, dispute="津贴没有发。")
    assert case.state == S.DISPUTED
    assert not case.shows_dispute_to(actor("ent_hr", "A"))
    assert case.shows_dispute_to(county) and case.shows_dispute_to(me)
    with pytest.raises(NotPermitted):
        steps.verify_appointment(case, actor=actor("county", "tongxiang"), findings="已补发")
    case = steps.verify_appointment(case, actor=county, findings="已补发，工资单属实。")
    assert case.state == S.VERIFIED
    assert TitleApplication.objects.get().state == "appointed"


def test_the_county_cannot_confirm_what_was_never_recorded(issued, actor):
    issued("张三")
    me = actor("applicant", "A", "张三")
    case = steps.dispute_appointment(Appointment.objects.get(), actor=me, dispute="单位没有办。")
    with pytest.raises(Blocked) as refused:
        steps.verify_appointment(case, actor=actor("county", "haining"), findings="x")
    assert refused.value.reasons[0].gate == "G22"


def test_not_appointed_needs_its_reason_and_can_be_made_good(issued, actor):
    issued("张三")
    hr = actor("ent_hr", "A")
    case = steps.leave_out_appointment(Appointment.objects.get(), actor=hr, absence_reason="岗位编制已满")
    assert case.state == S.NOT_APPOINTED
    case = steps.record_appointment(case, actor=hr, evidence=paper(), **RECORD)
    assert case.state == S.RECORDED
    assert case.absence_reason == ""


def test_the_ledger_counts_by_company(recorded, actor, city, at):
    recorded("张三", "李四")
    at("2027-03-01 09:00:00")
    rows = fulfilment(actor("county", "haining"), city.cycle)
    assert [(row.total, row.fulfilled, row.overdue) for row in rows] == [(2, 0, 2)]
    assert fulfilment(actor("county", "tongxiang"), city.cycle) == []


def test_reminders_come_a_week_before_and_the_day_after(issued, actor, city):
    issued("张三", "李四")
    actor("ent_hr", "A"), actor("county", "haining")
    due = Appointment.objects.first().due_on
    assert list(appointments_due(due)) == []
    (near,) = appointments_due(due - dt.timedelta(days=7))
    assert "2人" in near.text and [user.name for user in near.users] == ["企业经办A"]
    late = list(appointments_due(due + dt.timedelta(days=1)))
    assert {user.name for one in late for user in one.users} == {"企业经办A", "县(市、区)人社局haining"}
    assert len({one.key for one in [near, *late]}) == 3
