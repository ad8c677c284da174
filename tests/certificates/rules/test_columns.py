import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.rules.columns import (
    DEFAULT_TEXT,
    FIELDS,
    Column,
    from_json,
    parse_profile,
    problems_of_row,
    profile_text,
    row_check,
    row_of,
)

KEYS = "批次号 | 批次号\n序号 | 序号\n行校验 | 行校验\n"


def test_the_default_profile_is_sound_and_reads_back_the_same():
    columns, problems = parse_profile(DEFAULT_TEXT)
    assert problems == []
    assert parse_profile(profile_text(columns)) == (columns, [])
    assert from_json([column.as_json() for column in columns]) == columns


def test_columns_may_be_renamed_reordered_coded_constant_and_blank():
    text = (
        KEYS + "身份证号码 | 证件号码 | 必填\n取得方式｜途径｜必填｜评审=1；初定＝2\n地市 | 固定：嘉兴市\n备注 | 空列\n"
    )
    columns, problems = parse_profile(text)
    assert problems == []
    facts = {"batch_number": "B1", "serial": "7", "id_number": "33", "route": "初定"}
    row = row_of(columns, facts)
    assert row[:2] == ["B1", "7"]
    assert row[3:] == ["33", "2", "嘉兴市", ""]
    assert row[2] == row_check([*row[:2], *row[3:]])


SPLIT = "至少要写“列名 | 字段”两项，中间用竖线隔开。"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("姓名", f"第4行：{SPLIT}"),
        ("姓名 |", f"第4行：{SPLIT}"),
        ("| 姓名", f"第4行：{SPLIT}"),
        ("\n姓名 | 名字", "第5行：没有“名字”这个字段，可用的字段见下方清单。"),
        ("地市 | 固定：", "第4行：“固定：”后面要写内容。"),
        ("地市 | 固定:", "第4行：“固定：”后面要写内容。"),
        ("途径 | 途径 | 评审1", "第4行：代码对照“评审1”要写成“原文=代码”，多项用分号隔开。"),
        ("途径 | 途径 | 评审=1；=2", "第4行：代码对照“=2”要写成“原文=代码”，多项用分号隔开。"),
        ("途径 | 途径 | 评审=", "第4行：代码对照“评审=”要写成“原文=代码”，多项用分号隔开。"),
        ("批次号 | 姓名", "列名重复：批次号。每个列名只能出现一次。"),
        ("序号 | 姓名\n批次号 | 姓名", "列名重复：序号、批次号。每个列名只能出现一次。"),
    ],
)
def test_a_wrong_line_is_named(line, sentence):
    assert parse_profile(KEYS + line)[1] == [sentence]


@pytest.mark.parametrize(("more", "problems"), [(57, []), (58, ["共61列，最多60列。"])])
def test_a_sheet_has_at_most_sixty_columns(more, problems):
    assert parse_profile(KEYS + "".join(f"备注{number} | 空列\n" for number in range(more)))[1] == problems


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("姓名 | 姓名\n", "批次号”“序号”“行校验"),
        ("批次号 | 批次号\n序号 | 序号\n", "行校验"),
        ("行校验 | 行校验\n序号 | 序号\n", "批次号"),
    ],
)
def test_the_columns_that_the_receipt_needs_cannot_be_left_out(text, missing):
    assert parse_profile(text)[1] == [f"缺少“{missing}”，没有它们回执无法对账，请补上。"]


def test_a_profile_is_written_as_it_was_typed():
    text = KEYS + "地市 | 固定：嘉兴市\n备注 | 空列\n取得方式 | 途径 | 必填 | 评审=1；初定=2\n"
    assert profile_text(parse_profile(text)[0]) == text


def test_a_row_check_is_twelve_digits_of_the_joined_cells():
    assert row_check(["张三", "1"]) == hashlib.sha256("张三\x1f1".encode()).hexdigest()[:12]
    assert len(row_check(["\ud800"])) == 12  # a lone surrogate out of a sheet


def test_the_dry_run_names_empty_required_columns_and_unknown_codes():
    columns, _ = parse_profile(KEYS + "姓名 | 姓名 | 必填\n取得方式 | 途径 | 必填 | 评审=1\n")
    assert problems_of_row(columns, {"route": "破格"}) == [
        "“姓名”没有内容",
        "“取得方式”的“破格”在代码对照里没有",
    ]
    assert problems_of_row(columns, {"name": "张三", "route": "评审"}) == []
    constant = Column("证书类型", constant="电子证书", required=True)
    assert problems_of_row([constant], {}) == []


@given(st.dictionaries(st.sampled_from(sorted(FIELDS)), st.text(max_size=12)), st.integers(0, 40), st.text(max_size=3))
def test_the_row_check_changes_with_any_other_cell(facts, place, change):
    columns, _ = parse_profile(DEFAULT_TEXT)
    row = row_of(columns, facts)
    check = row[-1]
    others = row[:-1]
    place %= len(others)
    altered = [*others[:place], others[place] + change, *others[place + 1 :]]
    assert (row_check(altered) == check) == (change == "")


def test_a_blank_column_has_no_value_even_when_a_fact_is_nameless():
    assert Column("备注").value({"": "不应出现"}) == ""
