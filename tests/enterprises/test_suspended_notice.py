"""Scenario 18: a suspension during the in-house notice; days counted before it stay counted, days inside do not."""

import datetime as dt

import pytest

from enterprises import actions
from enterprises.actions.notices import recount_notices
from enterprises.models import SanctionCase, Suspension
from enterprises.reminders import corrections_due, plans_due, unfinished_applications
from jiaxing_titles.publicity.models import PublicityPeriod
from jiaxing_titles.publicity.service import EntryDraft, add_entries, open_period


@pytest.fixture
def running(listed, actor, city, at):
    """Company A's authority and its notice, opened on Monday 2026-06-01: it ends on Monday 2026-06-08."""
    authority = listed("A")
    at("2026-06-01 09:00:00")
    period = PublicityPeriod.objects.create(
        kind="in_house", organisation=city["A"], cycle=city.cycle, title="评前公示", contact="人力资源部"
    )
    add_entries(period, [EntryDraft("张三", {"专业": "机械设计"})])
    open_period(period, actor=actor("ent_hr", "A"))
    return authority, PublicityPeriod.objects.get(pk=period.pk)


def suspend(authority, actor, city, day):
    """Through the steps up to the decision, executed on `day`, which the clock must show."""
    clerk = actor("city_clerk", "city")
    sanction = actions.open_sanction(
        authority.enterprise, actor=clerk, cycle=city.cycle, measure="suspend", clause="办法六（三）", facts="程序违规"
    )
    sanction = actions.notify_company(sanction, actor=clerk, answer_due_on=day + dt.timedelta(days=3))
    sanction = actions.answer_notice(sanction, actor=actor("ent_lead", "A"), answer="属实")
    sanction = actions.propose_measure(sanction, actor=clerk, measure="suspend", opinion="暂停", effective_on=day)
    sanction = actions.review_sanction(sanction, actor=actor("city_reviewer", "city"))
    sanction = actions.decide_sanction(
        sanction, actor=actor("city_lead", "city"), decision_number="3号", decision="暂停评审"
    )
    return actions.execute_sanction(sanction, actor=clerk)


def test_the_clock_of_the_notice_stands_still(running, actor, city, at):
    authority, period = running
    assert period.ends_on == dt.date(2026, 6, 8)
    at("2026-06-04 09:00:00")
    suspend(authority, actor, city, dt.date(2026, 6, 4))
    at("2026-06-12 09:00:00")
    actions.resume_review(
        authority, actor=actor("city_lead", "city"), resumed_on=dt.date(2026, 6, 15), reason="整改完成"
    )
    period.refresh_from_db()
    counted = period.entries.get().counted_days
    assert counted == ["2026-06-02", "2026-06-03", "2026-06-15", "2026-06-16", "2026-06-17"]
    assert period.ends_on == dt.date(2026, 6, 17)
    assert period.changes.filter(kind="suspended").exists()


def test_a_suspension_without_notice_changes_none(listed, actor, city):
    authority = listed("A")
    suspend(authority, actor, city, dt.date(2026, 2, 2))
    assert Suspension.objects.get().sanction == SanctionCase.objects.get()
    recount_notices(authority, "无公示")
    assert not PublicityPeriod.objects.exists()


def test_reminders_name_what_is_near(filled, actor, at):
    application = filled("A")
    at("2026-03-24 09:00:00")
    due = list(unfinished_applications(dt.date(2026, 3, 24)))
    assert [one.key for one in due] == [f"enterprises.window:{application.pk}:20260324"]
    assert actor("ent_hr", "A").user in due[0].users
    assert not list(unfinished_applications(dt.date(2026, 3, 25)))


def test_corrections_and_plans_are_reminded(applied, actor, published):
    application = applied("A", "submitted")
    actions.return_application(
        application,
        actor=actor("county", "haining"),
        items=[{"place": "profile", "defect": "电话不通", "remedy": "更正"}],
        due_on=dt.date(2026, 2, 16),
    )
    assert not list(corrections_due(dt.date(2026, 2, 14)))
    assert len(list(corrections_due(dt.date(2026, 2, 15)))) == 1
    published("B")
    assert len(list(plans_due(dt.date(2026, 6, 23)))) == 1
    overdue = list(plans_due(dt.date(2026, 7, 1)))
    assert "逾期未报" in overdue[0].text
    assert not list(plans_due(dt.date(2026, 7, 2)))
