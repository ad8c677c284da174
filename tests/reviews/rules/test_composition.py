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
    assert [(reason.rule, reason.text) for reason in refused] == [
        (
            "R-5.2.8",
            "专家7人，其中外聘3人，超过三分之一（最多2人）；需再增加2名本企业专家，或减少1名外聘专家，"
            "或写明确因工作需要外聘的原因，由市局在备案时同意。",
        )
    ]
    assert unmet(seats(4, 3), POLICY, over_ratio_reason="激光专业缺少高级专家") == []


def test_four_members_are_too_few():
    refused = unmet(seats(4, 0), POLICY)
    assert refused[0].text == "评审机构现有 4 人，至少须 5 人。"
    assert [(one.clause, one.rule, one.gate) for one in refused] == [("办法五（二）", "Q-11", "G10")]


def test_a_panel_has_a_chair():
    headless = [replace(seat, is_chair=False) for seat in seats(7, 0)]
    assert [(one.text, one.rule) for one in unmet(headless, POLICY)] == [("还没有确定主任委员。", "R-5.2.7")]


def test_terms_and_applicants_are_looked_at_by_name():
    found = seats(7, 0)
    found[1] = replace(found[1], term_over=True)
    found[2] = replace(found[2], is_applicant=True)
    assert [(one.text, one.rule) for one in unmet(found, POLICY)] == [
        ("专家1的聘期已过，不能列入评审机构。", "R-5.2.7"),
        ("专家2是本年度申报人，不能同时担任评审专家。", "R-5.2.7"),
    ]


def test_advice_warns_without_blocking():
    middling = [replace(seat, rank="middle") for seat in seats(6, 0)]
    assert unmet(middling, POLICY) == []
    assert advice(middling, POLICY, reviews_engineers=True) == [
        "评审机构 6 人，建议不少于 7 人。",
        "评审机构 6 人为偶数，建议为奇数。",
        "评审工程师资格，建议至少半数评审专家具有高级职称；现有 0 人。",
    ]
    assert len(advice(middling, POLICY, reviews_engineers=False)) == 2
    assert advice(seats(4, 0), POLICY, reviews_engineers=False) == ["评审机构 4 人为偶数，建议为奇数。"]
    assert advice([], POLICY, reviews_engineers=True) == []
    professors = [replace(seat, rank="full_senior") for seat in seats(7, 0)]
    assert unmet(seats(5, 0), POLICY) == advice(professors, POLICY, reviews_engineers=True) == []
    assert advice(seats(5, 0), POLICY, reviews_engineers=True) == ["评审机构 5 人，建议不少于 7 人。"]
    assert advice(seats(7, 0), POLICY, reviews_engineers=True) == []
    half = [replace(seat, rank="middle") if place > 3 else seat for place, seat in enumerate(seats(8, 0))]
    assert len(advice(half, POLICY, reviews_engineers=True)) == 1  # eight is even; four of them are half
    fewer = [replace(seat, rank="middle") if place > 2 else seat for place, seat in enumerate(seats(8, 0))]
    assert "现有 3 人" in advice(fewer, POLICY, reviews_engineers=True)[1]


def test_the_meter_speaks_of_the_exact_third():
    assert "未超过三分之一" in meter(seats(6, 3), POLICY).sentence
    assert "超过三分之一" in meter(seats(6, 4), POLICY).sentence
