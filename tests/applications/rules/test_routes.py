"""G7 by route: what the engine's findings leave open."""

import pytest

from applications.rules.routes import against_route, may_be_granted_initially, result_with

GATES = {"A-1": "pass", "A-2": "pass"}


def findings(verdict="eligible", level="engineer", gates=GATES, initial="fail"):
    return {"verdict": verdict, "level": level, "gates": gates, "initial": {"A-4.1(1)": initial}}


@pytest.mark.parametrize(
    ("route", "facts", "rules"),
    [
        ("review", findings("eligible"), []),
        ("review", findings("needs_evidence"), []),
        ("review", findings("not_eligible"), ["A-3"]),
        ("review", findings("refer"), ["R-5.1.7"]),
        ("exceptional", findings("refer"), []),
        ("exceptional", findings("not_eligible"), ["R-5.1.7"]),
        ("exceptional", findings("refer", level="assistant_engineer"), ["A-3.1(6)"]),
        ("exceptional", findings("not_eligible", gates={"A-1": "fail", "A-2": "pass"}), ["A-1"]),
        ("initial", findings("not_eligible", initial="pass"), []),
        ("initial", findings("not_eligible", initial="unknown"), []),
        ("initial", findings("eligible", initial="fail"), ["A-4"]),
    ],
)
def test_the_route_decides_what_stands_against_the_person(route, facts, rules):
    reasons = against_route(route, facts)
    assert [one.rule for one in reasons] == rules
    assert all(one.gate == "G7" and one.clause for one in reasons)


def test_initial_grant_is_open_while_one_condition_is():
    assert not may_be_granted_initially({})
    assert may_be_granted_initially({"initial": {"A-4.2(1)": "fail", "A-4.2(2)": "unknown"}})


def test_the_line_of_a_list_says_that_hours_are_open():
    assert result_with("needs_evidence", True) == "待补证（学时待补）"
    assert result_with("eligible", False) == "符合条件"
