"""G14 and 附件四: the city's batch waits for everybody by name, and for those who needed no vote (办法五（三）)."""

import datetime as dt

import pytest

from applications import actions as application_actions
from jiaxing_titles.actions import Blocked
from jiaxing_titles.publicity import service
from reviews import actions
from reviews.gates.report import standings
from reviews.queries import passed_for_publicity
from tests.scenes.engineer import endorse
from tests.scenes.registry import reload
from tests.scenes.reviewing import reported

pytestmark = pytest.mark.django_db


def test_consolidation_waits_for_the_named_missing_or_an_excuse(noticed, concluded, actor, city, bureaus, published):
    published("B")
    year = noticed("张三")
    clerk, lead = actor("city_clerk", "city"), actor("city_lead", "city")
    concluded(year)
    report = reported(reload(year), actor)
    batch = actions.open_consolidation(bureaus["city"], actor=clerk, cycle=city.cycle)
    with pytest.raises(Blocked) as refused:
        actions.complete_consolidation(batch, actor=actor("city_reviewer", "city"))
    assert "2 家" in refused.value.reasons[0].text
    actions.receive_report(report, actor=clerk)
    missing = [one["enterprise"] for one in standings(city.cycle) if one["status"] == "missing"]
    assert [str(one) for one in missing] == ["示例化纤有限公司"]
    with pytest.raises(Blocked, match="没有上报的企业才能除外"):
        actions.excuse_company(batch, actor=lead, enterprise=year.enterprise, reason="无")
    actions.excuse_company(batch, actor=lead, enterprise=missing[0], reason="本年度未开展评审")
    batch = actions.complete_consolidation(reload(batch), actor=actor("city_reviewer", "city"))
    assert (batch.state, batch.summary["人数"]) == ("complete", 1)
    with pytest.raises(Blocked, match="汇总已完成"):
        actions.return_report(reload(report), actor=clerk, reason="晚了")


def test_initial_people_skip_panel_and_vote(submitted, open_round, actor, at, city):
    """附件四：经考核合格，可初定."""
    year = open_round()
    person = submitted(year, "王五", route="initial", level="assistant_engineer")
    at("2026-09-21 09:00:00")
    person = application_actions.record_initial_check(
        person,
        actor=actor("ent_hr", "A"),
        result="qualified",
        checked_on=dt.date(2026, 9, 20),
        assessors="技术部、人事部",
        opinion="合格",
    )
    endorse(person, actor("ent_hr", "A"))
    at("2026-10-09 09:00:00")
    year = application_actions.close_round(year, actor=actor("ent_hr", "A"))
    year = application_actions.open_notice(year, actor=actor("ent_hr", "A"), contact="李人事")
    at("2026-10-19 09:00:00")
    service.settle(year.roster.period)
    report = reported(reload(year), actor)
    assert reload(person).state == "reported"
    assert not passed_for_publicity(city.cycle).exists()
    actions.receive_report(report, actor=actor("city_clerk", "city"))
    assert [one.person.name for one in passed_for_publicity(city.cycle)] == ["王五"]
    city.cycle.initial_needs_committee = True
    assert not passed_for_publicity(city.cycle).exists()
