"""What is not valid facts: each refusal is one Chinese sentence that names the field."""

import json

import pytest

from applications.rules.eligibility import FactsError, decode, judge, parse_facts

STUDY = {"level": "bachelor", "award": "both", "outcome": "graduated", "mode": "adult", "awarded_on": "2020-06-30"}
WORK = {"from": "2020-07-01", "engineering": True, "relation": "same", "full_time": True}
POST = {"title": "technician", "appointed_from": "2020-07-01"}
LEAST = {"id": "a", "level": "engineer", "as_of": "2026-12-31"}


def without(record, key):
    return {name: value for name, value in record.items() if name != key}


REFUSED = [
    ("本行", []),
    ("id", without(LEAST, "id")),
    ("id", LEAST | {"id": 5}),
    ("id", LEAST | {"id": None}),
    ("level", without(LEAST, "level")),
    ("level", LEAST | {"level": "senior_engineer"}),
    ("level", LEAST | {"level": ["engineer"]}),
    ("as_of", without(LEAST, "as_of")),
    ("as_of", LEAST | {"as_of": None}),
    ("as_of", LEAST | {"as_of": "2026-12"}),
    ("as_of", LEAST | {"as_of": "2026-02-30"}),
    ("as_of", LEAST | {"as_of": "20261231"}),
    ("as_of", LEAST | {"as_of": "２０２６-12-31"}),
    ("as_of", LEAST | {"as_of": "2026-12-31\n"}),
    ("as_of", LEAST | {"as_of": "0000-01-01"}),
    ("applied_on", LEAST | {"applied_on": "2026"}),
    ("applied_on", LEAST | {"applied_on": "2027-01-01"}),
    ("education", LEAST | {"education": None}),
    ("education", LEAST | {"education": {}}),
    ("education[0]", LEAST | {"education": ["本科"]}),
    ("education[1].level", LEAST | {"education": [STUDY, STUDY | {"level": "本科"}]}),
    ("education[0].award", LEAST | {"education": [without(STUDY, "award")]}),
    ("education[0].outcome", LEAST | {"education": [STUDY | {"outcome": None}]}),
    ("education[0].mode", LEAST | {"education": [without(STUDY, "mode")]}),
    ("education[0].awarded_on", LEAST | {"education": [STUDY | {"awarded_on": "2023-13"}]}),
    ("education[0].awarded_on", LEAST | {"education": [STUDY | {"awarded_on": None}]}),
    ("education[0].awarded_on", LEAST | {"education": [STUDY | {"started_on": "2020-07-01"}]}),
    ("education[0].started_on", LEAST | {"education": [STUDY | {"started_on": 2016}]}),
    ("work[0].from", LEAST | {"work": [without(WORK, "from")]}),
    ("work[0].to", LEAST | {"work": [WORK | {"to": "2020-06-30"}]}),
    ("work[0].to", LEAST | {"work": [WORK | {"to": ""}]}),
    ("work[0].engineering", LEAST | {"work": [WORK | {"engineering": 1}]}),
    ("work[0].relation", LEAST | {"work": [without(WORK, "relation")]}),
    ("work[0].full_time", LEAST | {"work": [WORK | {"full_time": None}]}),
    ("posts[0].title", LEAST | {"posts": [POST | {"title": "engineer"}]}),
    ("posts[0].appointed_from", LEAST | {"posts": [without(POST, "appointed_from")]}),
    ("posts[0].appointed_to", LEAST | {"posts": [POST | {"appointed_to": "2019-01-01"}]}),
    ("assessments", LEAST | {"assessments": []}),
    ("assessments[2025]", LEAST | {"assessments": {"2025": "good"}}),
    ("assessments[2025]", LEAST | {"assessments": {"2025": None}}),
    ("continuing_education", LEAST | {"continuing_education": None}),
    *(
        ("continuing_education[2026]", LEAST | {"continuing_education": {"2026": hours}})
        for hours in ("-1", "", " 90", "90 ", "1e2", "+90", "NaN", ".5", "90.", "９０", -1, True, None, [90])
    ),
    ("evidence_closed", LEAST | {"evidence_closed": None}),
    ("evidence_closed", LEAST | {"evidence_closed": "true"}),
    ("exceptional_file", LEAST | {"exceptional_file": 0}),
    *(("courses_match", LEAST | {"courses_match": value}) for value in (-1, True, "3", 3.0, 2.5, [3])),
    ("initial_check", LEAST | {"initial_check": "excellent"}),
    ("initial_check", LEAST | {"initial_check": False}),
]


@pytest.mark.parametrize(("field", "value"), REFUSED)
def test_refused_with_the_field_named(field, value):
    with pytest.raises(FactsError) as caught:
        parse_facts(decode(json.dumps(value).encode()))
    assert caught.value.field == field
    assert str(caught.value).startswith(field)
    assert str(caught.value).endswith("。")


@pytest.mark.parametrize(
    "line", [b"{", b'{"id": "a"', b'{"id": NaN}', b"\xff\xfe", b"[" * 100_000, b'{"a": ' + b"9" * 5_000 + b"}", b"x"]
)
def test_not_json_is_told(line):
    with pytest.raises(FactsError, match="^本行"):
        parse_facts(decode(line))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"education": [STUDY], "work": [WORK], "posts": [POST]},
        {"work": [WORK | {"to": None}], "posts": [POST | {"appointed_to": None}], "applied_on": None},
        {"work": [WORK | {"from": "2020-07", "to": "2020-06"}]},
        {"work": [WORK | {"to": "2019"}]},
        {"work": [WORK | {"to": "2020-07-01"}]},
        {"courses_match": None, "initial_check": None, "unknown": {"level": 1}},
        {"applied_on": "2026-12-31"},
    ],
)
def test_valid_facts_get_a_verdict(changes):
    assert judge(parse_facts(LEAST | changes)).verdict


@pytest.mark.parametrize(
    ("text", "value"), [(b'"89.99"', "pending"), (b"90", "pass"), (b"89.999999999999999999", "pending")]
)
def test_hours_are_never_rounded(text, value):
    line = b'{"id": "a", "level": "engineer", "as_of": "2026-12-31", "continuing_education": {"2026": ' + text + b"}}"
    assert judge(parse_facts(decode(line))).gates["A-2"] == value


def test_the_sentence_says_where_and_what_to_do():
    with pytest.raises(FactsError) as caught:
        parse_facts(LEAST | {"work": [WORK, WORK | {"from": "2023-02-30"}]})
    assert str(caught.value) == (
        "work[1].from（工作经历第2条：开始日期）的值“2023-02-30”不是存在的日期，"
        "请写成 2021-07-01、2021-07 或 2021 的样子。"
    )
