"""PR-7 and PR-11 at the city's committee: no named ballot, no late or lent vote — page, console, model."""

from __future__ import annotations

import pytest

from applications.models import TitleApplication
from jiaxing_titles import clock
from reviews import actions
from reviews.models import CommitteeAttendance, TellerCount
from tests.journeys.driver import fresh
from tests.scenes.reviewing import marks_of
from tests.trust.attempts import barred, no_back_door, not_his, refused

pytestmark = pytest.mark.django_db
ORDER = "人社部令第40号（年度设置）"
PROMISE = {"promised": "on"}


def sit(meeting, member):
    facts = {"signed_at": clock.now(), "method": "self", "promised": True}
    return lambda: CommitteeAttendance.objects.create(meeting=meeting, member=member, **facts)


def to(case, state):
    return lambda: type(case)._base_manager.filter(pk=case.pk).update(state=state)


def test_the_committee_votes_in_person_in_time_and_in_secret(year, sitting):
    """Ten of eleven sit; the eleventh comes late, and whoever counts keys totals and nothing else."""
    meeting = sitting("张三", present=10)
    person_and_time(year, meeting)
    slot, sheet = meeting.slots.get(), meeting.sheets.get()
    secretary = year.committee_secretary
    actions.name_reporter(slot, actor=year.hr.actor, reporter="李人事", brief="组织过程和结果。")
    slot = actions.hear_slot(fresh(slot), actor=secretary.actor)
    actions.deliberate_slot(slot, actor=secretary.actor, deliberation="程序规范。")
    secrecy(year, actions.issue_sheet(sheet, actor=secretary.actor))


def person_and_time(year, meeting):
    """PR-11."""
    eleventh = meeting.members.get(user=year.judge(11).user)
    late = "签到已截止；迟到的评委不得参加本次表决，也不得委托他人或事后补投。"
    told = refused(year.judge(11), "reviews.committee_sign_in", meeting, late, ORDER, **PROMISE)
    at_desk, by_desk = "reviews.committee_sign_in_at_desk", {"members": eleventh.pk, "in_person": "on"}
    assert refused(year.committee_secretary, at_desk, meeting, late, ORDER, **by_desk) == told
    not_his(year.judge(30), "reviews.committee_sign_in", meeting, **PROMISE)
    for desk in (year.hr, year.county, year.clerk, year.leader, year.committee_secretary):
        not_his(desk, "reviews.committee_sign_in", meeting, **PROMISE)
    no_back_door(year.committee_secretary, meeting, eleventh)
    barred("PR-11", "a late seat", sit(meeting, eleventh))
    taken = CommitteeAttendance.objects.filter(member__user=year.judge(10).user)
    barred("PR-11", "one seat handed to another", lambda: taken.update(member=eleventh))
    assert meeting.attendances.count() == 10


def secrecy(year, sheet):
    """PR-7: a teller of the committee sends a name along; nothing of it is kept; officials key nothing."""
    keyed = {"issued": 10, "returned": 10, "missing": 0, "valid": 10, "invalid": 0}
    keyed |= {f"line_1_{mark}": value for mark, value in marks_of(sheet, 8, 10)["1"].items()}
    named = {"line_1_voter": "评委3", "voters": "评委3,评委4", "choice": "no"}
    teller = year.desk("teller", "city", "计票甲")
    assert teller.client.post(f"/committee/sheets/{sheet.pk}/count/", {**keyed, **named}).status_code == 302
    stored = TellerCount.objects.get(sheet=sheet)
    assert "评委" not in str(stored.marks)
    for desk in (
        year.desk("teller", "city", "计票外"),
        year.judge(3),
        year.clerk,
        year.leader,
        year.committee_secretary,
    ):
        not_his(desk, "reviews.key_count", sheet, **keyed)
    no_back_door(year.committee_secretary, stored, sheet.lines.get())
    one = TellerCount.objects.filter(pk=stored.pk)
    barred("PR-7", "a name beside a mark", lambda: one.update(marks={"1": {"yes": 8, "评委3": 1}}))
    barred("PR-10", "update(state=committee_passed)", to(TitleApplication.objects.get(), "committee_passed"))
