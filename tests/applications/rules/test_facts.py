"""What is not valid facts: each refusal is one Chinese sentence that names the field."""

import calendar
import json
from datetime import date

import pytest

from applications.rules.eligibility import FactsError, decode, judge, parse_facts
from applications.rules.eligibility.field_names import label_of, named
from applications.rules.eligibility.parsing import fingerprint, read_date

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


RECORDS = {"education": STUDY, "work": WORK, "posts": POST}
REQUIRED = [(table, key) for table, record in RECORDS.items() for key in record]
OPTIONAL = [("education", "started_on"), ("work", "to"), ("posts", "appointed_to")]
DATES = [("education", "awarded_on"), ("work", "from"), ("posts", "appointed_from"), *OPTIONAL]
ENUMERATED = [("education", key) for key in ("level", "award", "outcome", "mode")] + [
    ("work", "relation"),
    ("posts", "title"),
]
NO_DATES = (
    "2023-13",
    "2023-00",
    "2023-02-30",
    "0000",
    "2023-1-1",
    "2023/01",
    "23-01-01",
    "",
    " 2023",
    "2023-01-01T00",
    2023,
)


def in_table(table, key, value):
    return f"{table}[0].{key}", LEAST | {table: [RECORDS[table] | {key: value}]}


REFUSED += [(f"{table}[0].{key}", LEAST | {table: [without(RECORDS[table], key)]}) for table, key in REQUIRED]
REFUSED += [in_table(table, key, None) for table, key in REQUIRED]
REFUSED += [in_table(table, key, value) for table, key in DATES for value in NO_DATES]
REFUSED += [
    in_table(table, key, value) for table, key in ENUMERATED for value in ("", "本科", "FULL_TIME", 1, True, ["same"])
]
REFUSED += [in_table("work", key, value) for key in ("engineering", "full_time") for value in (0, "true", [])]
REFUSED += [(table, LEAST | {table: value}) for table in RECORDS for value in (None, {}, "[]", 0, False)]
REFUSED += [(f"{table}[0]", LEAST | {table: [value]}) for table in RECORDS for value in (None, [], "x", 1)]
REFUSED += [
    (table, LEAST | {table: value}) for table in ("assessments", "continuing_education") for value in (None, [], "")
]
REFUSED += [
    ("assessments[2025]", LEAST | {"assessments": {"2025": value}}) for value in ("", "优秀", 1, True, ["qualified"])
]
REFUSED += [("assessments[1980]", LEAST | {"assessments": {"2025": "qualified", "1980": "no"}})]
REFUSED += [("applied_on", LEAST | {"applied_on": value}) for value in (20261231, "2026-12", "2026-11-31", "", False)]
REFUSED += [("本行", value) for value in (None, "a", 5, True, [LEAST])]
REFUSED += [("courses_match", LEAST | {"courses_match": value}) for value in (-3, 1e2, {}, "")]
REFUSED += [("exceptional_file", LEAST | {"exceptional_file": value}) for value in (None, "false", 1)]


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
        *({table: [RECORDS[table] | {key: None}]} for table, key in OPTIONAL),
        *({table: [RECORDS[table] | {key: "2026-11"}]} for table, key in DATES),
        {"education": [STUDY | {"started_on": "2020-06-30"}]},
        {"posts": [POST | {"appointed_to": "2020-07-01"}]},
        {"education": [STUDY | {"verified": 5, "school": "某校"}]},
        {"courses_match": 0, "continuing_education": {"2026": 0}},
        {"work": [WORK | {"from": "9999-12-31", "to": "9999-12"}]},
        {"work": [WORK | {"from": "0001", "to": "0001-01"}]},
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


def test_hours_built_as_a_float_are_refused():
    with pytest.raises(FactsError, match="不是学时数"):
        parse_facts(LEAST | {"continuing_education": {"2026": 90.5}})


