"""Official interpretations (办法六（四）, R-6.4.2): two hands, a number, a day from which they hold, a public page."""

import datetime as dt
from dataclasses import fields

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from applications.rules.eligibility import ANNEX_2019, SHIPPED
from jiaxing_titles.accounts import grants
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import Membership
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, NotPermitted
from jiaxing_titles.policy import actions
from jiaxing_titles.policy.choices import Question
from jiaxing_titles.policy.compositions import BASE, Settled, compose
from jiaxing_titles.policy.models import Interpretation, RuleSetVersion
from tests.days import told

POSTS, DEGREE = Question.EARLIER_POSTS, Question.DEGREE_IS_DIPLOMA
FACTS = {"question": POSTS, "answer": True, "text": "技术员职务自聘任之日起计算。", "effective_on": dt.date(2026, 3, 1)}


@pytest.fixture
def issued(city, actor):
    """`issued(answer=False, …)` → proposed by the clerk and issued by the reviewer."""

    def make(**changes) -> Interpretation:
        made = actions.propose_interpretation(city["city"], actor=actor("city_clerk", "city"), **{**FACTS, **changes})
        return actions.issue_interpretation(made, actor=actor("city_reviewer", "city"))

    return make


def settled(reference: str, effective_on: str, answer: bool = True, repealed_on: str = "", question=POSTS) -> Settled:
    end = dt.date.fromisoformat(repealed_on) if repealed_on else None
    return Settled(question, answer, reference, f"{reference}号", dt.date.fromisoformat(effective_on), end)


def test_the_questions_are_those_of_the_rule_set_and_the_base_is_shipped():
    open_ones = {one.name for one in fields(ANNEX_2019) if getattr(ANNEX_2019, one.name) is None}
    assert {question.value for question in Question} == open_ones
    assert BASE in SHIPPED


@pytest.mark.parametrize(
    ("on", "code"),
    [
        ("2026-02-28", "annex-2019"),
        ("2026-03-01", "annex-2019+2026-1"),
        ("2026-04-30", "annex-2019+2026-1"),
        ("2026-05-01", "annex-2019+2026-2"),
        ("2026-06-01", "annex-2019+2026-2+2026-10"),
        ("2026-07-01", "annex-2019+2026-10"),
    ],
)
def test_a_composition_is_what_is_in_force_that_day(on, code):
    """A replaced answer does not come back when the one that replaced it is repealed."""
    made = [
        settled("2026-10", "2026-06-01", question=DEGREE),
        settled("2026-1", "2026-03-01"),
        settled("2026-2", "2026-05-01", answer=False, repealed_on="2026-07-01"),
    ]
    assert compose({}, made, dt.date.fromisoformat(on)).code == code


def test_a_year_keeps_what_it_froze_until_another_answer_comes():
    frozen = {POSTS.value: settled("2025-1", "2025-05-01")}
    repealed = settled("2025-1", "2025-05-01", repealed_on="2026-03-01")
    assert compose(frozen, [repealed], dt.date(2026, 4, 1)).code == "annex-2019+2025-1"
    other = settled("2026-1", "2026-05-01", answer=False)
    assert compose(frozen, [repealed, other], dt.date(2026, 5, 1)).code == "annex-2019+2026-1"


def test_two_people_make_one_and_the_public_reads_it(city, actor, login, client):
    url = f"/console/do/policy.propose_interpretation/{city['city'].pk}/"
    clerk = login("city_clerk", "city")
    typed = {**FACTS, "answer": "True", "effective_on": "2026-03-01"}
    assert "不能早于今天" in clerk.post(url, {**typed, "effective_on": "2026-02-01"}).content.decode()
    assert clerk.post(url, {**typed, "answer": ""}).status_code == 422
    assert clerk.post(url, typed).status_code == 302
    made = Interpretation.objects.get()
    assert (made.state, made.number) == ("submitted", "")
    assert FACTS["text"] not in client.get("/policy/").content.decode()
    reviewer = login("city_reviewer", "city")
    assert made.console_url() in reviewer.get("/console/").content.decode()
    assert reviewer.post(f"/console/do/policy.issue_interpretation/{made.pk}/", {}).status_code == 302
    page = client.get("/policy/").content.decode()
    for words in ("嘉人社释〔2026〕1号", POSTS.decided(True), FACTS["text"], "2026年3月1日（星期日）起施行"):
        assert words in page
    assert told("审核同意，编号公布") == [(actor("city_clerk", "city").user.name, "02-02")]
    assert "嘉人社释〔2026〕1号" in login("county", "haining").get(made.console_url()).content.decode()
    version = RuleSetVersion.objects.get()
    console = reviewer.get(f"/console/policy/rulesetversion/{version.pk}/change/").content.decode()
    assert "annex-2019+2026-1" in console and "嘉人社释〔2026〕1号" in console


