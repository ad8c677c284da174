"""Two tellers, one truth: every sum that must hold, and what each says when it does not."""

import pytest

from jiaxing_titles.reasons import Reason
from reviews.rules.paper import Electorate, LineCount, SheetCount, check_count, differences

NAMES = {1: "王建国", 2: "李秀英"}


def electorate(seats=21, recused=None):
    return Electorate(seats=seats, recused=recused or {}, names=NAMES)


def count(issued=21, returned=20, missing=1, valid=19, invalid=1, lines=None):
    given = lines or {1: LineCount(15, 2, 2, 1, 0), 2: LineCount(10, 5, 4, 1, 0)}
    return SheetCount(issued, returned, missing, valid, invalid, given)


def test_issued_21_returned_20_one_invalid_adds_up():
    assert check_count(count(), electorate()) == []


@pytest.mark.parametrize(
    ("changed", "field", "text"),
    [
        ({"issued": 20, "missing": 0}, "issued", "发票 20 张，与已签到 21 席不一致；每席只发一张。"),
        ({"missing": 0}, "returned", "收回 20 张加未收回 0 张等于 20 张，应等于发票 21 张。"),
        ({"missing": 2}, "returned", "收回 20 张加未收回 2 张等于 22 张，应等于发票 21 张。"),
        ({"valid": 20}, "valid", "有效 20 张加无效 1 张等于 21 张，应等于收回 20 张。"),
        (
            {"lines": {1: LineCount(15, 2, 1, 1, 0), 2: LineCount(10, 5, 4, 1, 0)}},
            "line_1_yes",
            "第1行 王建国：同意 15、反对 2、弃权 1、无效 1、回避 0 合计 19，应等于收回 20 张。",
        ),
        (
            {"lines": {1: LineCount(16, 2, 2, 0, 0), 2: LineCount(10, 5, 4, 1, 0)}},
            "line_1_invalid",
            "第1行 王建国：整张无效的票有 1 张，本行无效不能少于这个数。",
        ),
        (
            {"lines": {1: LineCount(14, 2, 2, 1, 1), 2: LineCount(10, 5, 4, 1, 0)}},
            "line_1_recused",
            "第1行 王建国：登记回避 0 席，本行回避应为 0。",
        ),
        ({"lines": {1: LineCount(15, 2, 2, 1, 0)}}, "line_2_yes", "第2行 李秀英 没有填票数。"),
    ],
)
def test_each_sum_that_does_not_hold_is_named_beside_its_field(changed, field, text):
    told = [Reason(text, "办法五（三）", "R-5.3.6", "G18", field=field, remedy="请重新清点后再填。")]
    assert check_count(count(**changed), electorate()) == told


def test_a_recused_seat_may_be_among_the_missing_or_the_invalid_sheets():
    marks = {1: LineCount(15, 2, 2, 1, 0), 2: LineCount(10, 5, 4, 1, 0)}
    assert check_count(count(lines=marks), electorate(recused={1: 2})) == []
    too_many_gone = check_count(count(lines=marks), electorate(recused={1: 3}))
    told = "第1行 王建国：登记回避 3 席，本行回避应在 1 至 3 之间。"
    assert [(one.field, one.text) for one in too_many_gone] == [("line_1_recused", told)]


def test_differences_are_named_without_the_figures():
    other = count(lines={1: LineCount(15, 2, 2, 1, 0), 2: LineCount(9, 6, 4, 1, 0)})
    told = differences(count(), other, NAMES)
    assert told == ["第2行 李秀英（同意、反对）"]
    assert not any(character.isdigit() for character in told[0].replace("第2行", ""))


def test_equal_counts_have_no_differences():
    assert differences(count(), count(), NAMES) == []


def test_sheet_totals_are_compared_too():
    assert differences(count(), count(valid=20, invalid=0), NAMES) == ["有效", "无效"]
    other = count(20, 19, 0, lines={1: LineCount(15, 2, 1, 2, 1), 2: LineCount(10, 5, 4, 1, 0)})
    assert differences(count(), other, NAMES) == ["发票", "收回", "未收回", "第1行 王建国（弃权、无效、回避）"]
