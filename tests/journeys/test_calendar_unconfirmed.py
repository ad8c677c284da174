"""公示 across the year's end: refused until the State Council's notice is there, then counted by it."""

import datetime as dt

import pytest

from applications import actions
from tests.journeys.chapters.declaring import application_of
from tests.journeys.chapters.results import HOLIDAYS_2027, load_calendar
from tests.journeys.driver import fresh

pytestmark = pytest.mark.django_db


def test_the_companys_notice_waits_for_the_calendar(year, open_round, endorsed):
    one = open_round()
    endorsed(one, "张三")
    year.at("2026-12-28 09:00:00")
    one = actions.close_round(one, actor=year.hr.actor)
    page = year.hr.refused(
        "applications.open_notice",
        one,
        "2027年",
        clause="办法五（二）",
        url=f"/ent/round/{one.pk}/notice/",
        contact="李人事，0573-80000000",
    )
    assert "放假" in page.text
    assert not hasattr(fresh(one), "roster")
    assert application_of("张三").state == "endorsed"
    year.hr.stranger("workdays.load_year", year.city["city"])
    desk = year.desk("sysadmin", "city")
    url = desk.step_url("workdays.load_year", year.city["city"])
    wrong = {"year": 2027, "number": "国办发明电〔2026〕7号", "lines": "2027-13-01 放假 元旦"}
    page = desk.open(url)
    refused = desk.post(page, desk.form(page, wrong, ""), None, wrong)
    assert refused.status == 422
    assert "不存在的日期" in refused.text
    load_calendar(year, lines=HOLIDAYS_2027)
    assert "1月5日" in year.hr.open(f"/ent/round/{one.pk}/notice/").text
    year.hr.send(f"/ent/round/{one.pk}/notice/", contact="李人事，0573-80000000")
    assert fresh(one).roster.period.ends_on == dt.date(2027, 1, 5)
