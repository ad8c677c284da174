"""G9: everybody who submitted, decided, on the wall for at least five working days; one by one off it (PR-5)."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from applications import actions
from applications.models import AnnualRound, RosterEntry, TitleApplication
from applications.queries import agenda_holds, eligible_for_agenda, holds_on
from enterprises.models import ReviewAuthority
from jiaxing_titles.accounts.actor import SYSTEM
from jiaxing_titles.actions import Blocked, NotPermitted
from jiaxing_titles.publicity import actions as publicity_actions
from jiaxing_titles.publicity.tasks import close_due
from jiaxing_titles.workdays.models import CalendarYear
from tests.scenes.engineer import hours

pytestmark = pytest.mark.django_db


def stands(scenes):
    scenes.open_round("A")


CONTACT = "李人事，0573-80000000"


def named(name: str) -> TitleApplication:
    return TitleApplication.objects.get(person__name=name)


def object_to(name: str):
    line = named(name).roster_entry
    return publicity_actions.receive_objection(
        line.entry.period, actor=SYSTEM, complainant="某同事", phone="13800001234", text="业绩不实", entry=line.entry
    )


def texts(refused) -> str:
    return "；".join(str(reason) for reason in refused.value.reasons)


def test_the_notice_of_9_october_ends_on_the_16th(noticed_round):
    """10 October 2026 is a working Saturday; the day of publication does not count."""
    year = noticed_round("张三", "李四")
    period = year.roster.period
    assert (year.state, period.state, period.ends_on) == ("noticing", "running", dt.date(2026, 10, 15))
    assert period.counted_days[0] == "2026-10-10"
    assert {named("张三").state, named("李四").state} == {"noticing"}


def test_the_notice_shows_the_whitelist_only(noticed_round):
    noticed_round("张三")
    entry = named("张三").roster_entry.entry
    assert set(entry.columns) == {"部门", "岗位", "申报资格", "申报专业", "申报途径", "业绩摘要"}
    shown = "".join(entry.columns.values()) + entry.name
    assert named("张三").person.id_number not in shown and "1998" not in shown


def test_one_undecided_applicant_blocks_the_notice(open_round, endorsed, submitted, actor, at):
    year, hr = open_round(), actor("ent_hr", "A")
    endorsed(year, "张三")
    submitted(year, "李四")
    at("2026-10-09 09:00:00")
    year = actions.close_round(year, actor=hr)
    with pytest.raises(Blocked) as refused:
        actions.open_notice(year, actor=hr, contact=CONTACT)
    assert "李四" in texts(refused) and "张三" not in texts(refused)
    assert AnnualRound.objects.get().state == "closed"
    assert not RosterEntry.objects.exists()


def test_a_refused_applicant_is_listed_but_not_on_the_notice(open_round, endorsed, submitted, actor, at):
    year, hr = open_round(), actor("ent_hr", "A")
    endorsed(year, "张三")
    actions.refuse(submitted(year, "李四"), actor=hr, clause="附件一", reason="2024年考核材料不实")
    at("2026-10-09 09:00:00")
    year = actions.open_notice(actions.close_round(year, actor=hr), actor=hr, contact=CONTACT)
    assert [one.name for one in year.roster.period.entries.all()] == ["张三"]
    line = named("李四").roster_entry
    assert (line.not_recommended, line.entry, named("李四").state) == (True, None, "not_endorsed")
    with pytest.raises(Blocked):
        actions.reconsider(named("李四"), actor=hr)


def test_a_round_cannot_be_closed_early_while_somebody_is_writing(open_round, drafted_application, actor, at):
    year, hr = open_round(), actor("ent_hr", "A")
    drafted_application(year)
    with pytest.raises(Blocked):
        actions.close_round(year, actor=hr)
    at("2026-10-01 00:00:00")
    assert actions.close_round(year, actor=hr).state == "closed"


def test_the_notice_is_refused_while_a_needed_year_is_unconfirmed(open_round, endorsed, actor, at):
    """D-9: opened on 28 December the days run into 2027."""
    year, hr = open_round(), actor("ent_hr", "A")
    endorsed(year, "张三")
    CalendarYear.objects.filter(year=2027).delete()
    at("2026-12-28 09:00:00")
    year = actions.close_round(year, actor=hr)
    with pytest.raises(Blocked) as refused:
        actions.open_notice(year, actor=hr, contact=CONTACT)
    assert "D-9" in {reason.rule for reason in refused.value.reasons}


def test_everybody_passes_on_the_day_after_the_last_one_and_not_before(noticed_round, at):
    noticed_round("张三", "李四")
    at("2026-10-15 23:59:59")
    assert close_due() == 0
    assert named("张三").state == "noticing"
    at("2026-10-16 00:00:00")
    assert close_due() == 2
    assert close_due() == 0
    assert {named("张三").state, named("李四").state} == {"noticed"}
    assert AnnualRound.objects.get().state == "noticed"


def test_the_move_itself_refuses_to_shorten_the_notice(noticed_round, at):
    """PR-5 by a direct call of the model."""
    noticed_round("张三")
    application = named("张三")
    from django_fsm import TransitionNotAllowed

    with pytest.raises(TransitionNotAllowed):
        application.pass_notice()
    with pytest.raises(DatabaseError), transaction.atomic():
        TitleApplication.objects.filter(pk=application.pk).update(state="in_review")


def test_an_objection_holds_one_person_and_the_others_go_on(noticed_round, actor, at):
    year = noticed_round("张三", "李四", "王五")
    objection = object_to("李四")
    at("2026-10-16 00:05:00")
    assert close_due() == 2
    assert (named("张三").state, named("李四").state, named("王五").state) == ("noticed", "noticing", "noticed")
    assert [one.person.name for one in eligible_for_agenda(year)] == ["张三", "王五"]
    held = agenda_holds(year)[named("李四").pk]
    assert "PR-8" in {reason.rule for reason in held}
    hr = actor("ent_hr", "A")
    publicity_actions.reject(
        publicity_actions.investigate(objection, actor=hr), actor=hr, findings="查无实据", reply="不成立"
    )
    close_due()
    assert named("李四").state == "noticed"
    assert len(eligible_for_agenda(year)) == 3


def test_an_upheld_objection_ends_that_persons_application(noticed_round, actor, at):
    year = noticed_round("张三", "李四")
    hr = actor("ent_hr", "A")
    objection = publicity_actions.investigate(object_to("李四"), actor=hr)
    publicity_actions.uphold(objection, actor=hr, findings="业绩属他人成果", reply="异议成立")
    gone = named("李四")
    assert (gone.state, gone.disqualified_for) == ("disqualified", "objection")
    assert "他人成果" in gone.decision_reason
    at("2026-10-16 00:05:00")
    close_due()
    assert named("张三").state == "noticed"
    assert AnnualRound.objects.get(pk=year.pk).state == "noticed"


def test_a_wrong_name_restarts_only_that_person(noticed_round, actor, at):
    year = noticed_round("张三", "李四")
    at("2026-10-14 10:00:00")
    hr = actor("ent_hr", "A")
    application = actions.correct_entry(
        named("李四"),
        actor=hr,
        name="李泗",
        department="工艺部",
        position="工艺工程师",
        summary="完成三条产线的夹具改造。",
        reason="姓名用字有误",
    )
    entry = application.roster_entry.entry
    assert (entry.name, entry.starts_on, entry.ends_on) == ("李泗", dt.date(2026, 10, 14), dt.date(2026, 10, 21))
    assert application.snapshot["name"] == "李泗"
    at("2026-10-16 00:05:00")
    close_due()
    assert (named("张三").state, named("李泗").state) == ("noticed", "noticing")
    assert AnnualRound.objects.get(pk=year.pk).state == "noticing"
    at("2026-10-22 00:05:00")
    close_due()
    assert (named("李泗").state, AnnualRound.objects.get(pk=year.pk).state) == ("noticed", "noticed")


def test_who_leaves_the_company_is_held_and_the_others_go_on(noticed_round, actor, at):
    """R-6.3.2, X-24: nothing is written on the application, the hold follows from the date."""
    year = noticed_round("张三", "李四")
    at("2026-10-16 00:05:00")
    close_due()
    member = named("李四").person.employments.get()
    actions.record_departure(member, actor=actor("ent_hr", "A"), left_on=dt.date(2026, 10, 15), reason="离职")
    assert named("李四").state == "noticed"
    assert {reason.rule for reason in holds_on(named("李四"))} == {"PR-3"}
    assert [one.person.name for one in eligible_for_agenda(year)] == ["张三"]


def test_a_withdrawal_in_the_notice_takes_only_that_person_off(noticed_round, employee, at):
    year = noticed_round("张三", "李四")
    application = actions.withdraw_application(named("李四"), actor=employee(year, "李四"), reason="个人原因")
    assert application.roster_entry.entry.removed_at is not None
    at("2026-10-16 00:05:00")
    close_due()
    assert (named("张三").state, named("李四").state) == ("noticed", "withdrawn")


def test_pending_hours_keep_a_noticed_person_off_the_agenda(open_round, endorsed, actor, at):
    year, hr = open_round(), actor("ent_hr", "A")
    endorsed(year, "张三", records={"hours": hours("88")})
    at("2026-10-09 09:00:00")
    year = actions.open_notice(actions.close_round(year, actor=hr), actor=hr, contact=CONTACT)
    at("2026-10-16 00:05:00")
    close_due()
    assert named("张三").state == "noticed"
    assert not eligible_for_agenda(year)
    assert {reason.rule for reason in holds_on(named("张三"))} == {"A-2"}


def test_a_withdrawn_authority_freezes_submission_and_agenda(noticed_round, at):
    year = noticed_round("张三")
    at("2026-10-16 00:05:00")
    close_due()
    ReviewAuthority.objects.update(withdrawn_on=dt.date(2026, 10, 16))
    assert "C-3" in {reason.rule for reason in holds_on(named("张三"))}
    assert not eligible_for_agenda(year)


@pytest.mark.parametrize(
    ("role", "place"), [("applicant", "A"), ("ent_lead", "A"), ("county", "haining"), ("ent_hr", "B")]
)
def test_nobody_else_opens_the_notice(open_round, endorsed, actor, at, role, place):
    year = open_round()
    endorsed(year, "张三")
    at("2026-10-09 09:00:00")
    year = actions.close_round(year, actor=actor("ent_hr", "A"))
    with pytest.raises(NotPermitted):
        actions.open_notice(year, actor=actor(role, place), contact=CONTACT)


def test_colleagues_read_the_names_with_the_code_and_nobody_without(noticed_round, client):
    period = noticed_round("张三").roster.period
    page = client.get(f"/in-house/{period.poster_code}/")
    text = page.content.decode()
    assert "张三" in text and "夹具改造" in text and "noindex" in page["X-Robots-Tag"]
    assert named("张三").person.id_number not in text and "1998" not in text
    assert client.get("/in-house/AAAAAAAA/").status_code == 404
    public = client.get(f"/notices/{period.pk}/").content.decode()
    assert "张三" not in public and "示例精密" in public


def test_a_colleague_objects_by_name_and_gets_a_number(noticed_round, client):
    period = noticed_round("张三").roster.period
    url = f"/in-house/{period.poster_code}/objection/"
    wrong = client.post(url, {"number": 9, "complainant": "王某", "phone": "13800001234", "text": "不实"})
    assert wrong.status_code == 422 and "没有这个序号" in wrong.content.decode()
    assert client.post(url, {"number": 1, "complainant": "", "phone": "1", "text": ""}).status_code == 422
    done = client.post(url, {"number": 1, "complainant": "王某", "phone": "13800001234", "text": "不实"})
    objection = period.objections.get()
    assert done.status_code == 302 and objection.code in done.url
    assert objection.entry.name == "张三" and not objection.late


@pytest.mark.parametrize(
    ("phone", "answers"),
    [("1380000{:04}", [302] * 20 + [429]), ("13800001234", [302] * 3 + [429])],
    ids=["whole-notice", "one-phone"],
)
def test_in_house_objections_are_counted_by_the_one_limiter(noticed_round, client, phone, answers):
    period = noticed_round("张三").roster.period
    url = f"/in-house/{period.poster_code}/objection/"
    facts = {"number": 1, "complainant": "王某", "text": "不实"}
    given = [client.post(url, {**facts, "phone": phone.format(n)}).status_code for n in range(len(answers))]
    assert given == answers
    assert period.objections.count() == len(answers) - 1


def test_the_code_opens_nothing_once_the_list_is_taken_down(noticed_round, client, at):
    period = noticed_round("张三").roster.period
    at("2026-11-14 09:00:00")
    assert client.get(f"/in-house/{period.poster_code}/").status_code == 200
    at("2026-11-15 00:00:00")
    assert client.get(f"/in-house/{period.poster_code}/").status_code == 404


def test_hr_reads_how_the_last_day_came_about(noticed_round, actor, login):
    roster = noticed_round("张三").roster
    address = f"/ent/notice/{roster.pk}/"
    assert "公示期变更" not in login("ent_hr", "A").get(address).content.decode()
    publicity_actions.extend_period(roster.period, actor=actor("city_clerk", "city"), days=1, reason="台风停工")
    page = login("ent_hr", "A").get(address).content.decode()
    assert "延长，台风停工，截止日由" in page
