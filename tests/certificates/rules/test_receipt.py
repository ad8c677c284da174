import pytest

from certificates.rules.receipt import ReceiptRow, SentRow, match_receipt

SENT = {1: SentRow(1, "aaa", "张三"), 2: SentRow(2, "bbb", "李四"), 3: SentRow(3, "ccc", "王五")}


def row(line, serial="1", check="aaa", number="ZJ001", refusal="", batch="B1"):
    return ReceiptRow(line, batch, serial, check, number, refusal)


def match(*rows, elsewhere=None, needs_number=True):
    return match_receipt("B1", SENT, rows, numbers_elsewhere=elsewhere or {}, needs_number=needs_number)


def test_rows_end_with_a_number_or_a_reason():
    found = match(row(2), row(3, "2", "bbb", "", "照片不合格"))
    assert found.problems == []
    assert found.accepted == {1: "ZJ001"}
    assert found.rejected == {2: "照片不合格"}
    assert found.matched == 2


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([row(2, batch="B2")], "不属于本批次"),
        ([row(2, serial="9")], "不在本批次"),
        ([row(2, serial="²")], "不在本批次"),
        ([row(2, check="zzz")], "被改动过"),
        ([row(2), row(3, number="ZJ002")], "与第2行重复"),
        ([row(2), row(3, "2", "bbb", "ZJ001")], "证书编号与第2行重复"),
        ([row(2, refusal="退回")], "既有证书编号又有失败原因"),
        ([row(2, number="")], "没有证书编号"),
        ([], "没有回执行"),
    ],
)
def test_a_receipt_that_does_not_fit_is_refused_by_row(rows, sentence):
    assert any(sentence in problem for problem in match(*rows).problems)


def test_a_number_that_somebody_else_holds_is_refused():
    found = match(row(2), elsewhere={"ZJ001": "2025年度的赵六"})
    assert "赵六" in found.problems[0]


def test_a_report_of_revocations_comes_back_without_numbers():
    found = match(row(2, number=""), needs_number=False)
    assert found.problems == []
    assert found.accepted == {1: ""}
