"""Totals and means in integers, against fractions; thresholds and what they ask for."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.rules import scoring

NAMES = ("ethics", "innovation", "performance", "contribution")
WEIGHTS = dict(zip(NAMES, (20, 25, 30, 25), strict=True))
LABELS = dict(zip(NAMES, ("职业道德", "创新能力", "业绩水平", "实际贡献"), strict=True))
score = st.integers(0, 100)


def given_scores(*values):
    return dict(zip(NAMES, values, strict=True))


def test_a_total_is_exact_to_the_hundredth():
    assert scoring.total(given_scores(88, 90, 81, 85), WEIGHTS) == 8565
    assert [scoring.points(one) for one in (8565, 10000, 0, 5, 8500)] == ["85.65", "100.00", "0.00", "0.05", "85.00"]


@given(st.tuples(score, score, score, score), st.permutations([20, 25, 30, 25]))
def test_a_total_is_the_weighted_sum(values, percents):
    weights = dict(zip(NAMES, percents, strict=True))
    exact = sum(Fraction(percent, 100) * value for percent, value in zip(percents, values, strict=True))
    assert Fraction(scoring.total(given_scores(*values), weights), 100) == exact


@pytest.mark.parametrize("weights", [WEIGHTS | {"ethics": 21}, {"ethics": 100}], ids=["101", "one dimension"])
def test_weights_that_do_not_fit_are_refused(weights):
    with pytest.raises(ValueError, match="fit"):
        scoring.total(given_scores(1, 2, 3, 4), weights)


@pytest.mark.parametrize(
    ("totals", "drops", "value", "sentence"),
    [
        ([8000, 8001], False, 8001, "2人评价，全部计入平均80.01分"),  # half a hundredth goes upwards
        ([8000, 8000, 8001], False, 8000, "3人评价，全部计入平均80.00分"),
        ([9000, 8000, 8500, 6000], True, 7875, "4人评价，全部计入平均78.75分"),
        ([9900, 8000, 8100, 8200, 1000], True, 8100, "5人评价，去掉一个最高分和一个最低分，3人平均81.00分"),
        ([9900, 8000, 8100, 8200, 1000], False, 7040, "5人评价，全部计入平均70.40分"),
    ],
)
def test_a_mean_says_what_went_into_it(totals, drops, value, sentence):
    found = scoring.mean(totals, drops_extremes=drops)
    assert (found.hundredths, found.sentence, found.given) == (value, sentence, len(totals))


def test_no_totals_have_no_mean():
    assert scoring.mean([], drops_extremes=True) is None


@given(st.lists(st.integers(0, 10000), min_size=1, max_size=25), st.booleans())
def test_a_mean_is_the_nearest_hundredth(totals, drops):
    kept = sorted(totals)[1:-1] if drops and len(totals) >= scoring.FEWEST_TO_DROP else totals
    found = scoring.mean(totals, drops_extremes=drops)
    assert found.counted == len(kept)
    assert -Fraction(1, 2) < found.hundredths - Fraction(sum(kept), len(kept)) <= Fraction(1, 2)


def test_a_low_score_wants_words():
    low = given_scores(59, 90, 60, 0)
    told = "职业道德59分、实际贡献0分，低于方案定的60分，请写明理由。"
    assert scoring.unexplained(low, LABELS, "  ", 60) == told
    assert scoring.unexplained(low, LABELS, "有两次违规记录。", 60) == ""
    assert scoring.unexplained(given_scores(60, 60, 60, 60), LABELS, "", 60) == ""


def test_scores_only_advise():
    at, below = (scoring.mean([value], drops_extremes=False) for value in (6000, 5999))
    assert scoring.advice(at, 60) == "平均分达到方案阈值60分，评分建议通过"
    assert scoring.advice(below, 60) == "平均分未达到方案阈值60分，评分建议不通过"
