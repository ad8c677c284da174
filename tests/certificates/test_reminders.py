"""The city's days after its notice and its document, the company's after that; each told once (D-9 to D-12)."""

import datetime as dt

import pytest

from certificates import actions
from certificates.models import Appointment
from certificates.reminders import documents_to_send, names_to_announce
from enterprises.models import CreditRecord, ReviewAuthority
from jiaxing_titles.actions import Blocked, NotPermitted
from jiaxing_titles.inbox.registry import waiting_for
from jiaxing_titles.publicity.actions import reject
from jiaxing_titles.publicity.tasks import close_due
from tests.days import late_line, live_through, told
from tests.scenes.announcing import RECORD, issue_from, paper
from tests.scenes.registry import reload

CLERK, LEAD = "市局经办city", "市局领导city"
PROPOSED = "聘任兑现逾期，建议记入信用档案"


def test_the_last_day_of_the_citys_notice_is_told_to_the_clerk(on_notice, over, at):
    """Open since Monday, 7 December 2026; ends on the 14th."""
    roster = on_notice("张三")
    live_through(at, "2026-12-13", "2026-12-14")
    over(roster)
    live_through(at, "2026-12-15")
    assert told("公示最后一天") == [(CLERK, "12-14")]
    assert (told("公示结束"), told("公示期满")) == ([], [(CLERK, "12-15")])


def test_a_document_follows_within_three_working_days(on_notice, over, clerk, reviewer, lead, at):
    roster = over(on_notice("张三"))
    live_through(at, "2026-12-15", "2026-12-16", "2026-12-17")
    assert told("请行文公布") == [(CLERK, "12-15"), (CLERK, "12-16"), (CLERK, "12-17")]
    assert late_line(clerk, "公示期满、待行文公布") == ("12-17", False)
    live_through(at, "2026-12-18")
    assert told("请行文公布")[3:] == [(CLERK, "12-18"), (LEAD, "12-18")]
    assert late_line(clerk, "公示期满、待行文公布") == ("12-17", True)
    issue_from(reload(roster), clerk, reviewer, lead)
    assert list(names_to_announce(dt.date(2026, 12, 24))) == []


def test_before_the_notice_is_over_nothing_is_due(on_notice):
    on_notice("张三")
    assert list(names_to_announce(dt.date(2027, 1, 31))) == []


def test_a_name_released_later_has_days_of_its_own(on_notice, objected, over, clerk, reviewer, lead, at):
    """李四 is held; his objection is settled on Monday, 21 December: by Wednesday the 23rd."""
    roster = on_notice("张三", "李四")
    objection = objected(roster, 2)
    issue_from(over(roster), clerk, reviewer, lead)
    assert list(names_to_announce(dt.date(2026, 12, 24))) == []
    at("2026-12-21 10:00:00")
    reject(objection, actor=clerk, findings="查无实据。", reply="不成立。")
    close_due()
    assert late_line(clerk, "公示期满、待行文公布") == ("12-23", False)


def test_an_issued_document_goes_to_the_province_within_ten_working_days(issued, clerk, at):
    """Dated Tuesday, 15 December 2026."""
    issued("张三")
    live_through(at, "2026-12-25", "2026-12-26", "2026-12-28", "2026-12-29")
    assert told("请报送制证数据") == [(CLERK, "12-26"), (CLERK, "12-28"), (CLERK, "12-29")]
    assert late_line(clerk, "已公布、还没有报送省系统的文件") == ("12-29", False)
    live_through(at, "2026-12-30")
    assert told("请报送制证数据")[3:] == [(CLERK, "12-30"), (LEAD, "12-30")]
    assert late_line(clerk, "已公布、还没有报送省系统的文件") == ("12-29", True)


def test_what_was_delivered_is_done(delivered_batch):
    delivered_batch("张三")
    assert list(documents_to_send(dt.date(2027, 1, 31))) == []


def proposals(clerk) -> list[str]:
    return [str(line.case) for one in waiting_for(clerk) if one.label == PROPOSED for line in one.lines]


def test_a_company_that_lets_the_day_pass_is_proposed_for_the_file(issued, actor, clerk, at, login):
    issued("张三", "李四")
    due = Appointment.objects.first().due_on
    at(f"{due} 23:59:59")
    assert proposals(clerk) == []
    hr = actor("ent_hr", "A")
    done = Appointment.objects.get(person__name="张三")
    actions.appointment.record_appointment(done, actor=hr, evidence=paper(), **RECORD)
    at(f"{due + dt.timedelta(days=1)} 00:00:00")
    assert proposals(clerk) == [str(ReviewAuthority.objects.get())]
    assert CreditRecord.objects.count() == 0  # never by itself
    (group,) = [one for one in waiting_for(clerk) if one.label == PROPOSED]
    desk = login("city_clerk", "city")
    facts = desk.get(group.lines[0].url).context["form"]["facts"].value()
    assert "1人（李四）" in facts and "没有在2027年2月13日（星期六）前登记" in facts
    assert desk.post(group.lines[0].url, {"facts": facts}).status_code == 302
    record = CreditRecord.objects.get()
    assert (record.kind, record.clause, record.occurred_on) == (
        "not_honoured",
        "办法五（四）",
        due + dt.timedelta(days=1),
    )
    assert proposals(clerk) == []
    with pytest.raises(Blocked, match="已经办理过"):
        actions.credit.record_late_appointments(ReviewAuthority.objects.get(), actor=clerk, facts=facts)


def test_the_clerk_dismisses_that_proposal_with_a_reason(issued, actor, clerk, at):
    issued("张三")
    held = ReviewAuthority.objects.get()
    with pytest.raises(Blocked, match="没有逾期未登记"):
        actions.credit.dismiss_late_appointments(held, actor=clerk, reason="没有逾期")
    at(f"{Appointment.objects.first().due_on + dt.timedelta(days=1)} 09:00:00")
    for role, place in (("county", "haining"), ("ent_hr", "A"), ("city_lead", "city")):
        with pytest.raises(NotPermitted):
            actions.credit.dismiss_late_appointments(held, actor=actor(role, place), reason="已兑现")
    assert len(proposals(clerk)) == 1
    made = actions.credit.dismiss_late_appointments(held, actor=clerk, reason="已兑现，登记在办")
    assert (made.kind, made.reason, made.dismissed_by) == ("not_honoured", "已兑现，登记在办", clerk.user)
    assert proposals(clerk) == []
    with pytest.raises(Blocked, match="已经办理过"):
        actions.credit.record_late_appointments(held, actor=clerk, facts="逾期")


def test_what_is_registered_is_no_failure_of_the_company(recorded, clerk, at):
    recorded("张三")
    at("2027-06-01 09:00:00")
    assert proposals(clerk) == []
    with pytest.raises(Blocked, match="没有逾期未登记"):
        actions.credit.record_late_appointments(ReviewAuthority.objects.get(), actor=clerk, facts="逾期")
