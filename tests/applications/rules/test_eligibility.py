"""The annex: the contract's examples, a second slow implementation, and what must not change an answer."""

import copy
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from applications.rules.eligibility import ANNEX_2019, RuleSet, composed, judge, parse_facts, refusals, report
from tests.applications.rules.naive_annex import expected
from tests.applications.rules.people import VAGUE, on_the_edge, people

EXAMPLES = [json.loads(line) for line in (Path(__file__).parent / "examples.jsonl").read_text("utf-8").splitlines()]
THOROUGH = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))


def outcome(facts, rules=ANNEX_2019):
    found = report(judge(parse_facts(facts), rules))
    return {key: found[key] for key in ("gates", "routes", "initial", "verdict")}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["facts"]["id"])
def test_contract_example(example):
    assert outcome(example["facts"]) == example["expected"]


def test_there_are_all_the_examples():
    assert len(EXAMPLES) == 33


@THOROUGH
@given(people())
def test_agrees_with_the_slow_implementation(facts):
    assert outcome(facts) == expected(facts)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(people(VAGUE, (1, 1, 1)) | people(VAGUE, (2, 1, 0)) | people(VAGUE, (1, 2, 0)))
def test_kindest_and_harshest_reading_equal_all_readings(facts):
    assert outcome(facts) == expected(facts)


@THOROUGH
@given(on_the_edge())
def test_vague_study_near_the_threshold_equals_all_readings(facts):
    assert outcome(facts) == expected(facts)


@pytest.mark.parametrize(
    ("worked_from", "started_on", "awarded_on", "value"),
    [
        ("2024-12-01", "2024-12", "2025-01-31", "unknown"),
        ("2024-12-01", "2024-12-31", "2025-01-31", "pass"),
        ("2025-01-01", "2025-01-01", "2025-01", "unknown"),
        ("2025-01-01", "2025-01-01", "2025-01-31", "fail"),
    ],
)
def test_study_is_read_the_other_way_round_from_work(worked_from, started_on, awarded_on, value):
    """The kinder reading of study is the shorter one: the two years end on the counting day exactly, or do not."""
    facts = copy.deepcopy(EXAMPLES[0]["facts"]) | {"level": "assistant_engineer", "as_of": "2027-01-01"}
    graduated = {"level": "associate", "award": "both", "outcome": "graduated", "mode": "adult"}
    broken_off = {"level": "bachelor", "award": "both", "outcome": "withdrawn", "mode": "full_time"}
    facts["education"] = [
        graduated | {"awarded_on": "2020-06-30"},
        broken_off | {"started_on": started_on, "awarded_on": awarded_on},
    ]
    facts["work"][0]["from"] = worked_from
    assert outcome(facts)["routes"]["A-3.2(2)"] == value


@THOROUGH
@given(people(VAGUE), st.randoms(use_true_random=False))
def test_order_of_records_changes_nothing(facts, random):
    mixed = copy.deepcopy(facts)
    for table in ("education", "work", "posts"):
        random.shuffle(mixed[table])
    assert outcome(mixed) == outcome(facts)


@THOROUGH
@given(people(), st.data())
def test_splitting_a_period_changes_nothing(facts, data):
    split = copy.deepcopy(facts)
    for table, first, last in (("work", "from", "to"), ("posts", "appointed_from", "appointed_to")):
        for record in list(split[table]):
            begin = date.fromisoformat(record[first])
            end = date.fromisoformat(record[last] or "2030-01-01")
            if end > begin:
                cut = data.draw(st.dates(begin, end - timedelta(days=1)))
                split[table].append({**record, first: (cut + timedelta(days=1)).isoformat()})
                record[last] = cut.isoformat()
    assert outcome(split) == outcome(facts)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(people())
def test_earliest_is_the_first_counting_day_that_passes(facts):
    """Looks at the day itself and at the days around it, by asking again with another counting day."""
    for route, found in report(judge(parse_facts(facts)))["earliest"].items():
        if found is not None:
            first = date.fromisoformat(found)
            assert outcome({**facts, "as_of": found})["routes"][route] == "pass"
            for days in (1, 2, 40, 400):
                before = (first - timedelta(days=days)).isoformat()
                if before >= (facts["applied_on"] or ""):
                    assert outcome({**facts, "as_of": before})["routes"][route] != "pass"
        elif outcome(facts)["routes"][route] == "pass":
            pytest.fail(f"{route} passes on as_of, so it has an earliest day")


def bachelor(**changes):
    facts = copy.deepcopy(EXAMPLES[0]["facts"])
    return facts | changes


