"""补充公布: one of three is objected to in the city's notice; two are announced, he follows when it is settled."""

import datetime as dt

import pytest

from certificates.models import AnnouncementDocument
from jiaxing_titles.publicity.tasks import close_due
from tests.journeys.chapters.declaring import application_of
from tests.journeys.driver import fresh
from tests.scenes.announcing import DOCUMENT

pytestmark = pytest.mark.django_db

FOUR = "办法五（四）"


def issue(year, roster, number, day):
    """经办 → 审核 → 领导, each at his own desk."""
    year.clerk.do("certificates.draft_announcement", roster, **DOCUMENT)
    document = AnnouncementDocument.objects.order_by("-pk")[0]
    year.clerk.do("certificates.submit_announcement", document)
    year.clerk.stranger("certificates.review_announcement", document)
    year.reviewer.do("certificates.review_announcement", document)
    year.leader.do("certificates.issue_announcement", document, number=number, dated_on=day)
    return fresh(document)


def test_two_are_announced_and_the_third_follows(year, on_notice):
    roster = on_notice("张三", "李四", "王五")
    period = roster.period
    held = period.entries.get(name="王五")
    year.at("2026-12-10 10:00:00")
    objector = {"complainant": "赵六", "phone": "13800000001", "text": "业绩不是本人完成。"}
    page = year.visitor.send(f"/notices/{period.pk}/objection/", number=held.number, **objector)
    objection = period.objections.get()
    assert objection.code in page.text
    year.clerk.do("publicity.investigate", objection)

    year.at("2026-12-15 00:06:00")
    assert close_due.apply().get() == 2
    year.at("2026-12-15 09:00:00")
    first = issue(year, roster, "嘉人社〔2026〕3号", dt.date(2026, 12, 15))
    shown = year.visitor.open(f"/notices/documents/{first.pk}/").text
    assert "张三" in shown
    assert "李四" in shown
    assert "王五" not in shown
    assert (application_of("王五").state, application_of("张三").state) == ("city_noticing", "announced")
    year.clerk.refused("certificates.draft_announcement", roster, "尚未办结的异议", clause=FOUR, gate="G19", **DOCUMENT)

    year.at("2026-12-21 10:00:00")
    year.clerk.do("publicity.reject", objection, findings="项目记录属实。", reply="经核查，异议不成立。")
    close_due.apply().get()
    assert "异议不成立" in year.visitor.open(f"/objections/{objection.code}/").text
    second = issue(year, roster, "嘉人社〔2026〕4号", dt.date(2026, 12, 21))
    assert second.supplementary_to == first
    assert application_of("王五").state == "announced"
    shown = year.visitor.open(f"/notices/documents/{second.pk}/").text
    assert "王五" in shown
    assert "张三" not in shown
    assert "嘉人社〔2026〕4号" in year.visitor.open(f"/notices/documents/{first.pk}/").text
