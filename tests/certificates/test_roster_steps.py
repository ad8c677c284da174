"""市局公示: 经办 → 审核 → 领导; names from the signed tally only; opened by signing."""

import datetime as dt

import pytest

from applications.models import StaffMember, TitleApplication
from certificates import actions
from certificates.choices import RosterState
from certificates.models import ResultRoster, RosterLine
from jiaxing_titles.accounts import grants
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, NotPermitted
from jiaxing_titles.audit.queries import events_of
from jiaxing_titles.notifications.models import Notification
from tests.scenes.announcing import CONTACT, TITLE, put
from tests.scenes.registry import reload

steps = actions.roster


def stands(scenes):
    scenes.submitted(scenes.open_round("A"), "张三")


def test_the_list_is_built_from_those_who_passed_in_its_order(drafted_roster):
    roster = drafted_roster("张三", "李四")
    assert [(line.number, line.name, line.title, line.route) for line in roster.lines.all()] == [
        (1, "李四", "工程师", "评审"),
        (2, "张三", "工程师", "评审"),
    ]
    assert not any(line.note for line in roster.lines.all())


def test_namesakes_in_one_company_are_told_apart_by_department(passed, bureaus, city, clerk):
    first, second = passed("张三", "李四", called="张三")
    TitleApplication.objects.filter(pk=second.pk).update(department="设备部")
    roster = steps.draft_roster(bureaus["city"], actor=clerk, cycle=city.cycle, title=TITLE, contact=CONTACT)
    assert sorted(line.shown_name for line in roster.lines.all()) == ["张三（工艺部）", "张三（设备部）"]
    assert {line.application_id for line in roster.lines.all()} == {first.pk, second.pk}


def test_signing_opens_five_counted_working_days_and_takes_everybody_along(on_notice):
    roster = on_notice("张三", "李四")
    assert roster.state == RosterState.SIGNED
    assert roster.signed_on == dt.date(2026, 12, 7)
    assert roster.period.counted_days == ["2026-12-08", "2026-12-09", "2026-12-10", "2026-12-11", "2026-12-14"]
    assert set(TitleApplication.objects.values_list("state", flat=True)) == {"city_noticing"}
    assert Notification.objects.filter(key=f"certificates.notice:{roster.pk}").count() == 3  # two people, one HR


def test_the_public_columns_are_the_whitelist_and_nothing_else(on_notice):
    roster = on_notice("张三")
    entry = roster.period.entries.get()
    assert set(entry.columns) == {"工作单位", "专业", "资格", "途径"}


def test_nobody_passed_means_no_roster(open_round, bureaus, city, clerk):
    open_round("A")
    with pytest.raises(Blocked) as refused:
        steps.draft_roster(bureaus["city"], actor=clerk, cycle=city.cycle, title=TITLE, contact=CONTACT)
    assert refused.value.reasons[0].clause == "办法五（四）"
    assert refused.value.reasons[0].gate == "G18"
    assert not ResultRoster.objects.exists()


def test_one_who_left_the_company_is_not_put_on_the_notice(passed, bureaus, city, clerk):
    stays, left = passed("张三", "李四")
    StaffMember.objects.filter(person=left.person).update(left_on=dt.date(2026, 12, 1))
    roster = steps.draft_roster(bureaus["city"], actor=clerk, cycle=city.cycle, title=TITLE, contact=CONTACT)
    assert [line.application_id for line in roster.lines.all()] == [stays.pk]


def test_a_list_that_differs_from_the_tallies_goes_nowhere(drafted_roster, passed, clerk):
    roster = drafted_roster("张三", "李四")
    put(TitleApplication.objects.get(person__name="李四"), "committee_failed")
    with pytest.raises(Blocked) as refused:
        steps.submit_roster(roster, actor=clerk)
    assert any("李四" in str(reason) for reason in refused.value.reasons)
    steps.refresh_roster(reload(roster), actor=clerk)
    assert steps.submit_roster(reload(roster), actor=clerk).state == RosterState.SUBMITTED


def test_the_gate_holds_when_the_move_is_called_directly(drafted_roster):
    roster = drafted_roster("张三")
    put(TitleApplication.objects.get(), "committee_failed")
    with pytest.raises(Exception, match="submit"):
        reload(roster).submit()


def test_three_officials_are_needed(drafted_roster, clerk, reviewer, lead, city, actor):
    roster = steps.submit_roster(drafted_roster("张三"), actor=clerk)
    with pytest.raises(NotPermitted):
        steps.review_roster(roster, actor=clerk)
    same_person = city.person("city_clerk", "city")
    both = grants.give(same_person, Role.CITY_REVIEWER, city["city"])
    with pytest.raises(Blocked) as refused:
        steps.review_roster(roster, actor=Actor.of(both))
    assert "前一环节以外的人" in str(refused.value)
    roster = steps.review_roster(roster, actor=reviewer)
    assert events_of(roster).filter(outcome="refused").count() == 2
    assert steps.sign_roster(roster, actor=lead).state == RosterState.SIGNED


@pytest.mark.parametrize("role", ["county", "ent_hr", "applicant", "sysadmin", "auditor"])
def test_no_other_role_signs(drafted_roster, clerk, reviewer, actor, role):
    roster = steps.review_roster(steps.submit_roster(drafted_roster("张三"), actor=clerk), actor=reviewer)
    place = {"county": "haining", "ent_hr": "A", "applicant": "A"}.get(role, "city")
    with pytest.raises(NotPermitted):
        steps.sign_roster(roster, actor=actor(role, place))
    assert reload(roster).state == RosterState.REVIEWED


def test_sending_back_says_why_and_the_list_can_be_built_anew(drafted_roster, clerk, reviewer):
    roster = steps.submit_roster(drafted_roster("张三"), actor=clerk)
    roster = steps.send_back_roster(roster, actor=reviewer, reason="受理电话有误")
    assert roster.state == RosterState.DRAFT
    roster = steps.edit_roster(roster, actor=clerk, title=TITLE, contact="0573-80000002")
    assert roster.contact == "0573-80000002"
    assert steps.submit_roster(roster, actor=clerk).state == RosterState.SUBMITTED


def test_a_notice_that_needs_an_unconfirmed_year_is_not_opened(drafted_roster, clerk, reviewer, lead, at):
    roster = steps.review_roster(steps.submit_roster(drafted_roster("张三"), actor=clerk), actor=reviewer)
    at("2026-12-28 09:00:00")
    with pytest.raises(Blocked) as refused:
        steps.sign_roster(roster, actor=lead)
    assert any("2027" in reason.text and reason.rule == "D-9" for reason in refused.value.reasons)
    assert TitleApplication.objects.get().state == "committee_passed"
    assert reload(roster).period is None


def test_somebody_on_one_notice_is_on_no_other(on_notice, bureaus, city, clerk):
    on_notice("张三")
    with pytest.raises(Blocked):
        steps.draft_roster(bureaus["city"], actor=clerk, cycle=city.cycle, title=TITLE, contact=CONTACT)
    assert RosterLine.objects.count() == 1
