"""Who is reminded, when, and once; who is told that his company had to stop (C-2, C-3)."""

import datetime as dt

import pytest

from applications import actions
from applications.models import TitleApplication
from applications.queries import status_of
from applications.reminders import companies_stopped, corrections_due, rounds_closing
from enterprises import actions as sanctions
from jiaxing_titles import clock
from jiaxing_titles.notifications.models import Notification
from jiaxing_titles.notifications.tasks import remind
from tests.days import live_through, told

pytestmark = pytest.mark.django_db


def stands(scenes):
    scenes.open_round("A")


def test_only_who_has_not_handed_in_is_reminded_of_the_last_day(open_round, submitted, drafted_application):
    year = open_round()
    submitted(year, "张三")
    drafted_application(year, "李四")
    days = {day: [one.users[0].name for one in rounds_closing(dt.date(2026, 9, day))] for day in range(10, 31)}
    assert {day for day, names in days.items() if names} == {16, 23, 27, 29, 30}
    assert set(map(tuple, days.values())) == {(), ("李四",)}
    assert list(rounds_closing(dt.date(2026, 10, 1))) == []


def test_a_correction_is_called_to_mind_by_its_latest_notice(open_round, submitted, actor, employee):
    year, hr = open_round(), actor("ent_hr", "A")
    item = {"topic": "work", "problem": "缺合同", "remedy": "补传"}
    application = actions.return_application(submitted(year), actor=hr, items=[item], due_on=dt.date(2026, 9, 8))
    assert [one.users[0].name for one in corrections_due(dt.date(2026, 9, 5))] == ["张三"]
    application = actions.submit(application, actor=employee(year), agreed=True, typed_name="张三")
    assert list(corrections_due(dt.date(2026, 9, 5))) == []
    actions.return_application(
        application, actor=hr, items=[item], due_on=dt.date(2026, 9, 20), why_not_earlier="新问题"
    )
    assert list(corrections_due(dt.date(2026, 9, 5))) == []
    assert len(list(corrections_due(dt.date(2026, 9, 19)))) == 1


def test_the_task_tells_each_person_once(open_round, drafted_application, at):
    application = drafted_application(open_round())
    at("2026-09-29 10:00:00")
    remind()
    remind()
    told = Notification.objects.filter(user=application.person, title="申报还没有提交")
    assert told.count() == 1


def measure(enterprise, actor, city, kind, decision, effective_on):
    """Through the steps, executed today, in effect on that day."""
    clerk, today = actor("city_clerk", "city"), clock.today()
    facts = {"cycle": city.cycle, "measure": kind, "clause": "办法六（三）", "facts": "未按程序公示"}
    sanction = sanctions.open_sanction(enterprise, actor=clerk, **facts)
    sanction = sanctions.notify_company(sanction, actor=clerk, answer_due_on=today + dt.timedelta(days=3))
    sanction = sanctions.answer_notice(sanction, actor=actor("ent_lead", "A"), answer="属实")
    plan = {"measure": kind, "opinion": "事实清楚", "effective_on": effective_on}
    sanction = sanctions.propose_measure(sanction, actor=clerk, **plan)
    sanction = sanctions.review_sanction(sanction, actor=actor("city_reviewer", "city"))
    lead = actor("city_lead", "city")
    sanction = sanctions.decide_sanction(sanction, actor=lead, decision_number="3号", decision=decision)
    return sanctions.execute_sanction(sanction, actor=clerk)


def test_a_suspension_is_told_to_everybody_who_waits_on_the_day_of_its_effect(
    open_round, submitted, drafted_application, actor, city, at
):
    year = open_round()
    waiting = submitted(year, "张三")
    drafted_application(year, "李四")
    gone = submitted(year, "王五")
    actions.withdraw_application(gone, actor=actor("applicant", "A", "王五"), reason="个人原因")
    measure(year.enterprise, actor, city, "suspend", "程序违规，暂停自主评审。", clock.today() + dt.timedelta(days=2))
    live_through(at, "2026-09-02")
    assert told("本单位停止自主评审") == []
    live_through(at, "2026-09-03", "2026-09-04")
    assert told("本单位停止自主评审") == [("张三", "09-03"), ("李四", "09-03")]
    text = Notification.objects.get(user=waiting.person, title="本单位停止自主评审").text
    assert "自2026年9月3日（星期四）起暂停" in text and "原因：程序违规，暂停自主评审。您的申报材料保留" in text
    assert "可以撤回申报" in text
    status = status_of(waiting)
    assert (status.word, status.tone) == ("暂停", "red") and "恢复后接着办" in status.sentence
    held = year.enterprise.authorities.get()
    lead = actor("city_lead", "city")
    sanctions.resume_review(held, actor=lead, resumed_on=dt.date(2026, 9, 5), reason="整改到位")
    at("2026-09-05 09:00:00")
    assert list(companies_stopped(dt.date(2026, 9, 5))) == []
    assert status_of(waiting).word == "审核中"


def test_a_withdrawal_leaves_people_unvoted_and_shows_them_the_way(noticed_round, actor, city, at):
    year = noticed_round("张三")
    live_through(at, "2026-10-12")
    measure(year.enterprise, actor, city, "withdraw", "情节严重。", dt.date(2026, 10, 12))
    live_through(at, "2026-10-12", "2026-10-13")
    assert told("本单位停止自主评审") == [("张三", "10-12")]
    text = Notification.objects.get(title="本单位停止自主评审").text
    assert "评审权已于2026年10月12日（星期一）收回。原因：情节严重。" in text
    assert "按“未评”处理" in text and "通过海宁市人力资源和社会保障局申请参加市里的普通评审" in text
    application = TitleApplication.objects.get()
    assert (status_of(application).word, application.state) == ("未评", "noticing")
    left = actions.withdraw_application(application, actor=actor("applicant", "A", "张三"), reason="改报市里")
    assert status_of(left).word == "已撤回"
