"""异议 in the company's own notice: one upheld, one rejected; whom nobody objects to is not touched."""

import pytest

from jiaxing_titles.publicity.tasks import close_due
from tests.journeys.chapters.declaring import application_of
from tests.journeys.driver import fresh

pytestmark = pytest.mark.django_db

OBJECTOR = {"complainant": "王同事", "phone": "13800001234"}
CONCLUSION = {"findings": "调取项目记录并询问两名同事。", "reply": "已核查，结论见上。"}


def object_to(year, period, number, text):
    """A colleague with the poster's code, at his own telephone; returns the objection."""
    page = year.visitor.send(f"/in-house/{period.poster_code}/objection/", number=number, text=text, **OBJECTOR)
    objection = period.objections.order_by("-pk")[0]
    assert objection.code in page.text
    return objection


def test_upheld_ends_one_and_a_rejected_one_holds_another_until_it_is_answered(year, noticed_round):
    one = noticed_round("张三", "李四", "王五")
    period = one.roster.period
    year.at("2026-10-12 10:00:00")
    false, wrong = (object_to(year, period, number, "业绩不是本人完成。") for number in (1, 2))
    assert year.told(year.hr, "待核查")
    year.applicant("张三").stranger("publicity.investigate", false)
    desk = year.hr.open(one.roster.get_absolute_url())
    assert false.code in desk.text
    assert OBJECTOR["complainant"] not in year.applicant("张三").open("/my/").text

    year.hr.do("publicity.investigate", false)
    year.hr.do("publicity.uphold", false, **CONCLUSION)
    assert application_of("张三").state == "disqualified"
    assert "张三" not in year.visitor.open(f"/in-house/{period.poster_code}/").text

    year.at("2026-10-16 00:06:00")
    assert close_due.apply().get() == 1
    assert (application_of("李四").state, application_of("王五").state) == ("noticing", "noticed")
    assert "异议" in year.hr.open(f"/ent/round/{one.pk}/").text

    year.at("2026-10-19 09:00:00")
    year.hr.do("publicity.investigate", wrong)
    year.hr.do("publicity.reject", wrong, **CONCLUSION)
    assert close_due.apply().get() == 1
    assert application_of("李四").state == "noticed"
    answer = year.visitor.open(f"/objections/{wrong.code}/")
    assert CONCLUSION["reply"] in answer.text
    assert "李四" not in answer.text
    assert fresh(one).state == "noticed"


def test_a_late_objection_is_kept_marked_and_still_holds(year, noticed_round):
    one = noticed_round("张三")
    period = one.roster.period
    year.at("2026-10-16 00:06:00")
    close_due.apply().get()
    year.at("2026-10-19 10:00:00")
    objection = object_to(year, period, 1, "公示期后才看到。")
    assert objection.late
    assert "异议" in year.hr.open(f"/ent/applicants/{application_of('张三').pk}/").text