def test_the_sentence_says_where_and_what_to_do():
    with pytest.raises(FactsError) as caught:
        parse_facts(LEAST | {"work": [WORK, WORK | {"from": "2023-02-30"}]})
    assert str(caught.value) == (
        "work[1].from（工作经历第2条：开始日期）的值“2023-02-30”不是存在的日期，"
        "请写成 2021-07-01、2021-07 或 2021 的样子。"
    )


LEVELS = "请从 engineer（工程师）、assistant_engineer（助理工程师） 中选一个。"
GRADES = "请从 excellent（优秀）、qualified（合格）、basically_qualified（基本合格）、unqualified（不合格） 中选一个。"


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ([], "本行应当是一个人的资料对象，请写成 { … }。"),
        (without(LEAST, "id"), "id（编号）没有填写，请补充文本编号。"),
        (LEAST | {"id": 5}, "id（编号）应当是文本，请加上引号。"),
        (without(LEAST, "level"), "level（申报级别）没有填写，请补充。"),
        (LEAST | {"level": "高工"}, f"level（申报级别）的值“高工”不在可选范围内，{LEVELS}"),
        (without(LEAST, "as_of"), "as_of（计算截止日）没有填写，请补充日期。"),
        (LEAST | {"as_of": "2026-12"}, "as_of（计算截止日）的值“2026-12”没有写到日，请写成 2026-12-31 的样子。"),
        (LEAST | {"applied_on": "2027-01-01"}, "applied_on（申报日）晚于计算截止日 as_of，请核对这两个日期。"),
        (LEAST | {"work": {}}, "work（工作经历）应当是列表，请写成 [ … ]。"),
        (LEAST | {"work": ["甲厂"]}, "work[0]（工作经历第1条）应当是一条记录，请写成 { … }。"),
        (
            LEAST | {"work": [without(WORK, "full_time")]},
            "work[0].full_time（工作经历第1条：是否全职）没有填写，请填 true 或 false。",
        ),
        (
            LEAST | {"work": [WORK | {"full_time": "是"}]},
            "work[0].full_time（工作经历第1条：是否全职）的值“是”不是是非值，请填 true 或 false。",
        ),
        (
            LEAST | {"work": [WORK | {"to": "2020-06-30"}]},
            "work[0].to（工作经历第1条：结束日期）早于开始日期，请核对这一条的起止日期。",
        ),
        (LEAST | {"assessments": []}, 'assessments（年度考核）应当是按年度的对照表，请写成 {"2025": …}。'),
        (
            LEAST | {"assessments": {"2025": "良"}},
            f"assessments[2025]（年度考核2025年）的值“良”不在可选范围内，{GRADES}",
        ),
        (
            LEAST | {"continuing_education": {"2026": "九十"}},
            "continuing_education[2026]（继续教育学时2026年）的值“九十”不是学时数，请写成 90 或 89.5 这样的非负小数。",
        ),
        (
            LEAST | {"courses_match": -1},
            "courses_match（符合本专业系列的课程门数）的值“-1”不是门数，请填 0、1、2、3 这样的整数，不清楚时留空。",
        ),
    ],
)
def test_each_refusal_says_what_is_wrong_and_what_to_do(value, sentence):
    with pytest.raises(FactsError) as caught:
        parse_facts(value)
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("张".encode("gbk"), "本行不是 UTF-8 文本，请把文件另存为 UTF-8 编码后重试。"),
        (b"[" * 100_000, "本行的括号嵌套过深，请检查是否漏写了右括号。"),
        (b'{"id": "a"', "本行不是有效的 JSON，请检查引号、逗号和括号是否成对。"),
        (b'{"id": Infinity}', "本行不是有效的 JSON，请检查引号、逗号和括号是否成对。"),
    ],
)
def test_a_line_that_cannot_be_read_says_why(line, sentence):
    with pytest.raises(FactsError) as caught:
        decode(line)
    assert (caught.value.field, str(caught.value)) == ("本行", sentence)


