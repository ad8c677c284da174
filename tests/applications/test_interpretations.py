"""What an interpretation does to people: it judges from its day on, and a stored verdict names what judged it."""

import datetime as dt

import pytest

from applications.queries import findings_of
from jiaxing_titles.policy.actions import issue_interpretation, propose_interpretation, repeal_interpretation
from jiaxing_titles.policy.models import RuleSetVersion
from tests.scenes.engineer import RECORDS

QUESTION = "degree_counts_as_diploma"
DEGREE_ONLY = {"education": [{**RECORDS["education"][0], "award": "degree"}]}


def stands(scenes):
    scenes.open_round("A")


@pytest.fixture
def issued(city, actor):
    def make(answer: bool, effective_on: str):
        made = propose_interpretation(
            city["city"],
            actor=actor("city_clerk", "city"),
            question=QUESTION,
            answer=answer,
            text="示例",
            effective_on=dt.date.fromisoformat(effective_on),
        )
        return issue_interpretation(made, actor=actor("city_reviewer", "city"))

    return make


def test_it_judges_from_its_day_and_the_stored_verdict_stays(open_round, submitted, issued, at):
    application = submitted(open_round(), records=DEGREE_ONLY)
    before = application.latest
    assert (before.verdict, before.rule_set) == ("needs_evidence", "annex-2019")
    made = issued(True, "2026-09-10")
    at("2026-09-09 23:59:59")
    assert findings_of(application)["verdict"] == "needs_evidence"
    at("2026-09-10 00:00:00")
    now = findings_of(application)
    assert (now["verdict"], now["rule_set"]) == ("eligible", "annex-2019+2026-1")
    assert now["interpretations"] == {QUESTION: made.number}
    before.refresh_from_db()
    assert (before.verdict, before.findings["interpretations"]) == ("needs_evidence", {})


def test_a_stored_verdict_names_the_version_and_the_interpretation(open_round, submitted, issued, at):
    year, made = open_round(), issued(True, "2026-09-02")
    at("2026-09-02 09:00:00")
    version = submitted(year, records=DEGREE_ONLY).latest
    assert version.rule_set == RuleSetVersion.objects.get().code == "annex-2019+2026-1"
    assert version.findings["interpretations"] == {QUESTION: made.number}
    told = next(row["text"] for row in version.findings["reasons"] if row["id"] == "A-3.1(3)")
    assert f"依{made.number}：只有学位的视同具有学历" in told


def test_the_answer_may_be_no(open_round, drafted_application, issued, at):
    application = drafted_application(open_round(), records=DEGREE_ONLY)
    issued(False, "2026-09-02")
    at("2026-09-02 09:00:00")
    assert findings_of(application)["verdict"] == "not_eligible"


def test_after_a_repeal_the_question_is_open_again(open_round, drafted_application, issued, actor, at):
    application = drafted_application(open_round(), records=DEGREE_ONLY)
    made = issued(True, "2026-09-02")
    at("2026-09-03 09:00:00")
    repeal_interpretation(
        made, actor=actor("city_lead", "city"), repealed_on=dt.date(2026, 9, 10), reason="上级另有规定"
    )
    assert findings_of(application)["verdict"] == "eligible"
    at("2026-09-10 09:00:00")
    assert findings_of(application)["verdict"] == "needs_evidence"
