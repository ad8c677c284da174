"""Thirds and two thirds by integers, against exact fractions."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.rules import thresholds

SOME = st.integers(0, 80)
FRACTIONS = st.sampled_from([(1, 3), (2, 3), (1, 2), (3, 4), (1, 1), (5, 12)])


@given(SOME, SOME, FRACTIONS)
def test_ratio_equals_the_exact_fraction(external, internal, fraction):
    total = external + internal
    found = thresholds.external_ratio(external, total, *fraction)
    assert found.holds == (Fraction(external, total or 1) <= Fraction(*fraction))
    assert thresholds.external_ratio_holds(external, total + found.to_add, *fraction)
    assert found.to_add == 0 or not thresholds.external_ratio_holds(external, total + found.to_add - 1, *fraction)
    assert found.holds == (external <= found.allowed)


@given(SOME, SOME, FRACTIONS)
def test_quorum_equals_the_exact_fraction(present, absent, fraction):
    members = present + absent
    found = thresholds.quorum(present, members, *fraction)
    assert found.holds == (members > 0 and Fraction(present, members or 1) >= Fraction(*fraction))
    assert members == 0 or found.holds == (present >= found.needed)


@given(SOME, SOME, SOME, FRACTIONS)
def test_vote_equals_the_exact_fraction(yes, others, absent, fraction):
    attending = yes + others
    found = thresholds.vote(yes, attending, attending + absent, *fraction)
    assert found.holds == (attending > 0 and Fraction(yes, attending or 1) >= Fraction(*fraction))
    assert attending == 0 or found.holds == (yes >= found.needed)


def test_two_thirds_of_up_to_two_hundred_are_exact():
    """B8: every number of seats and votes there can be; 0.6667 would fail two of three, 0.66 would pass 33 of 50."""
    wrong = [
        (yes, attending)
        for attending in range(1, 201)
        for yes in range(attending + 1)
        if thresholds.votes_pass(yes, attending, 2, 3) != (yes > 0 and Fraction(yes, attending) >= Fraction(2, 3))
    ]
    assert wrong == []


def rows(clause, table):
    return [pytest.param(whole, part, id=f"{clause}-{whole}") for whole, part in table]


@pytest.mark.parametrize(
    ("total", "allowed"),
    rows("T-1", [(1, 0), (2, 0), (3, 1), (5, 1), (6, 2), (7, 2), (8, 2), (9, 3), (11, 3), (12, 4), (15, 5), (59, 19)]),
)
def test_a_third_of_external_members(total, allowed):
    within, over = thresholds.external_ratio(allowed, total), thresholds.external_ratio(allowed + 1, total)
    assert (within.holds, within.allowed, within.to_add) == (True, allowed, 0)
    assert within.sentence == f"专家{total}人，其中外聘{allowed}人，未超过三分之一（最多{allowed}人）"
    assert (over.holds, over.allowed) == (False, allowed)
    assert over.sentence == f"专家{total}人，其中外聘{allowed + 1}人，超过三分之一（最多{allowed}人）"
    assert over.to_add == 3 * (allowed + 1) - total
    assert over.hint == f"需再增加{over.to_add}名本企业专家，或减少1名外聘专家"


@pytest.mark.parametrize(
    ("members", "needed"),
    rows("T-5", [(1, 1), (2, 2), (3, 2), (4, 3), (5, 4), (6, 4), (9, 6), (15, 10), (17, 12), (21, 14), (25, 17)]),
)
def test_two_thirds_present(members, needed):
    enough, lacking = thresholds.quorum(needed, members), thresholds.quorum(needed - 1, members)
    assert (enough.holds, enough.needed, lacking.holds, lacking.needed) == (True, needed, False, needed)
    assert enough.sentence == f"应到{members}人，实到{needed}人，须到{needed}人，达到法定人数"
    assert lacking.sentence == f"应到{members}人，实到{needed - 1}人，须到{needed}人，还差1人"


@pytest.mark.parametrize(
    ("attending", "needed"),
    rows(
        "T-6",
        [(1, 1), (2, 2), (3, 2), (4, 3), (6, 4), (10, 7), (11, 8), (12, 8), (13, 9), (14, 10), (15, 10), (17, 12),
         (21, 14), (50, 34)],
    ),
)  # fmt: skip
def test_two_thirds_of_the_votes(attending, needed):
    passed, failed = thresholds.vote(needed, attending, 60), thresholds.vote(needed - 1, attending, 60)
    assert (passed.holds, passed.needed, failed.holds, failed.needed) == (True, needed, False, needed)
    assert passed.sentence == f"应到60实到{attending}，需≥{needed}票，得{needed}票，通过"
    assert failed.sentence == f"应到60实到{attending}，需≥{needed}票，得{needed - 1}票，未通过"


@pytest.mark.parametrize(
    ("num", "den", "words"), [(1, 3, "三分之一"), (2, 5, "五分之二"), (9, 9, "九分之九"), (3, 10, "3/10")]
)
def test_other_fractions_are_told_in_words_or_figures(num, den, words):
    assert f"超过{words}" in thresholds.external_ratio(1, 10, num, den).sentence


def test_decimals_would_be_wrong_where_integers_are_right():
    """2 of 3 is two thirds and 33 of 50 is not: what 0.667 and 0.66 say of them."""
    assert thresholds.vote(2, 3, 3).holds and not 2 / 3 >= 0.667
    assert not thresholds.vote(33, 50, 50).holds and 33 / 50 >= 0.66
    assert thresholds.external_ratio(1, 3).holds and not 1 / 3 <= 0.33


@pytest.mark.parametrize(
    ("external", "total", "hint"),
    [
        (0, 2, "再加1名外聘仍不超过"),
        (0, 1, "再加1名外聘则超过，须同时增加1名本企业专家"),
        (2, 8, "再加1名外聘仍不超过"),
        (2, 7, "再加1名外聘则超过，须同时增加1名本企业专家"),
        (3, 9, "再加1名外聘则超过，须同时增加2名本企业专家"),
        (4, 9, "需再增加3名本企业专家，或减少1名外聘专家"),
    ],
)
def test_the_hint_says_how_near_the_limit_is(external, total, hint):
    assert thresholds.external_ratio(external, total).hint == hint


def test_sentences():
    assert thresholds.vote(9, 12, 15).sentence == "应到15实到12，需≥8票，得9票，通过"
    assert thresholds.vote(7, 12, 15).sentence == "应到15实到12，需≥8票，得7票，未通过"
    assert thresholds.quorum(7, 15).sentence == "应到15人，实到7人，须到10人，还差3人"
    assert thresholds.quorum(0, 0).sentence == "应到0人，实到0人，须到0人，还差1人"
    assert thresholds.external_ratio(5, 7).hint == "需再增加8名本企业专家，或减少3名外聘专家"
    assert thresholds.external_ratio(2, 7).hint == "再加1名外聘则超过，须同时增加1名本企业专家"
    assert thresholds.external_ratio(1, 7).hint == "再加1名外聘仍不超过"


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: thresholds.vote(5, 4, 9),
        lambda: thresholds.vote(4, 10, 9),
        lambda: thresholds.quorum(10, 9),
        lambda: thresholds.external_ratio(4, 3),
        lambda: thresholds.external_ratio(-1, 3),
        lambda: thresholds.quorum(-1, 3),
        lambda: thresholds.vote(-1, 3, 3),
    ],
)
def test_counts_that_contradict_each_other_are_refused(wrong):
    with pytest.raises(ValueError, match=r".+"):
        wrong()


def test_no_members_and_no_votes_never_hold():
    assert not thresholds.quorum(0, 0).holds
    assert not thresholds.vote(0, 0, 0).holds
    assert not thresholds.vote(0, 0, 9).holds
