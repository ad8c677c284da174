"""Which parts must be filled in and proven, and how the task list shows them."""

from decimal import Decimal

import pytest

from applications.rules.hours import hours_by_year
from applications.rules.lookup_code import ALPHABET, new_lookup_code, shown, typed
from applications.rules.material import Part, missing, needed_topics, status_of

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


@pytest.mark.parametrize("topic", ["person", "education", "work", "achievements"])
def test_an_empty_part_is_named_with_its_clause(topic):
    reasons = missing({**FULL, topic: Part(filled=False)}, "engineer", "review")
    assert {one.field for one in reasons} == {topic}
    assert all(one.clause and one.remedy and one.gate == "G7" for one in reasons)


@pytest.mark.parametrize("topic", ["posts", "assessments", "hours"])
def test_what_may_be_empty_is_not_asked_for_but_proven_when_declared(topic):
    assert missing({**FULL, topic: Part()}, "engineer", "review") == []
    reasons = missing({**FULL, topic: Part(records=1)}, "engineer", "review")
    assert [one.field for one in reasons] == [topic]


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


def test_a_lookup_code_is_read_back_as_people_mistype_it():
    code = new_lookup_code()
    assert len(code) == 8 and set(code) <= set(ALPHABET)
    assert typed(f" {shown(code).lower()} ") == code
    assert typed("o1-il") == "0111"
