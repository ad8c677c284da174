"""One person under the annex and a plan that is stricter (F-17)."""

import pytest

from applications.rules.eligibility import ANNEX_2019, parse_facts
from applications.rules.simulation import Asked, obstacles

GRADES = {year: "qualified" for year in ("2023", "2024", "2025")}
STUDY = {"level": "bachelor", "award": "both", "outcome": "graduated", "mode": "adult", "awarded_on": "2021-06-30"}
JOB = {"from": "2021-07-01", "to": None, "engineering": True, "relation": "same", "full_time": True}
ENGINEER = {
    "id": "x",
    "level": "engineer",
    "as_of": "2026-12-31",
    "education": [STUDY],
    "work": [JOB],
    "assessments": GRADES,
    "continuing_education": {"2026": "96"},
}


def found(facts=None, *asked):
    return [(one.text, one.clause, one.open) for one in obstacles(parse_facts(facts or ENGINEER), ANNEX_2019, asked)]


def test_nothing_stands_against_one_who_could_apply():
    assert found() == []


@pytest.mark.parametrize(
    ("changes", "text", "clause", "is_open"),
    [
        ({"continuing_education": {"2026": "88"}}, "当年继续教育还不足90学时", "附件二", True),
        ({"continuing_education": {}}, "还没有当年继续教育学时", "附件二", True),
        (
            {"continuing_education": {"2026": "88"}, "evidence_closed": True},
            "当年继续教育不足90学时，补充已截止",
            "附件二",
            False,
        ),
        ({"assessments": {**GRADES, "2025": "unqualified"}}, "近3年年度考核有低于“合格”的", "附件一", False),
        ({"assessments": {}}, "近3年年度考核缺结果", "附件一", True),
        (
            {"work": [{**JOB, "from": "2024-07-01"}], "assessments": {"2024": "qualified", "2025": "qualified"}},
            "学历、年限不符合其中任何一条",
            "附件三、1",
            False,
        ),
        ({"education": [{**STUDY, "award": "degree"}]}, "学历、年限要补充材料才能确定", "附件三、1", True),
        ({"level": "assistant_engineer", "work": []}, "学历、年限不符合其中任何一条", "附件三、2", False),
    ],
)
def test_what_the_annex_has_against_it(changes, text, clause, is_open):
    assert found({**ENGINEER, **changes}) == [(text, clause, is_open)]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (Asked(5, "education", "A-3.1(3)", 5), []),
        (Asked(5, "education", "A-3.1(3)", 6), ["方案第5条：年限不满6年，附件已满足"]),
        (Asked(5, "education", "A-3.1(4)", 9), []),
        (Asked(5, "seniority", "", 5), []),
        (Asked(5, "seniority", "", 6), ["方案第5条：年限不满6年"]),
        (Asked(5, "held_title", "", 1), ["方案第5条：年限不满1年"]),
        (Asked(5, "held_title", "", 0), []),
        (Asked(5, "continuing_education", "", None, 96), []),
        (Asked(5, "continuing_education", "", None, 97), ["方案第5条：当年继续教育不足97学时"]),
        (Asked(5, "morality"), []),
        (Asked(5, "performance", "", 3), []),
    ],
)
def test_what_a_stricter_plan_has_against_it(asked, told):
    hours_may_come = asked.kind == "continuing_education"
    assert found(ENGINEER, asked) == [(text, "办法五（一）", hours_may_come) for text in told]


def test_hours_that_a_plan_asks_for_come_no_more_once_the_evidence_is_closed():
    facts = {**ENGINEER, "evidence_closed": True}
    told = found(facts, Asked(5, "continuing_education", "", None, 100))
    assert told == [("方案第5条：当年继续教育不足100学时", "办法五（一）", False)]


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_criteria_for_one_route_the_longer_counts(order):
    asked = [Asked(5, "education", "A-3.1(3)", 5), Asked(6, "education", "A-3.1(3)", 8)][::order]
    assert found(ENGINEER, *asked) == [("方案第6条：年限不满8年，附件已满足", "办法五（一）", False)]


def test_another_route_of_the_annex_still_lets_him_in():
    """Five years after the diploma; the associate's route of six is passed by no diploma of another level."""
    master = {**STUDY, "level": "master", "awarded_on": "2023-06-30"}
    facts = {**ENGINEER, "education": [STUDY, master]}
    assert found(facts, Asked(5, "education", "A-3.1(3)", 8)) == []
    assert found(facts, Asked(5, "education", "A-3.1(2)", 8)) == []
    assert found(facts, Asked(5, "education", "A-3.1(3)", 8), Asked(6, "education", "A-3.1(2)", 8)) != []


@pytest.mark.parametrize(("as_of", "blocked"), [("2026-06-29", True), ("2026-06-30", False)])
def test_the_years_are_full_on_the_day_itself(as_of, blocked):
    assert bool(found({**ENGINEER, "as_of": as_of}, Asked(5, "seniority", "", 5))) == blocked


@pytest.mark.parametrize(
    ("level", "title", "blocked"),
    [
        ("engineer", "assistant_engineer", False),
        ("engineer", "technician", True),
        ("assistant_engineer", "technician", False),
    ],
)
def test_the_post_held_is_the_one_below_the_level(level, title, blocked):
    posts = [{"title": title, "appointed_from": "2022-01-01", "appointed_to": None}]
    facts = {**ENGINEER, "level": level, "posts": posts}
    assert bool(found(facts, Asked(5, "held_title", "", 4))) == blocked


def test_the_plan_is_not_asked_where_the_annex_says_no():
    facts = {**ENGINEER, "assessments": {**GRADES, "2025": "unqualified"}}
    assert len(found(facts, Asked(5, "seniority", "", 30))) == 1
