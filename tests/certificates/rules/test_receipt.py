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


ALTERED = "第2行：行校验与报送时不一致（张三），这一行的内容在报送后被改动过。"


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([row(2, batch="B2")], "第2行：批次号是“B2”，本批次是“B1”，这一行不属于本批次。"),
        ([row(2, serial="9")], "第2行：序号“9”不在本批次的报送数据里。"),
        ([row(2, serial="²")], "第2行：序号“²”不在本批次的报送数据里。"),
        ([row(2, serial="１")], "第2行：序号“１”不在本批次的报送数据里。"),
        ([row(2, serial="-1")], "第2行：序号“-1”不在本批次的报送数据里。"),
        ([row(2, check="zzz")], ALTERED),
        ([row(2), row(3, number="ZJ002")], "第3行：序号1与第2行重复，每人只能有一行回执。"),
        ([row(2), row(3, "2", "bbb", "ZJ001")], "第3行：证书编号与第2行重复，请与省级系统核对。"),
        ([row(2, refusal="退回")], "第2行：既有证书编号又有失败原因，请与省级系统核对后只留一项。"),
        ([row(2, number="")], "第2行：没有证书编号，也没有失败原因，请补上其中一项。"),
        ([], "文件里没有回执行，请确认表头下面有数据。"),
    ],
)
def test_a_receipt_that_does_not_fit_is_refused_by_row(rows, sentence):
    assert match(*rows).problems == [sentence]


def test_a_wrong_row_does_not_hide_the_next_one():
    found = match(row(2, check="zzz"), row(3, "2", "bbb", "ZJ002"), row(4, "3", "ccc", "", "退回"))
    assert (found.problems, found.accepted, found.rejected) == ([ALTERED], {2: "ZJ002"}, {3: "退回"})


def test_two_refusals_have_no_number_in_common():
    assert match(row(2, number="", refusal="退回"), row(3, "2", "bbb", "", "退回")).problems == []


def test_a_number_that_somebody_else_holds_is_refused():
    found = match(row(2), elsewhere={"ZJ001": "2025年度的赵六"})
    assert found.problems == ["第2行：证书编号已登记给2025年度的赵六，请与省级系统核对。"]


def test_a_refusal_in_a_report_of_revocations_is_a_refusal():
    found = match(row(2, number="ZJ001", refusal="查无此证"), needs_number=False)
    assert (found.problems, found.accepted, found.rejected) == ([], {}, {1: "查无此证"})


def test_a_report_of_revocations_comes_back_without_numbers():
    found = match(row(2, number=""), needs_number=False)
    assert found.problems == []
    assert found.accepted == {1: ""}
