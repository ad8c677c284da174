"""The text of the 办法, and that a citation finds its place."""

import pytest

from jiaxing_titles.policy.rules import CLAUSES
from jiaxing_titles.policy.text import clause_anchor, measures


@pytest.mark.parametrize(
    ("clause", "anchor"),
    [
        ("办法三", "3"),
        ("办法四（一）", "4-1"),
        ("办法五（二）", "5-2"),
        ("办法五（二）1", "5-2"),
        ("办法五、2", "5-2"),
        ("办法五（四）4", "5-4"),
        ("办法六、3", "6-3"),
        ("《办法》六（三）", "6-3"),
        ("办法五（二）（年度设置）", "5-2"),
        ("附件一", "a-1"),
        ("附件二", "a-2"),
        ("附件三、1（3）", "a-3-1-3"),
        ("附件三、2", "a-3-2"),
        ("附件四、1（2）", "a-4-1-2"),
        ("A-3.1(6)", "a-3-1-6"),
        ("附件", "a"),
        ("办法九", ""),
        ("办法", ""),
        ("", ""),
        ("人社部令第40号", ""),
        ("行政许可法第三十二条", ""),
    ],
)
def test_a_clause_leads_to_its_place(clause, anchor):
    assert clause_anchor(clause) == anchor


def test_every_anchor_exists_once_and_citing_it_comes_back():
    anchors = [one.anchor for one in measures() if one.anchor]
    assert len(anchors) == len(set(anchors)) == 43
    numerals = "一二三四五六"
    for anchor in anchors:
        parts = anchor.split("-")
        source = "附件" if parts[0] == "a" else "办法"
        numbers = parts[1:] if parts[0] == "a" else parts
        cited = source + (numerals[int(numbers[0]) - 1] if numbers else "")
        cited += f"、{numbers[1]}" if len(numbers) > 1 else ""
        cited += f"（{numbers[2]}）" if len(numbers) > 2 else ""
        assert clause_anchor(cited) == anchor


def test_the_clause_of_every_setting_is_on_the_page_unless_it_is_another_law():
    for name, clause in CLAUSES.items():
        ours = clause.startswith(("办法", "附件"))
        assert bool(clause_anchor(clause)) == ours, name


def test_the_words_that_everything_hangs_on_are_there():
    text = "".join(one.text for one in measures())
    for words in (
        "公示期不少于5个工作日",
        "外聘专家一般不超过三分之一",
        "每年11中旬前",
        "不少于90学时",
        "无记名投票表决",
    ):
        assert words in text
    assert "bookmark" not in text
