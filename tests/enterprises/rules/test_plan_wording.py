"""How a sentence is taken apart before anything is looked for in it."""

import re

import pytest

from enterprises.rules.plan_lint import wording

PAPER = re.compile("论文|专著")


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("甲。乙；丙;丁！戊!己\n庚", ["甲", "乙", "丙", "丁", "戊", "己", "庚"]),
        ("甲并乙，而且丙", ["甲", "乙，", "丙"]),
        ("甲同时乙还须丙还需丁还应戊另须己另需庚且辛", ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"]),
        ("合并、并列、并行、并联、并网，且不含", ["合并、并列、并行、并联、并网，且不含"]),
        ("", []),
    ],
)
def test_sentences(text, sentences):
    assert wording.sentences(text) == sentences


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("论 文 １篇", "论文1篇"),
        ("a,b;c", "A，B；C"),
        ("論文發表", "论文发表"),
        ("论-文、专/著", "论文、专/著"),
        ("甲\n 乙", "甲\n乙"),
    ],
)
def test_folding(typed, folded):
    assert wording.folded(typed) == folded


@pytest.mark.parametrize(
    ("sentence", "other_way"),
    [
        ("论文或技术报告", True),
        ("论文或者专利", True),
        ("论文、工法任选", True),
        ("论文和专利任一", True),
        ("论文与图纸其一", True),
        ("论文及培训之一", True),
        ("论文，考核均可", True),
        ("论文、实践皆可", True),
        ("论文和实践皆可", True),
        ("论文级别为二级或更高、专利", False),
        ("论文可用案例替代，案例2个", True),
        ("论文由总结代替、总结", True),
        ("论文/方案", True),
        ("论文或专著", False),
        ("论文2篇或以上", False),
        ("论文2篇及更多、专利", False),
        ("论文和专利", False),
        ("论文、专利", False),
    ],
)
def test_whether_a_choice_is_left(sentence, other_way):
    assert wording.offers_another_way(sentence, PAPER) is other_way


@pytest.mark.parametrize(
    ("sentence", "released"),
    [
        *(
            (f"论文{word}", True)
            for word in ("不作要求", "不需要", "不须", "不必", "可不提供", "可免", "加分", "可作为佐证")
        ),
        *(
            (f"{word}论文", True)
            for word in ("不得将", "不把", "不要求", "无需", "无须", "不唯", "破除", "免于", "鼓励")
        ),
        ("有论文的优先，但必须1篇", False),
        ("论文加分，未发表的一票否决", False),
        ("论文1篇", False),
    ],
)
def test_whether_a_thing_is_not_asked_for(sentence, released):
    assert wording.releases(sentence) is released


@pytest.mark.parametrize(
    ("sentence", "demanded"),
    [
        *(
            (f"{word}论文", True)
            for word in ("必须有", "必备", "须有", "需有", "应当有", "应有", "要求", "至少一篇", "不少于一篇")
        ),
        *((f"论文{word}", True) for word in ("以上", "方可申报", "才能申报", "否则不评", "不予申报", "一票否决")),
        *((f"论文{word}", True) for word in ("1篇", "两部", "三本", "十项", "2次")),
        *((f"论文{word}", False) for word in ("应用", "应变", "应力", "应急", "情况", "一套")),
    ],
)
def test_whether_a_condition_is_made(sentence, demanded):
    assert wording.demands(sentence) is demanded


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", 5),
        ("1.5", 1),
        ("12", 12),
        ("零", 0),
        ("两", 2),
        ("半", 0),
        *((char, value) for value, char in enumerate("一二三四五六七八九十", start=1)),
        ("十五", 15),
        ("二十", 20),
        ("九十九", 99),
    ],
)
def test_numbers(text, value):
    assert wording.number(text) == value
