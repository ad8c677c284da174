"""PR-5 and PR-8: a notice skipped or cut short, a name published against an objection — page, console, model."""

from __future__ import annotations

import datetime as dt

import pgtrigger
import pytest

from applications.models import TitleApplication
from certificates import actions
from certificates.models import AnnouncementDocument, AnnouncementLine
from jiaxing_titles.accounts.actor import SYSTEM
from jiaxing_titles.publicity.actions import receive_objection
from jiaxing_titles.publicity.models import PublicityEntry, PublicityPeriod
from tests.journeys.driver import fresh
from tests.scenes.announcing import DOCUMENT
from tests.trust.attempts import barred, gate_holds, no_back_door, not_his, nothing_written, refused

pytestmark = pytest.mark.django_db
IN_HOUSE, CITY = "办法五（二）", "办法五（四）"
AGAINST = {"complainant": "赵六", "phone": "13800000001", "text": "业绩不是本人完成。"}
NUMBER = {"number": "嘉人社〔2026〕3号", "dated_on": "2026-12-15"}
FACTS = {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in DOCUMENT.items()}


def to(case, state):
    return lambda: type(case)._base_manager.filter(pk=case.pk).update(state=state)


def shorten(entry, **values):
    return lambda: PublicityEntry.objects.filter(pk=entry.pk).update(**values)


def test_the_notice_in_the_company_is_neither_skipped_nor_cut_short(year, noticed_round, panel_of, planned_meeting):
    """PR-5 and, once the days are over, PR-8: one objection holds the one person."""
    one = noticed_round("张三")
    filing = planned_meeting(one).filing
    application, period = TitleApplication.objects.get(), one.roster.period
    entry = period.entries.get()
    says = "评前公示须满 5 个工作日且无未了结的异议"
    within = refused(year.hr, "reviews.present_filing", filing, says, IN_HOUSE)
    forged = {"contact": "李人事", "days": 1, "ends_on": "2026-10-09"}
    with nothing_written("a second notice with days of its own"):
        assert year.hr.client.post(f"/ent/round/{one.pk}/notice/", forged).status_code == 409
    for desk in (year.county, year.clerk):
        not_his(desk, "reviews.present_filing", filing)
        not_his(desk, "applications.open_notice", one, **forged)
    no_back_door(year.clerk, period, application)
    week = [f"2026-10-{day}" for day in (10, 11, 12, 13, 14)]  # the eleventh is a Sunday
    for attempt in (
        shorten(entry, ends_on=dt.date(2026, 10, 9)),
        shorten(entry, starts_on=dt.date(2026, 10, 1), ends_on=dt.date(2026, 10, 9), counted_days=["2026-10-09"]),
        shorten(entry, ends_on=dt.date(2026, 10, 10), counted_days=["2026-10-10"] * 5),
        shorten(entry, ends_on=dt.date(2026, 10, 14), counted_days=week),
    ):
        barred("PR-5", "a shorter notice", attempt)
    barred("five_days", "a notice of four days", lambda: PublicityPeriod.objects.update(days=4))
    barred("PR-5", "update(state=noticed)", to(application, "noticed"))
    gate_holds(application, "pass_notice")

    receive_objection(period, actor=SYSTEM, entry=entry, **AGAINST)
    year.at("2026-10-19 09:00:00")
    assert refused(year.hr, "reviews.present_filing", filing, says, IN_HOUSE) == within
    barred("PR-8", "update(state=noticed)", to(application, "noticed"))
    gate_holds(application, "pass_notice")


def test_the_citys_notice_is_neither_skipped_nor_cut_short(year, on_notice):
    """PR-5 for the city: the last evening is too early, by every hand."""
    roster = on_notice("张三")
    application, entry = TitleApplication.objects.get(), roster.period.entries.get()
    year.at("2026-12-14 23:59:59")
    draft = "certificates.draft_announcement"
    refused(year.clerk, draft, roster, "公示期到2026年12月14日还没有满", CITY, **FACTS)
    for desk in (year.hr, year.head, year.applicant("张三"), year.county):
        not_his(desk, draft, roster, **FACTS)
    no_back_door(year.leader, roster, roster.period)
    barred("PR-5", "a shorter notice", shorten(entry, ends_on=dt.date(2026, 12, 11)))
    barred("PR-5", "update(state=announced)", to(application, "announced"))
    document = AnnouncementDocument(roster=roster, cycle=roster.cycle, organisation=roster.organisation, **DOCUMENT)
    document.save()

    def put_on() -> AnnouncementLine:
        return AnnouncementLine.objects.create(document=document, line=roster.lines.get(), number=1)

    barred("PR-5", "a name on the document", put_on)
    gate_holds(document, "submit")
    year.at("2026-12-15 00:00:00")
    assert put_on().pk


def test_no_name_is_published_against_an_objection(year, on_notice, over, objected, clerk):
    """PR-8: the objection comes when the document is on its way; nobody and nothing gets the name out."""
    roster = over(on_notice("张三", "李四"))
    draft = actions.announcement.draft_announcement(roster, actor=clerk, **DOCUMENT)
    document = actions.announcement.submit_announcement(draft, actor=clerk)
    objected(roster, 2)
    says = "张三有尚未办结的异议。"
    review, issue = "certificates.review_announcement", "certificates.issue_announcement"
    told = refused(year.reviewer, review, document, says, CITY)
    for desk in (year.hr, year.head, year.applicant("张三"), year.county):
        not_his(desk, issue, document, **NUMBER)
    no_back_door(year.leader, document, document.lines.first())
    barred("PR-8", "update(state=reviewed)", to(document, "reviewed"))
    gate_holds(document, "review")
    reviewed_unseen(document)
    assert refused(year.leader, issue, document, says, CITY, **NUMBER) == told
    barred("PR-8", "update(state=issued)", lambda: issue_by_hand(document))
    barred("PR-8", "update(state=announced)", to(TitleApplication.objects.get(person__name="张三"), "announced"))
    gate_holds(document, "issue")
    assert "张三" not in year.visitor.open("/notices/documents/").text


def reviewed_unseen(document):
    """As it stood when the objection came only after the review."""
    with pgtrigger.ignore("certificates.AnnouncementDocument:names_are_clear"):
        assert to(document, "reviewed")() == 1
    assert fresh(document).state == "reviewed"


def issue_by_hand(document):
    facts = {"number": "嘉人社〔2026〕3号", "dated_on": dt.date(2026, 12, 15)}
    AnnouncementDocument.objects.filter(pk=document.pk).update(state="issued", **facts)
