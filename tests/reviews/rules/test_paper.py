"""Two tellers, one truth: every sum that must hold, and what each says when it does not."""

import pytest

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
    ("changed", "field", "words"),
    [
        ({"issued": 20, "missing": 0}, "issued", "发票 20 张，与已签到 21 席不一致"),
        ({"missing": 0}, "returned", "收回 20 张加未收回 0 张等于 20 张，应等于发票 21 张"),
        ({"valid": 20}, "valid", "有效 20 张加无效 1 张等于 21 张，应等于收回 20 张"),
        ({"lines": {1: LineCount(15, 2, 1, 1, 0), 2: LineCount(10, 5, 4, 1, 0)}}, "line_1_yes", "合计 19"),
        ({"lines": {1: LineCount(16, 2, 2, 0, 0), 2: LineCount(10, 5, 4, 1, 0)}}, "line_1_invalid", "不能少于这个数"),
        ({"lines": {1: LineCount(14, 2, 2, 1, 1), 2: LineCount(10, 5, 4, 1, 0)}}, "line_1_recused", "登记回避 0 席"),
        ({"lines": {1: LineCount(15, 2, 2, 1, 0)}}, "line_2_yes", "没有填票数"),
    ],
)
def test_each_sum_that_does_not_hold_is_named_beside_its_field(changed, field, words):
    reasons = check_count(count(**changed), electorate())
    assert [reason.field for reason in reasons] == [field]
    assert words in reasons[0].text
    assert [(one.clause, one.rule, one.gate) for one in reasons] == [("办法五（三）", "R-5.3.6", "G18")]


def test_a_recused_seat_may_be_among_the_missing_or_the_invalid_sheets():
    marks = {1: LineCount(15, 2, 2, 1, 0), 2: LineCount(10, 5, 4, 1, 0)}
    assert check_count(count(lines=marks), electorate(recused={1: 2})) == []
    too_many_gone = check_count(count(lines=marks), electorate(recused={1: 3}))
    assert [reason.field for reason in too_many_gone] == ["line_1_recused"]
    assert "应在 1 至 3 之间" in too_many_gone[0].text


def test_differences_are_named_without_the_figures():
    other = count(lines={1: LineCount(15, 2, 2, 1, 0), 2: LineCount(9, 6, 4, 1, 0)})
    told = differences(count(), other, NAMES)
    assert told == ["第2行 李秀英（同意、反对）"]
    assert not any(character.isdigit() for character in told[0].replace("第2行", ""))


def test_equal_counts_have_no_differences():
    assert differences(count(), count(), NAMES) == []


def test_sheet_totals_are_compared_too():
    assert differences(count(), count(valid=20, invalid=0), NAMES) == ["有效", "无效"]
