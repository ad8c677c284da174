"""What may be changed in the facts without changing, or without worsening, an answer."""

import copy
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from applications.rules.eligibility import judge, parse_facts
from applications.rules.eligibility.tenure import anniversary
from tests.applications.rules.random_people import person

SOME = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
PEOPLE = st.integers(0, 10**9).map(person)
DAYS = st.sampled_from([1, 1, 2, 30, 365, 1500])
SPANS = (("work", "from", "to"), ("posts", "appointed_from", "appointed_to"))
ORDER = {"fail": 0, "unknown": 1, "pass": 2}


def values(facts):
    found = judge(parse_facts(facts))
    return {"gates": found.gates, "routes": found.routes, "initial": found.initial, "verdict": found.verdict}


def worse(before, after):
    """The routes that the second answer is less sure of."""
    pairs = {**before["routes"], **before["initial"]}, {**after["routes"], **after["initial"]}
    return [key for key in pairs[0] if ORDER.get(pairs[1][key], 0) < ORDER.get(pairs[0][key], 0)]


def moved(text, days):
    return (date.fromisoformat(text) + timedelta(days=days)).isoformat() if len(text) == 10 else text


@SOME
@given(PEOPLE, DAYS, st.randoms(use_true_random=False))
def test_more_days_never_lose_a_pass(facts, days, dice):
    """A period begins earlier or ends later, or another is added. Gates are left out: see the last test but one."""
    more = copy.deepcopy(facts)
    for table, first, last in SPANS:
        for record in more[table]:
            key, way = dice.choice([(first, -days), (last, days)])
            record[key] = record[key] and moved(record[key], way)
    for table in ("work", "posts"):
        if more[table] and dice.random() < 0.5:
            more[table].append(dice.choice(more[table]) | {SPANS[table == "posts"][1]: "2014-05"})
    assert worse(values(facts), values(more)) == []


@SOME
@given(PEOPLE, DAYS)
def test_an_earlier_graduation_never_loses_a_pass(facts, days):
    sooner = copy.deepcopy(facts)
    for record in sooner["education"]:
        if "started_on" not in record:
            record["awarded_on"] = moved(record["awarded_on"], -days)
    assert worse(values(facts), values(sooner)) == []


@SOME
@given(PEOPLE)
def test_kinder_answers_never_lose_a_pass(facts):
    kinder = copy.deepcopy(facts) | {"courses_match": 3, "initial_check": "qualified"}
    for record in kinder["education"]:
        record["award"] = "both" if record["award"] == "degree" else record["award"]
    assert worse(values(facts), values(kinder)) == []


@SOME
@given(PEOPLE, st.integers(0, 800))
def test_a_later_counting_day_loses_no_route_once_applied_for(facts, days):
    """With the day of application fixed: what is counted only grows. Gates and verdict may turn, see below."""
    facts = facts | {"applied_on": facts.get("applied_on") or facts["as_of"]}
    assert worse(values(facts), values(facts | {"as_of": moved(facts["as_of"], days)})) == []


BACHELOR = {"level": "bachelor", "award": "both", "outcome": "graduated", "mode": "adult", "awarded_on": "2019-06-30"}
JOB = {"from": "2019-07-01", "to": None, "engineering": True, "relation": "same", "full_time": True}
SETTLED = {
    "id": "a",
    "level": "engineer",
    "as_of": "2025-12-31",
    "education": [BACHELOR],
    "work": [JOB],
    "assessments": {"2022": "qualified", "2023": "qualified", "2024": "qualified"},
    "continuing_education": {"2025": "90"},
}


def test_the_gates_turn_with_the_year_of_the_counting_day():
    """Where a later counting day is not monotone: other years are assessed, another year's hours are asked."""
    assert values(SETTLED)["gates"] == {"A-1": "pass", "A-2": "pass"}
    next_year = values(SETTLED | {"as_of": "2026-01-01"})
    assert next_year["gates"] == {"A-1": "unknown", "A-2": "unknown"}
    assert next_year["routes"]["A-3.1(3)"] == "pass"
    assert (values(SETTLED)["verdict"], next_year["verdict"]) == ("eligible", "needs_evidence")


def test_more_days_of_work_may_ask_for_more_assessments():
    """Nor does gate A-1 gain from more days of work."""
    later = SETTLED | {"work": [JOB | {"from": "2024-01-01"}], "assessments": {"2024": "qualified"}}
    assert values(later)["gates"]["A-1"] == "pass"
    assert values(later | {"work": [JOB]})["gates"]["A-1"] == "unknown"


def test_without_a_day_of_application_it_moves_with_the_counting_day():
    """从事工程技术工作 is then asked of the counting day itself, and whoever has left has it no more."""
    facts = SETTLED | {"level": "assistant_engineer", "work": [JOB | {"to": "2025-12-31"}]}
    assert values(facts)["routes"]["A-3.2(1)"] == "pass"
    assert values(facts | {"as_of": "2026-01-01"})["routes"]["A-3.2(1)"] == "fail"
    assert values(facts | {"as_of": "2026-01-01", "applied_on": "2025-12-31"})["routes"]["A-3.2(1)"] == "pass"


@SOME
@given(PEOPLE, st.randoms(use_true_random=False))
def test_order_of_records_changes_nothing(facts, dice):
    mixed = copy.deepcopy(facts)
    for table in ("education", "work", "posts"):
        dice.shuffle(mixed[table])
    assert values(mixed) == values(facts)


@SOME
@given(PEOPLE, st.randoms(use_true_random=False))
def test_splitting_a_period_changes_nothing(facts, dice):
    split = copy.deepcopy(facts)
    for table, first, last in SPANS:
        for record in list(split[table]):
            end = record[last] or "2030-01-01"
            if len(record[first]) == len(end) == 10 and record[first] < end:
                days = (date.fromisoformat(end) - date.fromisoformat(record[first])).days
                cut = moved(record[first], dice.randrange(days))
                split[table].append({**record, first: moved(cut, 1)})
                record[last] = cut
    assert values(split) == values(facts)


@pytest.mark.parametrize("years", [1, 2, 4, 6, 7])
def test_an_earlier_start_needs_at_most_one_day_more(years):
    """The ground on which two readings are enough (readings.py), between the years without their leap day."""
    starts = range(date(1901, 3, 1).toordinal(), date(2093, 3, 1).toordinal())
    needed = {anniversary.__wrapped__(start, years) - start for start in starts}
    assert max(needed) - min(needed) <= 1
