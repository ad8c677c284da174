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


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("嘉人社〔2027〕03号", "虚位"),
        ("嘉人社〔2027〕第3号", "第"),
        ("嘉人社〔27〕3号", "机关代字"),
        ("〔2027〕3号", "机关代字"),
        ("嘉人社〔2027〕3", "机关代字"),
        ("嘉人社〔2027〕0号", "虚位"),
        ("", "机关代字"),
    ],
)
def test_a_wrong_number_is_refused_with_the_pattern(text, word):
    refusal = parse_number(text)
    assert isinstance(refusal, Reason)
    assert word in refusal.text
    assert "嘉人社〔2027〕3号" in refusal.remedy
    assert refusal.field == "number"


def test_the_suggestion_follows_the_highest_number_and_fills_no_gap():
    assert next_number("嘉人社", 2027, [1, 5, 3]) == DocumentNumber("嘉人社", 2027, 6)
    assert next_number("嘉人社", 2027, []) == DocumentNumber("嘉人社", 2027, 1)
