"""G7: who may begin and submit, what is frozen, taking back and giving up."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from applications import actions
from applications.models import SubmittedVersion, TitleApplication
from applications.queries import find_by_lookup_code
from applications.rules.lookup_code import shown
from enterprises.models import Speciality
from jiaxing_titles.actions import Blocked, NotPermitted
from jiaxing_titles.audit.queries import events_of
from tests.scenes.engineer import RECORDS, hours

pytestmark = pytest.mark.django_db


def stands(scenes):
    scenes.open_round("A")


def rules_of(refused) -> set[str]:
    return {reason.rule for reason in refused.value.reasons}


def test_submit_freezes_a_version_with_findings_and_commitment(open_round, submitted):
    application = submitted(open_round())
    version = application.latest
    assert (application.state, version.number, version.verdict) == ("submitted", 1, "eligible")
    assert version.rule_set == "annex-2019"
    assert version.as_of == dt.date(2026, 12, 31)
    assert len(version.input_hash) == 64
    assert version.commitment.typed_name == "张三"
    assert "真实、准确、完整" in version.commitment.text
    assert version.snapshot["topics"]["education"][0]["values"]["school"] == "示例大学"
    assert version.files.count() == 5
    assert events_of(application).last().after == "submitted"


def test_submit_gives_a_lookup_code_that_finds_the_person_by_name_only(open_round, submitted):
    application = submitted(open_round())
    code = shown(application.lookup_code)
    assert find_by_lookup_code(code.lower(), " 张三 ") == application
    assert find_by_lookup_code(code, "李四") is None
    assert find_by_lookup_code("AAAA-AAAA", "张三") is None


def test_a_submitted_version_cannot_be_changed_in_the_database(open_round, submitted):
    version = submitted(open_round()).latest
    with pytest.raises(DatabaseError), transaction.atomic():
        SubmittedVersion.objects.filter(pk=version.pk).update(verdict="not_eligible")


@pytest.mark.parametrize(("agreed", "name", "field"), [(False, "张三", "agreed"), (True, "张四", "typed_name")])
def test_submit_without_commitment_is_refused(open_round, drafted_application, employee, agreed, name, field):
    year = open_round()
    application = drafted_application(year)
    with pytest.raises(Blocked) as refused:
        actions.submit(application, actor=employee(year), agreed=agreed, typed_name=name)
    assert refused.value.reasons[0].field == field
    assert TitleApplication.objects.get().state == "draft"


def test_not_eligible_blocks_submission_with_the_clause(open_round, drafted_application, employee):
    year = open_round()
    late = [{**RECORDS["work"][0], "began_on": "2024-07-01"}]
    application = drafted_application(year, records={"work": late})
    with pytest.raises(Blocked) as refused:
        actions.submit(application, actor=employee(year), agreed=True, typed_name="张三")
    assert {(one.rule, one.gate, one.clause) for one in refused.value.reasons} == {("A-3", "G7", "附件三")}


def test_missing_hours_do_not_block_submission_but_the_agenda(open_round, submitted):
    application = submitted(open_round(), records={"hours": hours("88")})
    assert (application.verdict, application.hours_pending) == ("needs_evidence", True)


def test_missing_parts_are_all_named(open_round, employee):
    year = open_round()
    me = employee(year)
    speciality = Speciality.objects.get(name="机械设计")
    application = actions.start_application(year, actor=me, level="engineer", speciality=speciality, route="review")
    with pytest.raises(Blocked) as refused:
        actions.submit(application, actor=me, agreed=True, typed_name="张三")
    assert {"person", "education", "work", "achievements"} <= {one.field for one in refused.value.reasons}


def test_a_level_held_already_is_refused(open_round, drafted_application, employee):
    year = open_round()
    application = drafted_application(year, person={"present_title": "engineer"})
    with pytest.raises(Blocked) as refused:
        actions.submit(application, actor=employee(year), agreed=True, typed_name="张三")
    assert "present_title" in {one.field for one in refused.value.reasons}


def test_a_speciality_outside_the_authority_is_refused_at_the_start(open_round, employee):
    """PR-2 at application."""
    year = open_round()
    outside = Speciality.objects.exclude(name__in=["机械设计", "机械制造与工艺", "自动化控制"]).first()
    with pytest.raises(Blocked) as refused:
        actions.start_application(year, actor=employee(year), level="engineer", speciality=outside, route="review")
    assert rules_of(refused) == {"PR-2"}


@pytest.mark.parametrize("employment", ["dispatched", "part_time", "group", "retired"])
def test_other_units_staff_cannot_apply(open_round, employee, employment):
    """PR-3."""
    year = open_round()
    me = employee(year, "外单位人员", employment=employment)
    speciality = Speciality.objects.get(name="机械设计")
    with pytest.raises(Blocked) as refused:
        actions.start_application(year, actor=me, level="engineer", speciality=speciality, route="review")
    assert rules_of(refused) == {"PR-3"}


def test_somebody_who_is_not_on_the_register_cannot_apply(open_round, actor):
    year = open_round()
    stranger = actor("applicant", "A", "没有入册")
    speciality = Speciality.objects.get(name="机械设计")
    with pytest.raises(Blocked) as refused:
        actions.start_application(year, actor=stranger, level="engineer", speciality=speciality, route="review")
    assert rules_of(refused) == {"PR-3"}


def test_an_applicant_cannot_touch_a_colleagues_application(open_round, submitted, employee):
    year = open_round()
    application = submitted(year)
    with pytest.raises(NotPermitted):
        actions.recall_submission(application, actor=employee(year, "李四"))


def test_hr_cannot_write_in_an_applicants_draft(open_round, drafted_application, actor):
    application = drafted_application(open_round())
    with pytest.raises(NotPermitted):
        actions.save_records(application, actor=actor("ent_hr", "A"), topic="work", rows=[])


def test_a_submitted_application_cannot_be_written_in(open_round, submitted, employee):
    year = open_round()
    application = submitted(year)
    with pytest.raises(Blocked):
        actions.save_records(application, actor=employee(year), topic="work", rows=[])


def test_submission_ends_with_the_last_second_of_the_last_day(open_round, drafted_application, employee, at):
    year = open_round()
    first, second = drafted_application(year, "张三"), drafted_application(year, "李四")
    at("2026-09-30 23:59:59")
    assert actions.submit(first, actor=employee(year, "张三"), agreed=True, typed_name="张三").state == "submitted"
    at("2026-10-01 00:00:00")
    with pytest.raises(Blocked) as refused:
        actions.submit(second, actor=employee(year, "李四"), agreed=True, typed_name="李四")
    assert "R-5.2.1" in rules_of(refused)


def test_recall_is_possible_until_hr_has_begun(open_round, submitted, employee, actor):
    year = open_round()
    application = actions.recall_submission(submitted(year), actor=employee(year))
    assert application.state == "draft"
    application = actions.submit(application, actor=employee(year), agreed=True, typed_name="张三")
    assert application.latest.number == 2
    application = actions.check_facts(application, actor=actor("ent_hr", "A"), checks=[])
    with pytest.raises(Blocked):
        actions.recall_submission(application, actor=employee(year))


def test_after_withdrawing_the_person_may_apply_again(open_round, submitted, drafted_application, employee):
    year = open_round()
    gone = actions.withdraw_application(submitted(year), actor=employee(year), reason="材料没有准备好")
    assert gone.state == "withdrawn"
    assert drafted_application(year).pk != gone.pk


def test_one_live_application_a_year_also_by_direct_creation(open_round, submitted):
    application = submitted(open_round())
    with pytest.raises(DatabaseError), transaction.atomic():
        TitleApplication.objects.create(
            round=application.round,
            enterprise=application.enterprise,
            cycle=application.cycle,
            person=application.person,
            level="assistant_engineer",
            speciality=application.speciality,
        )


def test_wrong_dates_come_back_beside_their_card(open_round, drafted_application, employee):
    year = open_round()
    application = drafted_application(year)
    rows = [RECORDS["work"][0], {**RECORDS["work"][0], "began_on": "2023-05", "ended_on": "2022-01"}]
    with pytest.raises(Blocked) as refused:
        actions.save_records(application, actor=employee(year), topic="work", rows=rows)
    assert [one.field for one in refused.value.reasons] == ["work-1-ended_on"]
    assert application.work_periods.count() == 1