def test_missing_time_and_earliest_day_are_told():
    facts = bachelor(as_of="2026-06-29")
    found = report(judge(parse_facts(facts)))
    told = next(row for row in found["reasons"] if row["id"] == "A-3.1(3)")
    assert found["earliest"]["A-3.1(3)"] == "2026-06-30"
    assert told["clause"] == "附件三、1（3）"
    assert told["text"] == (
        "计算至2026-06-29：大学本科毕业后从事工程技术工作3年11月29日，须满4年，还差0年0月1日；如持续在岗，2026-06-30起满足。"
    )


def test_an_imprecise_date_gives_no_earliest_day_and_is_asked_for():
    facts = bachelor()
    facts["work"][0]["from"] = "2023-01"
    found = report(judge(parse_facts(facts)))
    assert found["routes"]["A-3.1(3)"] == "unknown"
    assert set(found["earliest"].values()) == {None}
    text = next(row["text"] for row in found["reasons"] if row["id"] == "A-3.1(3)")
    assert "：工作经历第1条：开始日期请补充到具体日期" in text


def test_year_precision_inside_one_year_may_leave_the_year_unworked():
    """A kinder reading of A-1 has fewer days of work, unlike every route."""
    facts = bachelor(assessments={})
    facts["work"] = [{**facts["work"][0], "from": "2025", "to": "2025"}]
    assert outcome(facts)["gates"]["A-1"] == "unknown"
    assert outcome(facts | {"assessments": {"2025": "qualified"}})["gates"]["A-1"] == "pass"
    assert outcome(facts | {"assessments": {"2025": "unqualified"}})["gates"]["A-1"] == "unknown"


def test_an_interpretation_settles_an_open_reading():
    facts = next(example["facts"] for example in EXAMPLES if example["facts"]["id"] == "S3")
    counting = RuleSet("x", "解释", posts_before_graduation_count=True)
    not_counting = RuleSet("y", "解释", posts_before_graduation_count=False)
    assert outcome(facts)["routes"]["A-3.2(2)"] == "unknown"
    assert outcome(facts, counting)["routes"]["A-3.2(2)"] == "pass"
    assert outcome(facts, not_counting)["routes"]["A-3.2(2)"] == "fail"


def told(facts, route, rules=ANNEX_2019) -> str:
    """The sentence of that route."""
    return next(row["text"] for row in report(judge(parse_facts(facts), rules))["reasons"] if row["id"] == route)


def settling(question: str, answer: bool) -> RuleSet:
    return composed(ANNEX_2019, "annex-2019+2026-1", {question: (answer, "嘉人社释〔2026〕1号")})


def test_a_settled_question_is_cited_and_no_longer_asked():
    posts = next(example["facts"] for example in EXAMPLES if example["facts"]["id"] == "S3")
    master = bachelor()
    master["education"] = [{**master["education"][0], "level": "master"}]
    master["work"] = [{**master["work"][0], "relation": "other"}]
    for facts, question, route, said in (
        (posts, "posts_before_graduation_count", "A-3.2(2)", "毕业前担任技术员的年限不计入"),
        (master, "any_speciality_after_degree", "A-3.1(2)", "不属本专业或相近专业的，不符合"),
    ):
        assert "由市人力社保局解释" in told(facts, route)
        sentence = told(facts, route, settling(question, False))
        assert "（依嘉人社释〔2026〕1号：" in sentence and said in sentence
        assert "由市人力社保局解释" not in sentence


def test_a_degree_alone_is_settled_too():
    facts = bachelor()
    facts["education"] = [{**facts["education"][0], "award": "degree"}]
    assert outcome(facts)["routes"]["A-3.1(3)"] == "unknown"
    yes, no = settling("degree_counts_as_diploma", True), settling("degree_counts_as_diploma", False)
    assert [outcome(facts, rules)["routes"]["A-3.1(3)"] for rules in (yes, no)] == ["pass", "fail"]
    assert "只有学位的视同具有学历" in told(facts, "A-3.1(3)", yes)


def test_refusals_cite_the_clause_and_are_empty_for_the_eligible():
    assert refusals(judge(parse_facts(bachelor()))) == []
    found = refusals(judge(parse_facts(bachelor(continuing_education={"2026": "89.5"}, evidence_closed=True))))
    assert [(reason.rule, reason.clause, reason.gate) for reason in found] == [("A-2", "附件二", "G7")]
    assert "还差0.5学时" in found[0].text


@pytest.mark.parametrize("as_of", ["9999-12-31", "0001-01-01", "0004-02-29"])
def test_the_ends_of_the_calendar_give_a_verdict(as_of):
    assert outcome(bachelor(as_of=as_of))["verdict"] in ("eligible", "needs_evidence", "not_eligible")
