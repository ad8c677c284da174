"""The annex: the contract's examples, a second slow implementation, and what the explanation says."""

import copy
import json
import os
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from applications.rules.eligibility import ANNEX_2019, Interpretation, judge, parse_facts, report
from tests.applications.rules.naive_annex import expected
from tests.applications.rules.random_people import person

EXAMPLES = [json.loads(line) for line in (Path(__file__).parent / "examples.jsonl").read_text("utf-8").splitlines()]
PEOPLE = int(os.environ.get("ELIGIBILITY_PEOPLE", "2000"))  # benchmarks/README.md: the long run


def outcome(facts, rules=ANNEX_2019):
    found = judge(parse_facts(facts), rules)
    return {key: getattr(found, key) for key in ("gates", "routes", "initial", "verdict")}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["facts"]["id"])
def test_contract_example(example):
    assert outcome(example["facts"]) == example["expected"]


def test_there_are_all_the_examples():
    assert len(EXAMPLES) == 33


@pytest.mark.slow
def test_agrees_with_the_slow_implementation():
    """Every person under every reading, told apart by day."""
    differing = [number for number in range(PEOPLE) if outcome(person(number)) != expected(person(number))]
    assert differing == []


def test_the_people_meet_the_limits_of_every_clause():
    met = set()
    for number in range(2000):
        found = outcome(person(number))
        met |= {*found["gates"].items(), *found["routes"].items(), *found["initial"].items()}
    clauses = [*ANNEX_2019.routes.values(), *ANNEX_2019.initial.values()]
    routes = [route.id for routes in clauses for route in routes if not route.refers]
    wanted = {(route, value) for route in routes for value in ("pass", "fail", "unknown")}
    wanted |= {("A-1", "unknown"), ("A-1", "fail"), ("A-1", "pass"), ("A-3.1(6)", "refer"), ("A-3.1(6)", "fail")}
    wanted |= {("A-2", value) for value in ("pass", "fail", "unknown", "pending")}
    assert wanted - met == set()


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


def test_earliest_is_the_first_counting_day_that_passes():
    """Asked of the slow implementation: on the day itself, the day before, and earlier days."""
    told = 0
    for number in range(150):
        facts = person(number)
        for route, found in report(judge(parse_facts(facts)))["earliest"].items():
            if found is None:
                vague = any(len(text) < 10 for text in dates_of(facts))
                assert vague or outcome(facts)["routes"][route] != "pass", (number, route)
                continue
            told += 1
            first = date.fromisoformat(found)
            days = [first, *(first - timedelta(days=back) for back in (1, 2, 40, 400))]
            asked = [day for day in days if day.isoformat() >= facts.get("applied_on", "")]
            values = [expected(facts | {"as_of": day.isoformat()})["routes"][route] for day in asked]
            assert values[0] == "pass" and "pass" not in values[1:], (number, route, found)
    assert told > 100


def dates_of(facts):
    keys = ("awarded_on", "started_on", "from", "to", "appointed_from", "appointed_to")
    rows = [*facts["education"], *facts["work"], *facts["posts"]]
    return [row[key] for row in rows for key in keys if row.get(key)]


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
        "计算至2026年6月29日：大学本科毕业后从事工程技术工作3年11月29日，须满4年，还差0年0月1日；如持续在岗，2026年6月30日起满足。"
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


@pytest.mark.parametrize(
    ("began", "ended", "asked"),
    [
        ("2020-01-01", "2022-12-31", []),
        ("2020-01-01", "2023-01-01", ["2023"]),
        ("2020-01-01", "2024-06-30", ["2023", "2024"]),
        ("2025-12-31", None, ["2025"]),
        ("2026-01-01", None, []),
        ("2024-01-01", "2024-12-31", ["2024"]),
        ("2024-12-31", "2024-12-31", ["2024"]),
        ("2023-12-31", "2024-01-01", ["2023", "2024"]),
        ("2023", None, ["2023", "2024", "2025"]),
    ],
)
def test_only_the_worked_years_of_the_last_three_are_asked_for(began, ended, asked):
    facts = bachelor(assessments={year: "qualified" for year in asked})
    facts["work"] = [{**facts["work"][0], "from": began, "to": ended}]
    assert outcome(facts)["gates"]["A-1"] == ("pass" if asked else "not_applicable")
    for year in asked:
        fewer = {other: "qualified" for other in asked if other != year}
        assert outcome(facts | {"assessments": fewer})["gates"]["A-1"] == "unknown"


@pytest.mark.parametrize(("began", "ended"), [("2025", "2025-06-30"), ("2025-06-30", "2025"), ("2025", "2025")])
def test_a_job_that_may_have_no_days_may_ask_for_no_year(began, ended):
    facts = bachelor(assessments={"2025": "unqualified"})
    facts["work"] = [{**facts["work"][0], "from": began, "to": ended}]
    assert outcome(facts)["gates"]["A-1"] == "unknown"


def test_the_jobs_named_for_the_assessments_are_those_of_the_three_years():
    facts = bachelor(assessments={})
    ends = [("2019-01-01", "2022-12-31"), ("2019-01-01", "2023-01-01"), ("2025-12-31", None), ("2026-01-01", None)]
    facts["work"] = [{**facts["work"][0], "from": began, "to": ended} for began, ended in ends]
    row = next(row for row in report(judge(parse_facts(facts)))["reasons"] if row["id"] == "A-1")
    assert row["facts"] == ["work[1]", "work[2]"]


def test_an_interpretation_settles_an_open_reading():
    facts = next(example["facts"] for example in EXAMPLES if example["facts"]["id"] == "S3")
    counting = replace(ANNEX_2019, posts_before_graduation_count=Interpretation(True, "嘉人社函〔2027〕1号"))
    not_counting = replace(ANNEX_2019, posts_before_graduation_count=Interpretation(False, "嘉人社函〔2027〕1号"))
    assert outcome(facts)["routes"]["A-3.2(2)"] == "unknown"
    assert outcome(facts, counting)["routes"]["A-3.2(2)"] == "pass"
    assert outcome(facts, not_counting)["routes"]["A-3.2(2)"] == "fail"


def test_a_gate_alone_may_be_open():
    judged = judge(parse_facts(bachelor(assessments={"2025": "qualified"})))
    assert (judged.passed_routes, judged.label) == (["A-3.1(3)"], "待补证")


@pytest.mark.parametrize("as_of", ["9999-12-31", "0001-01-01", "0004-02-29"])
def test_the_ends_of_the_calendar_give_a_verdict(as_of):
    assert outcome(bachelor(as_of=as_of))["verdict"] in ("eligible", "needs_evidence", "not_eligible")
