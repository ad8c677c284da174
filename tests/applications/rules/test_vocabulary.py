"""The words of the facts and of the answers, as forms and explanations print them; the annex's where it has one."""

import pytest

from applications.rules.eligibility import vocabulary as words
from jiaxing_titles.policy.text import measures

ANNEX = "".join(paragraph.text for paragraph in measures() if paragraph.in_annex)


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (words.TARGETS, {"engineer": "工程师", "assistant_engineer": "助理工程师"}),
        (words.POST_TITLES, {"technician": "技术员", "assistant_engineer": "助理工程师"}),
        (words.OUTCOMES, {"graduated": "毕业", "completed": "结业", "withdrawn": "肄业"}),
        (words.RELATIONS, {"same": "本专业", "related": "相近专业", "other": "其他"}),
        (
            words.EDUCATION_LEVELS,
            {
                "high_school": "高中",
                "secondary": "中专（中职）",
                "associate": "大专",
                "bachelor": "大学本科",
                "master": "研究生（硕士）",
                "doctor": "博士",
            },
        ),
        (
            words.GRADES,
            {"excellent": "优秀", "qualified": "合格", "basically_qualified": "基本合格", "unqualified": "不合格"},
        ),
        (words.INITIAL_CHECKS, {"qualified": "合格", "unqualified": "不合格"}),
        (
            words.VALUES,
            {
                "pass": "符合",
                "fail": "不符合",
                "unknown": "待补充材料",
                "pending": "待完成",
                "not_applicable": "不适用",
                "refer": "转人工",
            },
        ),
        (
            words.VERDICTS,
            {
                "eligible": "符合条件",
                "not_eligible": "不符合条件",
                "needs_evidence": "待补证",
                "refer": "转人工（破格）",
            },
        ),
    ],
)
def test_the_words_that_people_read(table, told):
    assert dict(table) == told


def test_the_levels_stand_in_ascending_order():
    assert sorted(words.RANK, key=words.RANK.__getitem__) == list(words.EDUCATION_LEVELS)


@pytest.mark.parametrize("word", ["工程师", "助理工程师", "技术员", "大专", "大学本科", "博士", "合格"])
def test_a_word_of_the_annex_is_written_as_there(word):
    assert word in ANNEX
