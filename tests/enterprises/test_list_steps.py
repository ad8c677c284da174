"""年度名单 by its steps: 经办, 审核, 领导, publication as decided (G4, F-10, F-12)."""

import datetime as dt

import pytest

from enterprises import actions
from enterprises.models import ApprovedList, PilotApplication, ReviewAuthority, Speciality
from enterprises.queries import scope_reasons, standing
from jiaxing_titles import clock
from jiaxing_titles.accounts import grants
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, NotPermitted
from jiaxing_titles.notifications.models import Notification


def stands(scenes):
    scenes.applied("A", "reviewed")


@pytest.fixture
def decided(applied, bureaus, actor, city):
    """A list with one company, decided but not published."""
    applied("A", "reviewed")
    clerk = actor("city_clerk", "city")
    approved = actions.draft_list(bureaus["city"], actor=clerk, cycle=city.cycle)
    approved = actions.submit_list(approved, actor=clerk)
    approved = actions.review_list(approved, actor=actor("city_reviewer", "city"))
    return actions.decide_list(
        approved,
        actor=actor("city_lead", "city"),
        held_on=clock.today(),
        meeting="局长办公会",
        attendees="张某、王某",
        conclusion="同意公布",
    )


def test_publication_grants_the_authority_and_tells(published, company, city, actor):
    approved = published("A", refused=("B",))
    assert approved.state == "published"
    granted = ReviewAuthority.objects.get()
    assert granted.enterprise == company("A")
    assert granted.granted_on == clock.today()
    assert {one.name for one in granted.specialities.all()} == {"机械设计", "机械制造与工艺", "自动化控制"}
    refused = PilotApplication.objects.get(enterprise=company("B"))
    assert refused.state == "refused"
    assert refused.list_entry.reason == "专业技术人才数量偏少"
    assert standing(company("A"), city.cycle).may_review
    refusal = standing(company("B"), city.cycle)
    assert not refusal.may_review
    assert refusal.reasons[0].gate == "G4"
    told = Notification.objects.filter(user=actor("ent_hr", "B").user, text__contains="未获核准")
    assert told.count() == 1


def test_nothing_takes_effect_before_publication(decided, company, city):
    assert PilotApplication.objects.get().state == "listed"
    assert not standing(company("A"), city.cycle).may_review


def test_a_list_changed_after_the_decision_is_not_published(decided, actor):
    entry = decided.entries.get()
    entry.specialities.add(Speciality.objects.get(name="纺织"))  # by hand, past the steps
    with pytest.raises(Blocked) as blocked:
        actions.publish_list(decided, actor=actor("city_clerk", "city"))
    assert "名单内容与审定时不一致" in str(blocked.value)
    assert not ReviewAuthority.objects.exists()


def test_the_three_hands_are_three_people(applied, bureaus, actor, city):
    applied("A", "reviewed")
    clerk = actor("city_clerk", "city")
    approved = actions.submit_list(actions.draft_list(bureaus["city"], actor=clerk, cycle=city.cycle), actor=clerk)
    twin = Actor.of(grants.give(clerk.user, Role.CITY_REVIEWER, city["city"]))
    with pytest.raises(Blocked) as blocked:
        actions.review_list(approved, actor=twin)
    assert "前一环节以外的人" in str(blocked.value)
    with pytest.raises(NotPermitted):
        actions.review_list(approved, actor=actor("county", "haining"))


def test_a_decision_lies_not_in_the_future(applied, bureaus, actor, city):
    applied("A", "reviewed")
    clerk = actor("city_clerk", "city")
    approved = actions.submit_list(actions.draft_list(bureaus["city"], actor=clerk, cycle=city.cycle), actor=clerk)
    approved = actions.review_list(approved, actor=actor("city_reviewer", "city"))
    with pytest.raises(Blocked) as blocked:
        actions.decide_list(
            approved,
            actor=actor("city_lead", "city"),
            held_on=clock.today() + dt.timedelta(days=1),
            meeting="局长办公会",
            attendees="张某",
            conclusion="同意",
        )
    assert blocked.value.reasons[0].field == "held_on"


def test_the_scope_can_be_narrowed_never_widened(applied, bureaus, actor, city):
    applied("A", "reviewed")
    clerk = actor("city_clerk", "city")
    approved = actions.draft_list(bureaus["city"], actor=clerk, cycle=city.cycle)
    entry = approved.entries.get()
    entry.application.levels = ["assistant_engineer"]
    entry.application.save()
    one = entry.application.specialities.all()[:1]
    with pytest.raises(Blocked):
        actions.change_list_entry(
            approved, actor=clerk, entry=entry.pk, levels=["engineer"], specialities=one, reason=""
        )
    actions.change_list_entry(
        approved, actor=clerk, entry=entry.pk, levels=["assistant_engineer"], specialities=one, reason=""
    )
    assert approved.entries.get().specialities.count() == 1


def test_a_line_taken_off_goes_back_to_reviewed(applied, bureaus, actor, city):
    application = applied("A", "reviewed")
    clerk = actor("city_clerk", "city")
    approved = actions.draft_list(bureaus["city"], actor=clerk, cycle=city.cycle)
    actions.remove_list_entry(approved, actor=clerk, entry=approved.entries.get().pk)
    assert PilotApplication.objects.get(pk=application.pk).state == "reviewed"
    with pytest.raises(Blocked) as blocked:
        actions.submit_list(approved, actor=clerk)
    assert "名单里还没有企业" in str(blocked.value)
    actions.refresh_list(approved, actor=clerk)
    assert approved.entries.count() == 1


def test_there_is_one_list_in_the_making(applied, bureaus, actor, city):
    applied("A", "reviewed")
    clerk = actor("city_clerk", "city")
    actions.draft_list(bureaus["city"], actor=clerk, cycle=city.cycle)
    applied("B", "reviewed")
    with pytest.raises(Blocked):
        actions.draft_list(bureaus["city"], actor=clerk, cycle=city.cycle)
    assert ApprovedList.objects.count() == 1


def test_what_lies_outside_the_scope_is_told(listed, city):
    enterprise = listed("A").enterprise
    inside = Speciality.objects.get(name="机械设计").code
    outside = Speciality.objects.get(name="纺织").code
    assert not scope_reasons(enterprise, city.cycle, "engineer", inside)
    assert [one.rule for one in scope_reasons(enterprise, city.cycle, "engineer", outside)] == ["PR-2"]
    assert len(scope_reasons(enterprise, city.cycle, "senior_engineer", outside)) == 2
