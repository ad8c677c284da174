"""Who is reminded of reports and of the committee, on which days, once; what the clerk may record (D-6 to D-8)."""

import datetime as dt

import pytest

from enterprises.models import CreditRecord
from jiaxing_titles.actions import Blocked, NotPermitted
from jiaxing_titles.inbox.registry import waiting_for
from jiaxing_titles.notifications.models import Notification
from reviews import actions
from reviews.queries import report_due
from reviews.reminders import committee_not_held, reports_after_meetings, reports_overdue
from tests.days import late_line, live_through, told
from tests.reviews.test_report import reported
from tests.scenes.registry import reload

PROPOSED = "逾期未报评审结果，建议记入信用档案"


def test_a_report_is_due_three_working_days_after_the_meeting(noticed, concluded, actor, at, login):
    """The meeting ended on Wednesday, 28 October 2026."""
    year = noticed("张三")
    assert report_due(reload(year)).on == dt.date(2026, 11, 20)
    concluded(year)
    assert report_due(reload(year)).on == dt.date(2026, 11, 2)
    live_through(at, "2026-10-29", "2026-10-30", "2026-11-01", "2026-11-02")
    hr, lead = "企业经办A", "企业负责人A"
    days = ("10-30", "11-01", "11-02")
    assert told("请上报评审结果") == [(name, day) for day in days for name in (hr, lead)]
    assert late_line(actor("ent_hr", "A"), "评审已结束、待上报的年度评审") == ("11-02", False)
    assert "2026年11月2日（星期一）24:00前上报" in login("ent_hr", "A").get("/ent/meetings/").content.decode()
    live_through(at, "2026-11-03")
    assert told("请上报评审结果")[6:] == [(hr, "11-03"), (lead, "11-03")]
    assert late_line(actor("ent_hr", "A"), "评审已结束、待上报的年度评审") == ("11-02", True)
    report = reported(reload(year), actor)
    assert list(reports_after_meetings(dt.date(2026, 11, 9))) == []
    page = login("ent_hr", "A").get(report.get_absolute_url()).content.decode()
    assert "11月2日" not in page and "2026年11月20日" in page


def test_the_years_last_day_comes_before_three_working_days(noticed, concluded, city):
    city.cycle.report_reminder_on = city.cycle.report_due_on = dt.date(2026, 10, 30)
    city.cycle.save()
    year = noticed("张三")
    concluded(year)
    assert report_due(reload(year)).on == dt.date(2026, 10, 30)


def test_a_company_without_report_is_named_to_county_and_city_and_proposed_for_the_file(noticed, actor, at, login):
    noticed("张三")
    clerk = actor("city_clerk", "city")
    live_through(at, "2026-11-20")
    assert told("评审结果逾期未报") == []
    assert PROPOSED not in [one.label for one in waiting_for(clerk)]
    live_through(at, "2026-11-21", "2026-11-22")
    everybody = {"企业经办A", "企业负责人A", "县(市、区)人社局haining", "市局经办city"}
    assert {name for name, _ in told("评审结果逾期未报")} == everybody
    assert [day for _, day in told("评审结果逾期未报")] == ["11-21"] * 4
    assert CreditRecord.objects.count() == 0  # never by itself
    (group,) = [one for one in waiting_for(clerk) if one.label == PROPOSED]
    desk = login("city_clerk", "city")
    page = desk.get(group.lines[0].url)
    facts = page.context["form"]["facts"].value()
    assert facts == "示例精密机械有限公司没有在2026年11月20日（星期五）24:00前上报2026年度评审结果。"
    assert desk.post(group.lines[0].url, {"facts": facts}).status_code == 302
    record = CreditRecord.objects.get()
    assert (record.kind, record.clause, str(record.occurred_on)) == ("overdue", "办法五（三）", "2026-11-21")
    assert (record.facts, record.recorded_by, record.cycle.year) == (facts, clerk.user, 2026)
    assert Notification.objects.filter(user=actor("ent_lead", "A").user, text__contains="可以陈述申辩").exists()
    assert PROPOSED not in [one.label for one in waiting_for(clerk)]
    with pytest.raises(Blocked, match="已经办理过"):
        actions.record_late_report(record.enterprise.authorities.get(), actor=clerk, facts=facts)


