import pytest

from certificates.rules.numbers import DocumentNumber, next_number, parse_number
from jiaxing_titles.reasons import Reason


@pytest.mark.parametrize(
    "text",
    ["嘉人社〔2027〕3号", "嘉人社[2027]3号", "嘉人社（2027）3号", " 嘉人社 【２０２７】３号 ", "嘉人社［2027］3号"],
)
def test_every_way_of_typing_the_brackets_means_one_number(text):
    assert parse_number(text) == DocumentNumber("嘉人社", 2027, 3)


def test_it_is_printed_with_hexagonal_brackets():
    assert str(DocumentNumber("嘉人社", 2027, 12)) == "嘉人社〔2027〕12号"


PARTS, ZEROS, NTH = "发文字号由机关代字、年份、序号组成", "发文字号的序号不编虚位", "发文字号不加“第”字"


@pytest.mark.parametrize(
    ("text", "wrong", "given"),
    [
        ("嘉人社〔2027〕03号", ZEROS, "嘉人社〔2027〕03号"),
        ("嘉人社〔2027〕0号", ZEROS, "嘉人社〔2027〕0号"),
        ("嘉人社(2027)第3号", NTH, "嘉人社〔2027〕第3号"),
        ("嘉人社〔27〕3号", PARTS, "嘉人社〔27〕3号"),
        ("〔2027〕3号", PARTS, "〔2027〕3号"),
        ("嘉人社〔2027〕3", PARTS, "嘉人社〔2027〕3"),
        ("嘉" * 31, PARTS, "嘉" * 30),
        ("", PARTS, ""),
    ],
)
def test_a_wrong_number_is_refused_with_the_pattern(text, wrong, given):
    assert parse_number(text) == Reason(
        f"{wrong}，您填的是“{given}”。",
        clause="GB/T 9704-2012",
        field="number",
        remedy="请按“嘉人社〔2027〕3号”的样式填写。",
    )


def test_the_suggestion_follows_the_highest_number_and_fills_no_gap():
    assert next_number("嘉人社", 2027, [1, 5, 3]) == DocumentNumber("嘉人社", 2027, 6)
    assert next_number("嘉人社", 2027, []) == DocumentNumber("嘉人社", 2027, 1)
