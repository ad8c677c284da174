"""What an interpretation does to people: it judges from its day on, and a stored verdict names what judged it."""

import datetime as dt
from types import SimpleNamespace

import pytest

from applications.queries import findings_of
from applications.queries.import_preview import previews_of
from applications.queries.self_check import facts_of_answers, standing_of, standing_on
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
    assert f"（依{made.number}：只有学位没有学历证书的，是否视同具有学历——是。）" in told


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


def test_self_check_form_and_import_go_by_the_same_answer(open_round, drafted_application, issued, city, at):
    year = open_round()
    application = drafted_application(year, records=DEGREE_ONLY)
    topics = {**RECORDS, **DEGREE_ONLY}
    person = SimpleNamespace(
        row=2,
        topics=topics,
        facts={"name": "张三", "level": "engineer", "route": "review", "courses_match": None},
    )
    answers = {
        "level": "engineer",
        **{key: topics[key] for key in ("education", "work", "posts")},
        "assessments": {"2023": "qualified", "2024": "qualified", "2025": "qualified"},
        "hours": "96",
    }

    def kinds() -> list[str]:
        return [
            standing_on(facts_of_answers(answers, city.cycle), city.cycle).conclusion.kind,
            standing_of(application).conclusion.kind,
            previews_of([person], year)[0].conclusion.kind,
        ]

    assert kinds() == ["by_a_person"] * 3
    issued(True, "2026-09-02")
    at("2026-09-02 09:00:00")
    assert kinds() == ["may_apply"] * 3
