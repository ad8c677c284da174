"""The plain rules of the stage: window, conditions, talent sums, resolution days, standing, list hash, scope."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enterprises.rules import conditions, intake, listing, plan, scope, talent
from enterprises.rules.standing import AuthorityFacts, Interval, frozen_days, standing_on

OPENS, CLOSES = dt.date(2026, 1, 1), dt.date(2026, 3, 31)
DAY = dt.date(2026, 5, 1)


@pytest.mark.parametrize(
    ("day", "late", "open_"),
    [
        (dt.date(2025, 12, 31), False, False),
        (dt.date(2025, 12, 31), True, False),
        (OPENS, False, True),
        (CLOSES, False, True),
        (dt.date(2026, 4, 1), False, False),
        (dt.date(2026, 4, 1), True, True),
    ],
)
def test_the_window(day, late, open_):
    reasons = intake.window_reasons(day, opens_on=OPENS, closes_on=CLOSES, late_granted=late)
    assert (not reasons) == open_
    assert all(reason.gate == "G1" and reason.clause == "办法四（一）" for reason in reasons)


def test_the_last_day_of_a_correction_counts():
    due = dt.date(2026, 2, 16)
    assert not intake.correction_reasons(due, due)
    assert intake.correction_reasons(due + dt.timedelta(days=1), due)
    assert not intake.correction_reasons(due, None)


def judged(verdict: str, proven: bool = True) -> conditions.Judgement:
    return conditions.Judgement("R-3.2b", "薪酬待遇体系", verdict, proven)


def test_all_conditions_hold_together_or_nothing_does():
    met = [judged("met")] * 4
    assert not conditions.self_check_reasons(met)
    assert not conditions.recommendation_reasons(met)
    for spoiled in ("unmet", "unclear", ""):
        assert len(conditions.recommendation_reasons([*met[:3], judged(spoiled)])) == 1
    assert "没有指明证明材料" in conditions.self_check_reasons([judged("met", proven=False)])[0].text


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
def test_sums_are_equal_or_told(title, degree, age):
    told = talent.mismatch(talent.Sums(title, degree, age))
    assert (told == "") == (title == degree == age)
    if told:
        assert str(title) in told and str(degree) in told and str(age) in told


@pytest.mark.parametrize(
    ("met_on", "edited", "today", "fine"),
    [
        (DAY, DAY, DAY, True),
        (DAY, DAY - dt.timedelta(days=1), DAY, True),
        (DAY - dt.timedelta(days=1), DAY, DAY, False),
        (DAY + dt.timedelta(days=1), DAY, DAY, False),
    ],
)
def test_the_days_of_a_resolution(met_on, edited, today, fine):
    assert (plan.resolution_problem(met_on, last_edited_on=edited, today=today) == "") == fine


def facts(**changes) -> AuthorityFacts:
    return AuthorityFacts(**{"granted_on": dt.date(2026, 4, 20), **changes})


@pytest.mark.parametrize(
    ("held", "status"),
    [
        (None, "none"),
        (facts(), "active"),
        (facts(granted_on=DAY), "active"),
        (facts(granted_on=DAY + dt.timedelta(days=1)), "none"),
        (facts(suspensions=(Interval(DAY),)), "suspended"),
        (facts(suspensions=(Interval(dt.date(2026, 4, 21), DAY),)), "suspended"),
        (facts(suspensions=(Interval(dt.date(2026, 4, 21), dt.date(2026, 4, 30)),)), "active"),
        (facts(suspensions=(Interval(DAY + dt.timedelta(days=1)),)), "active"),
        (facts(withdrawn_on=DAY), "withdrawn"),
        (facts(exited_on=DAY), "exited"),
        (facts(withdrawn_on=DAY + dt.timedelta(days=1)), "active"),
        (facts(suspensions=(Interval(DAY),), withdrawn_on=DAY), "withdrawn"),
    ],
)
def test_standing_follows_the_dated_facts(held, status):
    standing = standing_on(DAY, 2026, held)
    assert standing.status == status
    assert standing.may_review == (not standing.reasons) == (status == "active")


def test_days_inside_a_suspension_are_named():
    first, last = dt.date(2026, 9, 28), dt.date(2026, 10, 10)
    days = frozen_days([Interval(dt.date(2026, 10, 8), dt.date(2026, 10, 9)), Interval(last)], first, last)
    assert days == {dt.date(2026, 10, 8), dt.date(2026, 10, 9), last}
    assert frozen_days([Interval(dt.date(2026, 11, 1))], first, last) == set()


def line(**changes) -> listing.Line:
    shown = {
        "credit_code": "91330481MA2B000012",
        "name": "示例公司",
        "outcome": "approve",
        "levels": ["engineer"],
        "specialities": ["GC01", "GC02"],
        "reason": "",
    }
    return listing.Line(**{**shown, **changes})


def test_the_hash_knows_the_content_and_not_its_order():
    other = line(credit_code="91330483MA2B000022", name="另一公司")
    assert listing.digest([line(), other]) == listing.digest([other, line(specialities=["GC02", "GC01"])])
    for changed in (line(name="示例公司 "), line(levels=[]), line(outcome="refuse"), line(reason="x")):
        assert listing.digest([changed, other]) != listing.digest([line(), other])


def test_a_list_is_complete_with_scope_and_reasons():
    assert not listing.completeness_reasons([line(), line(outcome="refuse", levels=[], reason="条件三不符合")])
    assert listing.completeness_reasons([])
    assert listing.completeness_reasons([line(specialities=[])])
    assert listing.completeness_reasons([line(outcome="refuse", reason=" ")])


def test_outside_the_scope_is_void():
    granted = {"levels": ["engineer"], "specialities": ["GC01"]}
    assert not scope.scope_reasons("engineer", "GC01", **granted)
    assert [one.field for one in scope.scope_reasons("assistant_engineer", "GC09", **granted)] == [
        "level",
        "speciality",
    ]


DIMENSIONS = [
    ("ethics", "职业道德"),
    ("innovation", "创新能力"),
    ("performance", "业绩水平"),
    ("contribution", "实际贡献"),
]
WEIGHTS = {"ethics": 20, "innovation": 25, "performance": 30, "contribution": 25}


@pytest.mark.parametrize(
    ("changes", "field", "text"),
    [
        ({}, "", ""),
        ({"contribution": 24}, "contribution", "四个方面的权重之和是99%，少1个百分点，须正好为100%。"),
        ({"ethics": 21}, "contribution", "四个方面的权重之和是101%，多1个百分点，须正好为100%。"),
        ({"ethics": 0, "performance": 50}, "ethics", "职业道德的权重须为1至97的整数。"),
        ({"innovation": 98}, "innovation", "创新能力的权重须为1至97的整数。"),
        ({"ethics": 97, "innovation": 1, "performance": 1, "contribution": 1}, "", ""),
    ],
)
def test_the_weights_make_a_hundred(changes, field, text):
    found = plan.weight_reasons(WEIGHTS | changes, DIMENSIONS)
    cited = ("办法五（二）", "R-5.2.5", "G5", "请在“评分权重”中改正。")
    told = [(one.clause, one.rule, one.gate, one.remedy, one.field, one.text) for one in found]
    assert told == ([(*cited, field, text)] if text else [])


def test_a_plan_without_weights_names_all_four():
    assert [one.field for one in plan.weight_reasons({}, DIMENSIONS)] == list(WEIGHTS)