def test_facts_nested_too_deeply_for_a_hash_are_told():
    deep: list = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(FactsError) as caught:
        fingerprint({"id": deep})
    assert str(caught.value) == "本行的括号嵌套过深，请检查是否漏写了右括号。"


@pytest.mark.parametrize("year", ["0001", "1999", "2000", "2023", "2024", "9999"])
def test_a_month_or_a_year_means_any_of_its_days(year):
    whole = calendar.isleap(int(year)) + 365
    first = date(int(year), 1, 1).toordinal()
    assert read_date(year) == (first, first + whole - 1)
    for month in range(1, 13):
        begins = date(int(year), month, 1).toordinal()
        assert read_date(f"{year}-{month:02d}") == (begins, begins + calendar.monthrange(int(year), month)[1] - 1)
        assert read_date(f"{year}-{month:02d}-02") == (begins + 1, begins + 1)


@pytest.mark.parametrize(("value", "shown"), [("x" * 40, "x" * 40), ("x" * 41, "x" * 40 + "…"), (["很长"], '["很长"]')])
def test_a_wrong_value_is_shown_as_far_as_it_is_short(value, shown):
    with pytest.raises(FactsError, match="不在可选范围内") as caught:
        parse_facts(LEAST | {"level": value})
    assert f"“{shown}”" in str(caught.value)


def test_dates_without_a_day_are_named_by_their_place():
    facts = LEAST | {
        "education": [STUDY | {"started_on": "2016", "awarded_on": "2020-06"}, STUDY],
        "work": [WORK, WORK | {"from": "2020-07", "to": "2021"}],
        "posts": [POST | {"appointed_from": "2020", "appointed_to": "2021-02"}],
    }
    named = [
        "education[0].started_on",
        "education[0].awarded_on",
        "work[1].from",
        "work[1].to",
        "posts[0].appointed_from",
        "posts[0].appointed_to",
    ]
    assert parse_facts(facts).imprecise() == named
    assert parse_facts(LEAST | {"education": [STUDY], "work": [WORK], "posts": [POST]}).imprecise() == []


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("id", "编号"),
        ("level", "申报级别"),
        ("as_of", "计算截止日"),
        ("applied_on", "申报日"),
        ("education", "学历学位"),
        ("education[0]", "学历学位第1条"),
        ("education[0].level", "学历学位第1条：学历层次"),
        ("education[0].award", "学历学位第1条：证书种类"),
        ("education[0].outcome", "学历学位第1条：学业结果"),
        ("education[0].mode", "学历学位第1条：学习形式"),
        ("education[0].awarded_on", "学历学位第1条：取得日期"),
        ("education[11].started_on", "学历学位第12条：入学日期"),
        ("work", "工作经历"),
        ("work[2].from", "工作经历第3条：开始日期"),
        ("work[2].to", "工作经历第3条：结束日期"),
        ("work[2].engineering", "工作经历第3条：是否从事工程技术工作"),
        ("work[2].relation", "工作经历第3条：与申报专业的关系"),
        ("work[2].full_time", "工作经历第3条：是否全职"),
        ("posts[0]", "担任职务第1条"),
        ("posts[0].title", "担任职务第1条：职务名称"),
        ("posts[0].appointed_from", "担任职务第1条：聘任日期"),
        ("posts[0].appointed_to", "担任职务第1条：聘任终止日期"),
        ("assessments[2025]", "年度考核2025年"),
        ("continuing_education[2026]", "继续教育学时2026年"),
        ("evidence_closed", "补充材料是否截止"),
        ("courses_match", "符合本专业系列的课程门数"),
        ("initial_check", "初定考核"),
        ("exceptional_file", "是否有破格材料"),
        ("salary", ""),
        ("本行", ""),
        ("a b", ""),
    ],
)
def test_each_field_has_the_name_it_has_in_the_form(path, label):
    assert label_of(path) == label
    assert named(path) == (f"{path}（{label}）" if label else path)
