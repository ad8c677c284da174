"""公示 opened with a wrong name: it is corrected in sight of all, his days begin again, the others' go on."""

import datetime as dt

import pytest

from jiaxing_titles.publicity.tasks import close_due
from tests.journeys.chapters.declaring import application_of

pytestmark = pytest.mark.django_db


def test_only_his_days_begin_again(year, noticed_round):
    one = noticed_round("张三", "李四")
    period = one.roster.period
    year.at("2026-10-13 09:00:00")
    corrected = {"name": "张珊", "reason": "姓名录入错误。"}
    year.applicant("张三").stranger("applications.correct_entry", application_of("张三"))
    year.hr.do("applications.correct_entry", application_of("张三"), **corrected)
    application = application_of("张珊")
    assert application.roster_entry.entry.ends_on == dt.date(2026, 10, 20)
    assert application_of("李四").roster_entry.entry.ends_on == dt.date(2026, 10, 15)
    board = year.visitor.open(f"/in-house/{period.poster_code}/").text
    assert "张珊" in board
    assert "张三" not in board
    assert corrected["reason"] in board
    year.at("2026-10-16 00:06:00")
    assert close_due.apply().get() == 1
    assert (application_of("张珊").state, application_of("李四").state) == ("noticing", "noticed")
    year.at("2026-10-21 00:06:00")
    assert close_due.apply().get() == 1
    assert application_of("张珊").state == "noticed"
    assert year.told(year.desk("applicant", "A", "张三"), "公示期重新起算")
