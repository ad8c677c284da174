"""暂停 in the middle of a notice: found, told, heard, decided by three; the days stop and go on where they stopped."""

import datetime as dt

import pytest

from enterprises.models import ReviewAuthority, SanctionCase
from jiaxing_titles.publicity.tasks import close_due
from tests.journeys.chapters.declaring import application_of
from tests.journeys.driver import fresh

pytestmark = pytest.mark.django_db

SIX = "办法六（三）"


def suspend(year, enterprise):
    """经办 finds and tells, the company answers, 经办 → 审核 → 领导, then it is served on its day."""
    facts = {"cycle": year.city.cycle, "measure": "suspend", "clause": SIX, "facts": "评审会无评审记录。"}
    year.clerk.do("enterprises.open_sanction", enterprise, **facts)
    case = SanctionCase.objects.get()
    year.head.stranger("enterprises.answer_notice", case)
    year.clerk.do("enterprises.notify_company", case, answer_due_on=dt.date(2026, 10, 12))
    year.at("2026-10-10 10:00:00")
    year.clerk.refused("enterprises.close_hearing", case, "期限还没有到", clause=SIX)
    year.head.do("enterprises.answer_notice", case, answer="记录已补正。")
    year.at("2026-10-12 09:00:00")
    proposal = {"measure": "suspend", "opinion": "不予采纳。", "effective_on": dt.date(2026, 10, 13)}
    year.clerk.do("enterprises.propose_measure", case, **proposal)
    year.clerk.stranger("enterprises.review_sanction", case)
    year.reviewer.do("enterprises.review_sanction", case, opinion="同意")
    year.leader.do(
        "enterprises.decide_sanction", case, decision_number="嘉人社监〔2026〕1号", decision="暂停自主评审。"
    )
    year.at("2026-10-13 08:30:00")
    year.clerk.do("enterprises.execute_sanction", case)
    return fresh(case)


def test_days_of_the_notice_stop_and_continue(year, noticed_round, endorsed):
    one = noticed_round("张三", "李四")
    period = one.roster.period
    assert period.ends_on == dt.date(2026, 10, 15)
    suspend(year, one.enterprise)
    assert year.told(year.hr, "暂停")

    year.at("2026-10-16 00:06:00")  # the night after the last day as it stood before
    assert close_due.apply().get() == 0
    assert application_of("张三").state == "noticing"
    assert fresh(period).state == "running"
    panel = {"name": "评审委员会", "from_reserve": False}
    year.hr.refused("reviews.create_panel", one, "暂停", clause="办法六", **panel)
    year.hr.refused("reviews.plan_meeting", one, "暂停", clause="办法六", **PLAN)

    year.at("2026-10-19 15:00:00")
    authority = ReviewAuthority.objects.get()
    year.hr.stranger("enterprises.resume_review", authority)
    year.leader.do("enterprises.resume_review", authority, resumed_on=dt.date(2026, 10, 20), reason="整改到位。")
    year.at("2026-10-20 09:00:00")
    close_due.apply().get()
    year.at("2026-10-22 23:59:00")  # 10 and 12 October counted before, 20 to 22 after
    assert close_due.apply().get() == 0
    assert fresh(period).ends_on == dt.date(2026, 10, 22)
    assert "22日" in year.hr.open(one.roster.get_absolute_url()).text
    year.at("2026-10-23 00:06:00")
    assert close_due.apply().get() == 2
    assert {application_of(name).state for name in ("张三", "李四")} == {"noticed"}
    year.at("2026-10-23 09:00:00")
    year.hr.do("reviews.create_panel", one, **panel)


PLAN = {
    "planned_on": dt.date(2026, 11, 3),
    "planned_hour": "09:00",
    "place": "三楼会议室",
    "mode": "in_person",
    "contact": "李人事 0573-80000000",
}
