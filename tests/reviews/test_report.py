"""G13 and G14: reconciliation to zero, scope, time, the two hands, the city's batch (办法五（三）)."""

import datetime as dt

import pytest

from applications.models import TitleApplication
from applications.queries import shares
from enterprises.models import Speciality
from enterprises.queries import authority_of
from jiaxing_titles.actions import Blocked, NotPermitted
from jiaxing_titles.policy.models import NamedException
from reviews import actions
from reviews.gates.report import ledger_of, standings
from reviews.reminders import reports_due
from tests.scenes.registry import reload
from tests.scenes.reviewing import present_all, reported, score_all

pytestmark = pytest.mark.django_db


def stands(scenes):
    scenes.endorsed(scenes.open_round("A"), "张三")


def states() -> dict[str, str]:
    return dict(TitleApplication.objects.values_list("person__name", "state"))


def test_the_report_reconciles_goes_up_comes_back_and_goes_again(noticed, concluded, actor, city, at):
    year = noticed("张三", "李四")
    concluded(year, yes={1: 8, 2: 3})
    hr, clerk = actor("ent_hr", "A"), actor("city_clerk", "city")
    report = actions.open_report(reload(year), actor=hr)
    with pytest.raises(Blocked, match="评审工作报告"):
        actions.present_report(report, actor=hr)
    report = actions.write_summary(report, actor=hr, work_summary="评审会按程序召开。")
    report = actions.present_report(report, actor=hr)
    assert list(report.lines.values_list("outcome", "basis")) == [
        ("passed", "应到9实到9，需≥6票，得8票，通过"),
        ("failed", "应到9实到9，需≥6票，得3票，未通过"),
    ]
    with pytest.raises(NotPermitted):
        actions.confirm_report(report, actor=actor("ent_lead", "B"))
    report = actions.confirm_report(report, actor=actor("ent_lead", "A"))
    assert states() == {"张三": "reported", "李四": "panel_failed"}
    with pytest.raises(NotPermitted):
        actions.receive_report(report, actor=actor("county", "haining"))
    report = actions.return_report(report, actor=clerk, reason="请附会议纪要。")
    assert states() == {"张三": "panel_passed", "李四": "panel_failed"}
    report = actions.revise_report(report, actor=hr)
    report = actions.present_report(report, actor=hr)
    report = actions.confirm_report(report, actor=actor("ent_lead", "A"))
    report = actions.receive_report(report, actor=clerk)
    assert (report.state, states()["张三"]) == ("received", "reported")
    assert [one["status"] for one in standings(city.cycle)] == ["received"]


def test_a_person_without_an_end_keeps_the_report_in_the_company(noticed, session, actor, expert):
    """One is postponed (an end of his own); one who was never taken up is none."""
    year = noticed("张三", "李四")
    meeting = session(year)
    sec, hr = actor("panel_sec", "A"), actor("ent_hr", "A")
    with pytest.raises(Blocked, match="没有形成结论"):
        actions.open_report(reload(year), actor=hr)
    ledger = ledger_of(year)
    assert (ledger.applied, ledger.settled, ledger.difference) == (2, 0, 2)
    actions.postpone_item(meeting.items.get(number=2), actor=sec, reason="未到会述职")
    ledger = ledger_of(reload(year))
    assert ledger.ends == {"postponed": 1}
    assert ledger.unsettled == ("1. 张三（机械设计）",)
    present_all(meeting, sec)
    score_all(meeting, expert)


def test_late_reports_need_a_named_exception(noticed, concluded, actor, at):
    year = noticed("张三")
    concluded(year)
    at("2026-11-21 00:00:00")
    hr = actor("ent_hr", "A")
    report = actions.open_report(reload(year), actor=hr)
    report = actions.write_summary(report, actor=hr, work_summary="评审会按程序召开。")
    with pytest.raises(Blocked) as refused:
        actions.present_report(report, actor=hr)
    assert [(one.rule, one.clause) for one in refused.value.reasons] == [("R-5.3.1", "办法五（三）")]
    with pytest.raises(NotPermitted):
        actions.allow_late_report(year, actor=actor("city_clerk", "city"), until=dt.date(2026, 11, 25), reason="台风")
    actions.allow_late_report(year, actor=actor("city_lead", "city"), until=dt.date(2026, 11, 25), reason="台风")
    assert NamedException.objects.get().reason == "台风"
    assert actions.present_report(report, actor=hr).state == "awaiting_lead"
    at("2026-11-26 00:00:00")
    with pytest.raises(Blocked, match="已于11月20日"):
        actions.confirm_report(reload(report), actor=actor("ent_lead", "A"))


def test_the_last_day_is_still_in_time_and_the_reminder_knows_it(noticed, concluded, actor, at, city):
    year = noticed("张三")
    concluded(year)
    at("2026-11-20 23:59:59")
    due = list(reports_due(dt.date(2026, 11, 20)))
    assert [one.users for one in due] == [(actor("ent_hr", "A").user,)]
    assert reported(reload(year), actor).state == "submitted"
    assert list(reports_due(dt.date(2026, 11, 20))) == []


def test_nobody_out_of_scope_leaves_the_company(noticed, concluded, actor, city):
    """PR-2 at upload: the authority was narrowed since the review."""
    year = noticed("张三")
    concluded(year)
    authority = authority_of(year.enterprise, city.cycle)
    authority.specialities.remove(Speciality.objects.get(name="机械设计"))
    hr = actor("ent_hr", "A")
    report = actions.open_report(reload(year), actor=hr)
    report = actions.write_summary(report, actor=hr, work_summary="评审会按程序召开。")
    with pytest.raises(Blocked) as refused:
        actions.present_report(report, actor=hr)
    assert [(one.rule, one.gate) for one in refused.value.reasons] == [("PR-2", "G13")]
    assert states() == {"张三": "panel_passed"}


def test_the_share_of_the_front_line_is_told_to_company_and_city(noticed, concluded, actor, city, bureaus, login):
    """R-5.1.6: counts among those who applied and those who passed; a draft is neither."""
    year = noticed("张三", "李四", "王五")
    TitleApplication.objects.filter(person__name="李四").update(front_line=False, outstanding=True)
    TitleApplication.objects.filter(person__name="王五").update(outstanding=True)
    concluded(year, yes={1: 8, 2: 3, 3: 8})
    applied, passed = shares(year.applications.all())
    assert (applied.total, applied.front_line, applied.outstanding) == (3, 2, 2)
    assert passed.sentence == "2人中一线2人，突出贡献1人"
    page = login("ent_hr", "A").get(year.get_absolute_url()).content.decode()
    assert applied.sentence in page and passed.sentence in page
    county = login("county", "haining")
    assert passed.sentence in county.get(year.console_url()).content.decode()
    batch = actions.open_consolidation(bureaus["city"], actor=actor("city_clerk", "city"), cycle=city.cycle)
    whole = login("city_clerk", "city").get(batch.console_url()).content.decode()
    assert "全市企业评审通过" in whole and passed.sentence in whole
