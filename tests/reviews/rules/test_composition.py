"""Who may sit on a panel (办法五（二）)."""

from dataclasses import replace

import pytest

from jiaxing_titles.policy.models import Cycle
from reviews.rules.composition import Seat, advice, meter, ratio_kept, unmet

POLICY = Cycle.defaults_for(2026).policy


def seats(internal, external):
    made = [Seat(f"专家{n}", n >= internal, "senior", n == 0, False, False) for n in range(internal + external)]
    return made


@pytest.mark.parametrize("total", range(1, 20))
@pytest.mark.parametrize("external", range(0, 8))
def test_externals_are_held_to_an_exact_third(total, external):
    if external <= total:
        assert ratio_kept(seats(total - external, external), POLICY) == (3 * external <= total)


def test_nine_with_three_external_stands_and_seven_with_three_needs_a_reason():
    assert unmet(seats(6, 3), POLICY) == []
    refused = unmet(seats(4, 3), POLICY)
    assert [reason.rule for reason in refused] == ["R-5.2.8"]
    assert "超过三分之一" in refused[0].text
    assert unmet(seats(4, 3), POLICY, over_ratio_reason="激光专业缺少高级专家") == []


def test_four_members_are_too_few():
    refused = unmet(seats(4, 0), POLICY)
    assert "至少须 5 人" in refused[0].text
    assert [(one.clause, one.rule, one.gate) for one in refused] == [("办法五（二）", "Q-11", "G10")]


def test_a_panel_has_a_chair():
    headless = [replace(seat, is_chair=False) for seat in seats(7, 0)]
    assert [reason.text for reason in unmet(headless, POLICY)] == ["还没有确定主任委员。"]


def test_terms_and_applicants_are_looked_at_by_name():
    found = seats(7, 0)
    found[1] = replace(found[1], term_over=True)
    found[2] = replace(found[2], is_applicant=True)
    assert [reason.text for reason in unmet(found, POLICY)] == [
        "专家1的聘期已过，不能列入评审机构。",
        "专家2是本年度申报人，不能同时担任评审专家。",
    ]


def test_advice_warns_without_blocking():
    middling = [replace(seat, rank="middle") for seat in seats(6, 0)]
    assert unmet(middling, POLICY) == []
    told = advice(middling, POLICY, reviews_engineers=True)
    assert [word for word in ("不少于 7 人", "偶数", "半数") if any(word in one for one in told)] == [
        "不少于 7 人",
        "偶数",
        "半数",
    ]
    assert advice(seats(7, 0), POLICY, reviews_engineers=True) == []
    half = [replace(seat, rank="middle") if place > 3 else seat for place, seat in enumerate(seats(8, 0))]
    assert len(advice(half, POLICY, reviews_engineers=True)) == 1  # eight is even; four of them are half
    fewer = [replace(seat, rank="middle") if place > 2 else seat for place, seat in enumerate(seats(8, 0))]
    assert "现有 3 人" in advice(fewer, POLICY, reviews_engineers=True)[1]


def test_the_meter_speaks_of_the_exact_third():
    assert "未超过三分之一" in meter(seats(6, 3), POLICY).sentence
    assert "超过三分之一" in meter(seats(6, 4), POLICY).sentence