def test_nobody_issues_what_he_wrote(city, actor):
    both = actor("city_clerk", "city").user
    made = actions.propose_interpretation(city["city"], actor=actor("city_clerk", "city"), **FACTS)
    with pytest.raises(NotPermitted):
        actions.issue_interpretation(made, actor=actor("city_clerk", "city"))
    grants.give(both, Role.CITY_REVIEWER, city["city"])
    membership = Membership.objects.get(user=both, role="city_reviewer")
    with pytest.raises(Blocked, match="前一环节以外的人"):
        actions.issue_interpretation(made, actor=Actor.of(membership))


def test_numbers_run_by_year_under_the_mark_of_the_year(issued, city, actor, at):
    assert issued().number == "嘉人社释〔2026〕1号"
    city.cycle.interpretation_mark = "嘉人社职释"
    city.cycle.save()
    assert issued(question=DEGREE).number == "嘉人社职释〔2026〕2号"
    at("2027-01-04 09:00:00")
    assert issued(effective_on=dt.date(2027, 2, 1)).number == "嘉人社释〔2027〕1号"


def test_sent_back_amended_and_issued(city, actor):
    clerk, reviewer = actor("city_clerk", "city"), actor("city_reviewer", "city")
    made = actions.propose_interpretation(city["city"], actor=clerk, **FACTS)
    made = actions.return_interpretation(made, actor=reviewer, reason="写明依据")
    made = actions.amend_interpretation(made, actor=clerk, **{**FACTS, "text": "依据附件三。"})
    assert (made.state, made.text) == ("submitted", "依据附件三。")
    made = actions.return_interpretation(made, actor=reviewer, reason="不宜解释")
    assert actions.drop_interpretation(made, actor=clerk, reason="不作").state == "dropped"
    assert not RuleSetVersion.objects.exists()


def test_no_interpretation_reaches_backwards(city, actor, at):
    made = actions.propose_interpretation(city["city"], actor=actor("city_clerk", "city"), **FACTS)
    at("2026-03-02 09:00:00")
    with pytest.raises(Blocked, match="解释不溯及以前"):
        actions.issue_interpretation(made, actor=actor("city_reviewer", "city"))


def test_one_question_has_one_answer_a_day(issued):
    issued()
    with pytest.raises(Blocked, match="一天只能有一个答复"):
        issued(answer=False)


@pytest.mark.parametrize("change", ["answer = false", "text = '改'", "effective_on = '2026-01-01'", "number = ''"])
def test_what_was_issued_is_never_changed(issued, change):
    made = issued()
    with pytest.raises(DatabaseError, match="不能改动"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE policy_interpretation SET {change} WHERE id = %s", [made.pk])


def test_another_answer_replaces_and_a_repeal_opens_the_question_again(issued, actor, at, client, city):
    first = issued()
    issued(answer=False, effective_on=dt.date(2026, 5, 1))
    at("2026-04-01 09:00:00")
    assert "2026年5月1日（星期五）起由嘉人社释〔2026〕2号代替" in client.get("/policy/").content.decode()
    at("2026-05-01 09:00:00")
    assert "已由嘉人社释〔2026〕2号代替" in client.get("/policy/").content.decode()
    lead = actor("city_lead", "city")
    second = Interpretation.objects.exclude(pk=first.pk).get()
    with pytest.raises(Blocked, match="晚于今天"):
        actions.repeal_interpretation(second, actor=lead, repealed_on=dt.date(2026, 5, 1), reason="上级另有规定")
    second = actions.repeal_interpretation(second, actor=lead, repealed_on=dt.date(2026, 6, 1), reason="上级另有规定")
    at("2026-06-01 09:00:00")
    assert "6月1日（星期一）废止" in client.get("/policy/").content.decode()
    assert city.cycle.composition(dt.date(2026, 6, 1)).code == "annex-2019"
    with pytest.raises(Blocked, match="已经登记废止"):
        actions.repeal_interpretation(second, actor=lead, repealed_on=dt.date(2026, 7, 1), reason="再废")


def test_a_year_freezes_what_is_in_force_when_it_begins(issued, city, actor, at):
    issued()
    issued(question=DEGREE, effective_on=dt.date(2027, 1, 2))
    at("2026-12-01 09:00:00")
    cycle = actions.open_year(city["city"], actor=actor("city_clerk", "city"), year=2027)
    assert cycle.rule_set.code == "annex-2019+2026-1"
    assert city.cycle.rule_set is None
    stored = set(RuleSetVersion.objects.values_list("code", flat=True))
    for year in (city.cycle, cycle):
        for day in (dt.date(2026, 12, 1), dt.date(2027, 1, 2)):
            code = year.composition(day).code
            assert code in stored, code


def test_a_stored_version_is_never_changed(issued):
    issued()
    with pytest.raises(DatabaseError), transaction.atomic():
        RuleSetVersion.objects.update(code="x")


def test_the_public_page_asks_as_often_for_three_as_for_one(issued, client, django_assert_num_queries):
    issued()
    client.get("/policy/")
    with CaptureQueriesContext(connection) as one:
        client.get("/policy/")
    issued(question=DEGREE)
    issued(question=Question.ANY_SPECIALITY)
    with django_assert_num_queries(len(one)):
        client.get("/policy/")
