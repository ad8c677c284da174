"""Names as people bear them: minorities' separators, rare characters, invisible signs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiaxing_titles.identity import names
from jiaxing_titles.identity.errors import Unacceptable


@pytest.mark.parametrize("sign", "·•・‧．∙⋅･●")
def test_every_separator_becomes_one(sign):
    assert names.accept(f"阿迪力{sign}买买提") == "阿迪力·买买提"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" 张 三 ", "张三"),
        ("张\u3000三", "张三"),
        ("\ufeff张\u200b三", "张三"),
        ("阿迪力 · 买买提", "阿迪力·买买提"),
        ("阿迪力··买买提", "阿迪力·买买提"),
        ("阿迪力.买买提", "阿迪力·买买提"),
        ("José  O'Neil", "José O'Neil"),
        ("Ｊｏｈｎ　Ｓｍｉｔｈ", "John Smith"),
        ("Jose\u0301", "José"),
        ("𠮷田明", "𠮷田明"),
        ("王\U0002b740", "王\U0002b740"),
        ("李\U00030000", "李\U00030000"),
        ("葛\U000e0100城", "葛\U000e0100城"),
        ("䶮〇", "䶮〇"),
        ("㐂", "㐂"),
    ],
)
def test_folded_without_losing_a_character(typed, stored):
    assert names.accept(typed) == stored


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "没有填写"),
        (" \u200b ", "没有填写"),
        ("···", "没有填写"),
        ("张3", "“3”不是文字"),
        ("张三<b>", "“<”不是文字"),
        ("张😀", "不是文字"),
        ("张\ue000", "自造字"),
        ("张\ud800", "不完整"),
        ("张\x00三", "不是文字"),
        ("- '", "没有文字"),
        ("张" * 51, "最长50个字符"),
    ],
)
def test_what_is_wrong_is_told(typed, told):
    with pytest.raises(Unacceptable, match=told):
        names.accept(typed)


def test_fifty_characters_fit():
    assert len(names.accept("张" * 50)) == 50


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("张小三", "张*三"),
        ("欧阳小三", "欧**三"),
        ("张", "*"),
        ("", ""),
        ("𠮷葛\U000e0100城", "𠮷*城"),
    ],
)
def test_masks(name, masked):
    assert names.mask(name) == masked


@given(st.text(max_size=60))
def test_accepting_twice_changes_nothing(typed):
    try:
        once = names.accept(typed)
    except Unacceptable as refusal:
        assert str(refusal).endswith("。")
    else:
        assert names.accept(once) == once
        assert len(once) <= names.LONGEST


def test_sorted_by_pinyin_with_the_readings_of_surnames():
    assert names.sort_key("张三") == "zhang san"
    assert names.sort_key("单小明") == "shan xiao ming"
    assert names.sort_key("曾庆红") == "zeng qing hong"
    assert names.sort_key("单") == "dan"
    people = ["张三", "阿迪力·买买提", "单一", "陈平", "𠮷田"]
    assert sorted(people, key=names.sort_key)[:4] == ["阿迪力·买买提", "陈平", "单一", "张三"]


SURNAMES = (
    "单 shan,仇 qiu,解 xie,查 zha,朴 piao,区 ou,盖 ge,曾 zeng,翟 zhai,缪 miao,乐 yue,覃 qin,召 shao,繁 po,员 yun,秘 bi,"
    "折 she,黑 he,洗 xian,种 chong,隗 wei,任 ren,华 hua,冼 xian,尹 yin,晟 cheng,郗 xi,纪 ji,宁 ning,燕 yan,应 ying,"
    "於 yu,单于 chan yu,万俟 mo qi,尉迟 yu chi,长孙 zhang sun,澹台 tan tai,欧阳 ou yang"
)


@pytest.mark.parametrize("row", SURNAMES.split(","))
def test_a_surname_is_read_as_one(row):
    surname, reading = row.split(" ", 1)
    assert names.sort_key(f"{surname}小明") == f"{reading} xiao ming"


def test_a_key_is_as_long_as_its_column():
    assert len(names.sort_key("双" * 50)) == len(names.sort_key("单" + "双" * 49)) == 200


@pytest.mark.parametrize("newer", ["\U000323b0", "\U0002fffd", "\U0003fffd"])
def test_a_han_character_newer_than_our_tables_is_taken(newer):
    assert names.accept(f"王{newer}") == f"王{newer}"


@pytest.mark.parametrize("other", ["\U0001fffd", "\U0003fffe", "\u0378"])
def test_no_other_unassigned_code_point_is(other):
    with pytest.raises(Unacceptable, match="不是文字"):
        names.accept(f"王{other}")


@pytest.mark.parametrize("sign", ["᛫", "·", "․"])
def test_rarer_separators(sign):
    assert names.accept(f"阿迪力{sign}买买提") == "阿迪力·买买提"


@pytest.mark.parametrize("name", ["〇", "々木", "⺀田", "豈弟", "㐂田", "𠀀田", "\U000323af田"])
def test_blanks_and_full_stops_between_any_han_are_no_part_of_a_name(name):
    first, *_ = names.characters(name)
    assert names.folded(f"{first} {first}") == first * 2
    assert names.folded(f"{first}.{first}") == f"{first}·{first}"


def test_the_signs_of_foreign_names_stay():
    assert names.accept("Anne-Marie O’Neil Jr.") == "Anne-Marie O’Neil Jr."
