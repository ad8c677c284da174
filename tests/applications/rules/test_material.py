"""Which parts must be filled in and proven, and how the task list shows them."""

from decimal import Decimal

import pytest

from applications.rules.hours import hours_by_year
from applications.rules.lookup_code import ALPHABET, new_lookup_code, shown, typed
from applications.rules.material import Part, in_order, missing, needed_topics, status_of

FULL = {
    "person": Part(filled=True, files=1),
    "education": Part(records=1, files=1),
    "work": Part(records=1),
    "posts": Part(),
    "assessments": Part(records=3, files=1),
    "hours": Part(records=1, files=1),
    "achievements": Part(records=1, files=1),
    "exceptional": Part(filled=False),
}


def test_a_full_application_misses_nothing():
    assert missing(FULL, "engineer", "review") == []


# topic, name in the form, what proves it, clause, rule
TOPICS = [
    ("person", "个人信息", "身份证明和劳动合同（或社会保险）证明", "办法六3", "R-6.3.2"),
    ("education", "学历学位", "学历、学位证书", "附件三", "A-3"),
    ("work", "工作经历", "", "附件三", "A-3"),
    ("posts", "聘任职务", "聘任文件或聘书", "附件三、1（5）", "A-3.1(5)"),
    ("assessments", "年度考核", "年度考核表", "附件一", "A-1"),
    ("hours", "继续教育", "继续教育证明", "附件二", "A-2"),
    ("achievements", "业绩成果", "业绩证明", "办法五（二）", "R-5.2.5"),
    ("exceptional", "破格申报", "", "办法五（一）", "R-5.1.7"),
]
FIRST = "至少填写一条。"


def told(topic, part, route="review"):
    reasons = missing({**FULL, "exceptional": Part(), topic: part}, "engineer", route)
    assert {one.field for one in reasons} <= {topic} and {one.gate for one in reasons} <= {"G7"}
    return [(one.text, one.clause, one.rule, one.remedy) for one in reasons]


@pytest.mark.parametrize(("topic", "name", "proof", "clause", "rule"), TOPICS, ids=[row[1] for row in TOPICS])
def test_what_is_missing_of_a_part_is_told_with_its_clause(topic, name, proof, clause, rule):
    unproven = [(f"“{name}”还没有上传{proof}。", clause, rule, "在这一部分的页面下方上传。")] if proof else []
    assert told(topic, Part(records=1, files=1)) == []
    assert told(topic, Part(records=1)) == unproven
    empty = [(f"“{name}”还没有填写。", clause, rule, FIRST)] if topic in ("education", "work", "achievements") else []
    assert told(topic, Part()) == (unproven if topic == "person" else empty)


@pytest.mark.parametrize(
    ("topic", "name", "clause", "rule"),
    [("person", "个人信息", "办法六3", "R-6.3.2"), ("exceptional", "破格申报", "办法五（一）", "R-5.1.7")],
)
def test_a_part_whose_own_fields_are_not_filled_is_told(topic, name, clause, rule):
    found = told(topic, Part(filled=False, files=1), "exceptional")
    assert found == [(f"“{name}”还没有填完。", clause, rule, "打开这一部分，把必填的内容填好。")]


def test_the_parts_of_a_stored_version_stand_in_the_order_of_the_form():
    stored = {topic: number for number, (topic, *_) in enumerate(reversed(TOPICS))}
    assert in_order(stored) == [(topic, stored[topic]) for topic, *_ in TOPICS]
    assert in_order({"hours": 1, "person": 2}) == [("person", 2), ("hours", 1)]


def test_the_exceptional_part_belongs_to_its_route_only():
    assert "exceptional" not in needed_topics("engineer", "review")
    assert [one.field for one in missing(FULL, "engineer", "exceptional")] == ["exceptional"]


@pytest.mark.parametrize(
    ("topic", "part", "word"),
    [
        ("education", Part(), "未开始"),
        ("education", Part(records=1), "填写中"),
        ("education", Part(files=1), "填写中"),
        ("education", Part(records=1, files=1), "已填好"),
        ("work", Part(records=1), "已填好"),
        ("posts", Part(), "已填好"),
        ("assessments", Part(records=1), "填写中"),
        ("hours", Part(files=1), "填写中"),
        ("achievements", Part(), "未开始"),
        ("exceptional", Part(filled=False), "未开始"),
        ("exceptional", Part(filled=False, files=1), "填写中"),
        ("exceptional", Part(filled=True), "已填好"),
        ("person", Part(filled=False, files=1), "填写中"),
        ("person", Part(filled=False), "未开始"),
        ("person", Part(filled=True), "填写中"),
        ("person", Part(filled=True, files=1), "已填好"),
    ],
)
def test_the_task_list_says_how_far_a_part_is(topic, part, word):
    assert status_of(topic, part, "engineer", "review") == word


def test_hours_are_added_by_year_and_a_certificate_counts_once():
    lines = [
        (2026, Decimal("60.50"), "A"),
        (2026, Decimal("29"), ""),
        (2026, Decimal("29"), ""),
        (2025, Decimal(30), "A"),
        (2026, Decimal("60.50"), " A "),
    ]
    assert hours_by_year(lines) == {"2025": "30", "2026": "118.5"}


def test_89_and_a_half_stay_89_and_a_half():
    assert hours_by_year([(2026, Decimal("89.50"), "")]) == {"2026": "89.5"}
    assert hours_by_year([(2026, Decimal("90.00"), ""), (2025, Decimal("0.0"), "")]) == {"2025": "0", "2026": "90"}


def test_a_lookup_code_is_read_back_as_people_mistype_it():
    code = new_lookup_code()
    assert len(code) == 8 and set(code) <= set(ALPHABET)
    assert ALPHABET == "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
    assert typed(f" {shown(code).lower()} ") == code
    assert typed("o1-il") == "0111"