def test_the_clerk_dismisses_the_proposal_with_a_reason(noticed, actor, at, login):
    year = noticed("张三")
    at("2026-11-21 09:00:00")
    held, clerk = year.enterprise.authorities.get(), actor("city_clerk", "city")
    for role, place in (("county", "haining"), ("ent_hr", "A"), ("city_lead", "city")):
        with pytest.raises(NotPermitted):
            actions.dismiss_late_report(held, actor=actor(role, place), reason="台风")
    (group,) = [one for one in waiting_for(clerk) if one.label == PROPOSED]
    assert "不予记入信用档案" in login("city_clerk", "city").get(group.lines[0].url).content.decode()
    made = actions.dismiss_late_report(held, actor=clerk, reason="台风停工，已电话说明")
    assert (made.kind, made.cycle, made.reason) == ("overdue", held.cycle, "台风停工，已电话说明")
    assert (made.dismissed_by, made.inspection) == (clerk.user, None)
    assert PROPOSED not in [one.label for one in waiting_for(clerk)]
    for step, fact in ((actions.dismiss_late_report, "reason"), (actions.record_late_report, "facts")):
        with pytest.raises(Blocked, match="已经办理过"):
            step(held, actor=clerk, **{fact: "再来一次"})
    assert not CreditRecord.objects.exists()


@pytest.mark.parametrize("case", ["reported", "excepted", "in time"])
def test_nothing_is_proposed_against_who_is_not_late(noticed, concluded, actor, at, case):
    year = noticed("张三")
    concluded(year)
    if case == "reported":
        reported(reload(year), actor)
    at("2026-11-20 23:59:59" if case == "in time" else "2026-11-21 00:00:00")
    if case == "excepted":
        actions.allow_late_report(year, actor=actor("city_lead", "city"), until=dt.date(2026, 11, 25), reason="台风")
    held, clerk = year.enterprise.authorities.get(), actor("city_clerk", "city")
    with pytest.raises(Blocked, match="没有逾期未报"):
        actions.record_late_report(held, actor=clerk, facts="逾期")
    with pytest.raises(Blocked, match="没有逾期未报"):
        actions.dismiss_late_report(held, actor=clerk, reason="没有逾期")
    if case == "excepted":
        at("2026-11-26 00:00:00")
        assert actions.record_late_report(held, actor=clerk, facts="逾期").kind == "overdue"


@pytest.mark.parametrize(("role", "place"), [("county", "haining"), ("ent_hr", "A"), ("city_lead", "city")])
def test_only_the_citys_clerk_records_it(noticed, actor, at, role, place):
    year = noticed("张三")
    at("2026-11-21 09:00:00")
    with pytest.raises(NotPermitted):
        actions.record_late_report(year.enterprise.authorities.get(), actor=actor(role, place), facts="逾期")


def test_the_city_is_alarmed_while_no_committee_has_met(listed, actor, city, at):
    listed("A")
    roles = ("city_clerk", "city_reviewer", "city_lead", "committee_sec")
    for role in roles:
        actor(role, "city")
    days = ["2026-10-31", "2026-11-01", "2026-11-02", "2026-11-30", "2026-12-01", "2026-12-14", "2026-12-15"]
    live_through(at, *days, "2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02")
    found = told("中评委会议尚未召开")
    assert [day for _, day in found[:: len(roles)]] == ["11-01", "12-01", "12-15", "12-31", "01-01"]
    assert len(found) == 5 * len(roles)
    last = Notification.objects.filter(title="中评委会议尚未召开").last()
    assert "已逾期1天" in last.text


def test_no_alarm_without_a_listed_company(actor, city):
    actor("city_clerk", "city")
    assert list(committee_not_held(dt.date(2026, 12, 15))) == []
    assert list(reports_overdue(dt.date(2026, 11, 21))) == []
