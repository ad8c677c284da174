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


@pytest.mark.parametrize(("total", "allowed"), [(5, 1), (6, 2), (7, 2), (9, 3), (11, 3), (15, 5)])
def test_external_members_allowed(total, allowed):
    assert thresholds.external_ratio(allowed, total).holds
    assert not thresholds.external_ratio(allowed + 1, total).holds


@pytest.mark.parametrize(("members", "needed"), [(15, 10), (17, 12), (21, 14), (25, 17)])
def test_quorum_needed(members, needed):
    assert thresholds.quorum_needed(members, 2, 3) == needed


@pytest.mark.parametrize(
    ("attending", "needed"), [(10, 7), (11, 8), (12, 8), (13, 9), (14, 10), (15, 10), (17, 12), (21, 14)]
)
def test_votes_needed(attending, needed):
    assert thresholds.votes_needed(attending, 2, 3) == needed


def test_sentences():
    assert thresholds.vote(9, 12, 15).sentence == "应到15实到12，需≥8票，得9票，通过"
    assert thresholds.vote(7, 12, 15).sentence == "应到15实到12，需≥8票，得7票，未通过"
    assert thresholds.quorum(9, 15).sentence == "应到15人，实到9人，须到10人，还差1人"
    assert thresholds.quorum(10, 15).sentence == "应到15人，实到10人，须到10人，达到法定人数"
    over = thresholds.external_ratio(3, 7)
    assert over.sentence == "专家7人，其中外聘3人，超过三分之一（最多2人）"
    assert over.hint == "需再增加2名本企业专家，或减少1名外聘专家"
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
    ],
)
def test_counts_that_contradict_each_other_are_refused(wrong):
    with pytest.raises(ValueError, match=r".+"):
        wrong()


def test_no_members_and_no_votes_never_hold():
    assert not thresholds.quorum(0, 0).holds
    assert not thresholds.vote(0, 0, 0).holds
    assert not thresholds.vote(0, 0, 9).holds
