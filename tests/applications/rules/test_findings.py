"""What the output line says beside the values: facts, periods, what is missing, settings, and its own identity."""

import copy
import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from applications.rules.eligibility import ANNEX_2019, FactsError, Interpretation, decode, findings, parse_facts
from applications.rules.eligibility.explain import ENGINE
from applications.rules.eligibility.wording import in_words
from jiaxing_titles.policy.text import measures
from tests.applications.rules.random_people import person

ASSOCIATE = {
    "level": "associate",
    "award": "both",
    "outcome": "graduated",
    "mode": "full_time",
    "started_on": "2016-09",
    "awarded_on": "2019-06-30",
}
JOB = {"from": "2022-03-01", "to": None, "engineering": True, "relation": "same", "full_time": True}
POST = {"title": "technician", "appointed_from": "2018-01-01", "appointed_to": "2019-12-31"}
ASSISTANT = {
    "id": "甲",
    "level": "assistant_engineer",
    "as_of": "2023-12-31",
    "education": [ASSOCIATE],
    "work": [JOB],
    "posts": [POST],
    "assessments": {"2022": "qualified"},
}


def reason(found, clause):
    return next(row for row in found["reasons"] if row["id"] == clause)


def test_every_clause_is_told_in_the_words_of_the_annex():
    annex = "".join(paragraph.text for paragraph in measures() if paragraph.in_annex)
    clauses = [*ANNEX_2019.routes.values(), *ANNEX_2019.initial.values()]
    told = [ANNEX_2019.assessment, ANNEX_2019.continuing_education, *(route for routes in clauses for route in routes)]
    assert len(told) == 17
    assert [clause.id for clause in told if clause.words not in annex] == []


def test_the_facts_used_are_named_with_how_far_they_are_verified():
    facts = copy.deepcopy(ASSISTANT) | {"education": [ASSOCIATE | {"verified": "学信网已核"}]}
    facts["work"] = [JOB | {"engineering": False, "from": "2019-07-01"}, JOB | {"verified": True}]
    found = findings(facts)
    assert reason(found, "A-3.2(2)")["facts"] == ["education[0]", "work[1]", "posts[0]"]
    assert found["facts"] == {
        "assessments[2022]": {"text": "2022年度考核合格"},
        "education[0]": {
            "text": "大专，学历和学位，毕业，全日制，2016年9月入学，2019年6月30日取得",
            "verified": "学信网已核",
        },
        "posts[0]": {"text": "技术员，2018年1月1日聘任，至2019年12月31日"},
        "work[0]": {"text": "2019年7月1日至今，非工程技术工作，本专业，全职"},
        "work[1]": {"text": "2022年3月1日至今，工程技术工作，本专业，全职"},
    }


def test_records_that_bore_on_nothing_are_not_named():
    """Another title, before and on the day of graduation, in time to come, a speciality that is not asked for."""
    posts = [
        POST | {"appointed_from": "2019-01-01", "appointed_to": "2019-06-30"},
        POST | {"appointed_from": "2020-01-01", "appointed_to": None, "title": "assistant_engineer"},
        POST | {"appointed_from": "2024-01-01", "appointed_to": None},
        POST | {"appointed_from": "2019-01-01", "appointed_to": "2019-07-01"},
    ]
    work = [
        JOB | {"from": "2018-01-01", "to": "2019-06-30"},
        JOB | {"from": "2024-01-01"},
        JOB | {"from": "2021-01-01", "to": "2021-12-31", "relation": "other"},
        JOB,
    ]
    settled = replace(ANNEX_2019, posts_before_graduation_count=Interpretation(False, "嘉人社函〔2027〕1号"))
    facts = ASSISTANT | {"posts": posts, "work": work, "courses_match": 3, "initial_check": "qualified"}
    found = findings(facts, settled)
    assert reason(found, "A-3.2(2)")["facts"] == ["education[0]", "work[2]", "work[3]", "posts[3]"]
    assert reason(found, "A-4.2(2)")["facts"] == ["education[0]", "work[3]"]
    assert reason(found, "A-1")["facts"] == ["work[2]", "work[3]", "assessments[2022]"]


AGAIN = ASSOCIATE | {"outcome": "withdrawn", "started_on": "2021-01-01", "awarded_on": "2021-06-30"}


@pytest.mark.parametrize(
    ("row", "changes"),
    [
        ("work[0]", {"work": [JOB | {"from": "2018-01-01", "to": "2019-07-01"}]}),
        ("work[0]", {"work": [JOB | {"from": "2023-12-31"}]}),
        ("work[0]", {"work": [JOB | {"from": "2023-12"}], "as_of": "2023-12-15"}),
        ("posts[0]", {"posts": [POST | {"appointed_from": "2023-12-31", "appointed_to": None}]}),
        ("posts[0]", {"posts": [POST | {"appointed_from": "2023-12", "appointed_to": None}], "as_of": "2023-12-15"}),
        ("education[1]", {"education": [ASSOCIATE, AGAIN], "work": [JOB | {"from": "2021-06-30"}]}),
        ("education[1]", {"education": [ASSOCIATE, AGAIN], "work": [JOB | {"from": "2019-07-01", "to": "2021-01-01"}]}),
        (
            "education[1]",
            {
                "education": [ASSOCIATE, AGAIN | {"started_on": "2021-01"}],
                "work": [JOB | {"from": "2019-07-01", "to": "2021-01-10"}],
            },
        ),
    ],
)
def test_a_record_that_may_bear_on_it_by_one_day_is_named(row, changes):
    assert row in reason(findings(ASSISTANT | changes), "A-3.2(2)")["facts"]


def test_a_vague_job_is_named_from_the_first_day_it_may_have_begun():
    """Only then does the study before it bear on it."""
    study = AGAIN | {"started_on": "2019-09-01", "awarded_on": "2022-05-10"}
    facts = ASSISTANT | {"education": [ASSOCIATE, study], "work": [JOB | {"from": "2022-05"}]}
    assert "education[1]" in reason(findings(facts), "A-3.2(2)")["facts"]


@pytest.mark.parametrize(
    ("row", "changes", "text"),
    [
        (
            "education[1]",
            {"education": [ASSOCIATE, AGAIN]},
            "大专，学历和学位，肄业，全日制，2021年1月1日入学，2021年6月30日离校",
        ),
        (
            "work[0]",
            {"level": "engineer", "work": [JOB | {"full_time": False}]},
            "2022年3月1日至今，工程技术工作，本专业，非全职",
        ),
        (
            "work[0]",
            {"work": [JOB | {"from": "2022-03", "to": "2023"}]},
            "2022年3月至2023年，工程技术工作，本专业，全职",
        ),
    ],
)
def test_a_record_is_told_as_it_was_given(row, changes, text):
    facts = parse_facts(ASSISTANT | changes)
    table, place = row.rstrip("]").split("[")
    assert in_words(facts, (table, int(place))) == {"text": text}


def test_the_record_of_the_earliest_graduation_is_named_and_no_other():
    education = [
        ASSOCIATE | {"level": "bachelor", "awarded_on": "2023-06-30"},
        ASSOCIATE,
        ASSOCIATE | {"outcome": "withdrawn", "started_on": "2014-01", "awarded_on": "2015-01"},
        ASSOCIATE | {"level": "secondary", "awarded_on": "2016-06-30", "started_on": "2013-09"},
    ]
    found = findings(ASSISTANT | {"education": education, "work": [JOB | {"from": "2023-11-01"}]})
    assert reason(found, "A-3.2(2)")["facts"][:2] == ["education[1]", "work[0]"]
    assert reason(found, "A-3.2(3)")["facts"][:2] == ["education[3]", "work[0]"]


@pytest.mark.parametrize(
    ("education", "work", "missing"),
    [
        ([], [], ["须有大学本科及以上学历（毕业）"]),
        ([], [JOB], ["须有大学本科及以上学历（毕业）"]),
        ([ASSOCIATE | {"level": "bachelor"}], [JOB | {"to": "2023-12-30"}], ["申报时须从事工程技术工作"]),
        ([ASSOCIATE | {"level": "bachelor"}], [JOB], []),
        ([ASSOCIATE | {"level": "bachelor", "awarded_on": "2023-12-31", "mode": "adult"}], [JOB], []),
        ([ASSOCIATE | {"level": "bachelor", "awarded_on": "2024-01-01"}], [JOB], ["须有大学本科及以上学历（毕业）"]),
    ],
)
def test_what_is_missing_is_named_one_thing_at_a_time(education, work, missing):
    found = findings(ASSISTANT | {"education": education, "work": work})
    assert reason(found, "A-3.2(1)")["missing"] == missing


@pytest.mark.parametrize(
    ("clause", "missing"),
    [
        ("A-3.2(2)", ["须有大专及以上学历（毕业）"]),
        ("A-3.2(3)", ["须有中专（中职）及以上学历（毕业）"]),
        ("A-3.2(4)", ["须有高中及以上学历（毕业）"]),
        ("A-4.2(1)", ["初定考核须为合格", "须有大学本科及以上学历（毕业）"]),
        ("A-4.2(2)", ["初定考核须为合格", "须有大专及以上学历（毕业）"]),
    ],
)
def test_who_has_no_diploma_is_told_which_he_needs(clause, missing):
    found = findings(ASSISTANT | {"education": [], "initial_check": "unqualified"})
    assert reason(found, clause)["missing"] == missing


def test_what_to_bring_is_said_only_where_something_is_wanting():
    advice = "请补充缺少的年度考核结果。"
    assert advice in reason(findings(ASSISTANT | {"assessments": {}}), "A-1")["text"]
    assert advice not in reason(findings(ASSISTANT), "A-1")["text"]
    engineer = ASSISTANT | {"level": "engineer", "continuing_education": {"2023": "89.5"}}
    assert "还差0.5学时；请在截止前补足。" in reason(findings(engineer), "A-2")["text"]
    assert "补充材料已截止。" in reason(findings(engineer | {"evidence_closed": True}), "A-2")["text"]


def test_a_part_time_job_does_not_hide_those_after_it():
    found = findings(ASSISTANT | {"work": [JOB | {"full_time": False}, JOB | {"engineering": False}, JOB]})
    assert reason(found, "A-3.2(4)")["facts"] == ["education[0]", "work[2]"]


def test_a_period_says_counted_needed_and_missing():
    found = findings(ASSISTANT)
    assert found["tenure"]["A-3.2(2)"] == [
        {"what": "大专毕业后从事工程技术工作", "counted": "1年10月0日", "needed": "2年", "missing": "0年2月0日"},
        {
            "what": "担任技术员职务",
            "counted": "0年6月0日",
            "needed": "2年",
            "at_most": "2年0月0日",
            "missing": "1年6月0日",
        },
    ]
    assert found["routes"]["A-3.2(2)"] == "unknown"
    assert reason(found, "A-3.2(2)")["text"] == (
        "计算至2023年12月31日：大专毕业后从事工程技术工作1年10月0日，须满2年，还差0年2月0日；"
        "担任技术员职务0年6月0日至2年0月0日，须满2年，还差1年6月0日；"
        "尚不能确定，不同读法结论不同：学历学位第1条：入学日期请补充到具体日期；"
        "毕业前（含毕业当日）担任技术员的年限，是否计入，附件没有写明，由市人力社保局解释。"
    )
    assert found["earliest"]["A-3.2(2)"] is None  # 入学 has no day


@pytest.mark.parametrize(
    ("began", "value", "row"),
    [
        ("2022-04-01", "fail", {"counted": "1年9月0日", "missing": "0年3月0日"}),
        ("2021-12-01", "unknown", {"counted": "2年1月0日"}),
    ],
)
def test_a_way_that_hangs_on_an_open_point_counts_the_time_that_is_there(began, value, row):
    """附件三、1（2）: whether two years of any speciality after the degree suffice is not said."""
    facts = ASSISTANT | {
        "level": "engineer",
        "education": [ASSOCIATE | {"level": "master", "mode": "adult"}],
        "work": [JOB | {"from": began, "relation": "other"}],
    }
    found = findings(facts)
    assert found["routes"]["A-3.1(2)"] == value
    what = {"what": "取得学历或学位后从事工程技术工作（不限专业）", "needed": "2年"}
    assert found["tenure"]["A-3.1(2)"][-1] == what | row


def test_the_earliest_day_is_told_where_the_dates_are_complete():
    found = findings(ASSISTANT | {"education": [ASSOCIATE | {"started_on": "2016-09-01"}], "posts": []})
    assert found["earliest"] == {
        "A-3.2(1)": None,
        "A-3.2(2)": "2024-02-29",
        "A-3.2(3)": "2026-02-28",
        "A-3.2(4)": "2029-02-28",
    }
    assert "如持续在岗，2024年2月29日起满足" in reason(found, "A-3.2(2)")["text"]


@pytest.mark.parametrize(("as_of", "day"), [("2004-02-29", "2024-02-29"), ("2004-02-28", None)])
def test_the_earliest_day_is_looked_for_within_twenty_years(as_of, day):
    facts = ASSISTANT | {"education": [ASSOCIATE | {"started_on": "2016-09-01"}], "posts": [], "as_of": as_of}
    assert findings(facts)["earliest"]["A-3.2(2)"] == day


def test_an_interpretation_is_named_by_its_document():
    point = "posts_before_graduation_count"
    assert findings(ASSISTANT)["settings"][point] == {
        "text": "毕业前（含毕业当日）担任技术员的年限，是否计入：没有解释，两种读法都计算",
        "ground": "附件没有写明",
    }
    for holds, value, said in ((True, "pass", "是"), (False, "fail", "否")):
        settled = replace(
            ANNEX_2019, version=2, posts_before_graduation_count=Interpretation(holds, "嘉人社函〔2027〕1号")
        )
        found = findings(ASSISTANT, settled)
        assert found["routes"]["A-3.2(2)"] == value
        assert found["settings"][point]["text"].endswith(f"：{said}")
        assert found["settings"][point]["ground"] == "嘉人社函〔2027〕1号"
        assert (found["rule_set"], found["rule_set_version"]) == ("annex-2019", 2)
        cited = f"（依嘉人社函〔2027〕1号：毕业前（含毕业当日）担任技术员的年限，是否计入——{said}。）"
        assert [row["id"] for row in found["reasons"] if row["text"].endswith(f"。{cited}")] == ["A-3.2(2)", "A-3.2(3)"]
        assert found["interpretations"] == {point: "嘉人社函〔2027〕1号"}


UNSETTLED = "：没有解释，两种读法都计算"
SETTLED_SO = {
    "counting_day": "年限算到计算截止日为止，含当日",
    "whole_years": "重叠的只计一次，断续的日数首尾相接，到周年才算满一年，不以30天进月",
    "day_of_graduation": "取得学历或学位的当日不计入其后的年限",
    "higher_diploma": "更高层次的学历也算具有本层次的学历，从最早取得的一个起算",
    "full_time_study": "全日制在读期间不计入工作年限，未毕业的也不计",
    "full_time_work": "非全职从事的工程技术工作不计入年限",
    "appointment": "职务年限从聘任之日起算",
    "going_on": "仍在岗、在任的算到计算截止日，其中申报日以后的为预计",
    "day_of_application": "从事工程技术工作，看申报日是否在岗",
    "sufficient_grades": "“合格”以上等次包含合格",
    "worked_years": "近3年指计算截止日所在年度之前的三个年度，没有在岗的年度不要求考核",
    "hours_of_the_year": "申报当年指计算截止日所在年度，学时不取整；补充材料截止前未满的待补",
    "matching_courses": "相近专业指所学课程中三门及以上属于现专业资格系列",
    "degree_counts_as_diploma": "只有学位没有学历证书的，是否视同具有学历",
}


@pytest.mark.parametrize(
    ("setting", "clause", "changes"),
    [
        ("counting_day", "A-3.2(2)", {}),
        ("whole_years", "A-3.2(2)", {}),
        ("day_of_graduation", "A-3.2(2)", {}),
        ("appointment", "A-3.2(2)", {}),
        ("higher_diploma", "A-3.2(3)", {}),
        ("day_of_application", "A-3.2(1)", {}),
        ("matching_courses", "A-4.2(1)", {}),
        ("going_on", "A-3.2(2)", {"applied_on": "2023-10-01"}),
        ("full_time_study", "A-3.2(2)", {"education": [ASSOCIATE, ASSOCIATE | {"awarded_on": "2023-01"}]}),
        ("full_time_work", "A-3.2(2)", {"work": [JOB, JOB | {"full_time": False}]}),
        ("degree_counts_as_diploma", "A-3.2(2)", {"education": [ASSOCIATE, ASSOCIATE | {"award": "degree"}]}),
        ("full_time_work", "A-3.2(2)", {"work": [JOB | {"full_time": False, "from": "2020-01-01"}, JOB]}),
        ("day_of_graduation", "A-3.2(4)", {}),
        ("day_of_graduation", "A-3.1(3)", {"level": "engineer", "education": [ASSOCIATE | {"level": "bachelor"}]}),
        ("hours_of_the_year", "A-2", {"level": "engineer"}),
        ("sufficient_grades", "A-1", {}),
        ("worked_years", "A-1", {}),
    ],
)
def test_a_setting_is_named_where_an_answer_rests_on_it(setting, clause, changes):
    found = findings(ASSISTANT | changes)
    assert setting in reason(found, clause)["settings"]
    assert found["settings"][setting]["text"].removesuffix(UNSETTLED) == SETTLED_SO[setting]
    assert found["settings"][setting]["ground"]


@pytest.mark.parametrize(
    ("setting", "clause", "changes"),
    [
        ("going_on", "A-3.2(2)", {}),
        ("going_on", "A-3.2(2)", {"applied_on": "2023-10-01", "work": [JOB | {"to": "2023-12-31"}]}),
        ("full_time_study", "A-3.2(2)", {}),
        ("full_time_work", "A-3.2(2)", {}),
        ("degree_counts_as_diploma", "A-3.2(2)", {}),
        ("higher_diploma", "A-3.2(2)", {}),
        ("posts_before_graduation_count", "A-3.2(2)", {"posts": []}),
        ("matching_courses", "A-3.2(1)", {}),
        ("day_of_graduation", "A-3.1(5)", {"level": "engineer"}),
        ("appointment", "A-3.2(4)", {}),
    ],
)
def test_a_setting_that_settled_nothing_is_not_named(setting, clause, changes):
    assert setting not in reason(findings(ASSISTANT | changes), clause)["settings"]


def test_whatever_does_not_pass_says_what_is_missing():
    for number in range(400):
        found = findings(person(number))
        for row in found["reasons"]:
            open_or_failed = row["value"] in ("fail", "unknown", "pending")
            assert bool(row["missing"]) == open_or_failed, (number, row)
            assert set(row["facts"]) <= set(found["facts"]) and set(row["settings"]) <= set(found["settings"])
            assert row["facts"] or row["value"] != "pass", (number, row)
        for clause, periods in found["tenure"].items():
            if reason(found, clause)["value"] == "fail":
                assert all(row["needed"].removesuffix("年") > row["counted"][0] for row in periods if "missing" in row)


def test_the_hash_is_of_the_input_and_not_of_its_spelling():
    mixed = dict(reversed(ASSISTANT.items()))
    assert findings(mixed)["input_hash"] == findings(ASSISTANT)["input_hash"]
    assert findings(mixed | {"exceptional_file": True})["input_hash"] != findings(ASSISTANT)["input_hash"]
    canonical = json.dumps(ASSISTANT, sort_keys=True, separators=(",", ":")).encode()
    assert findings(ASSISTANT)["input_hash"] == hashlib.sha256(canonical).hexdigest()
    number = decode(b'{"id": "a", "level": "engineer", "as_of": "2023-12-31", "continuing_education": {"2023": 89.50}}')
    assert findings(number)["input_hash"] != findings(number | {"continuing_education": {"2023": "89.5"}})["input_hash"]


@pytest.mark.parametrize("depth", range(300, 1100, 25))
def test_a_key_that_is_ignored_may_be_nested_as_deep_as_it_likes(depth):
    line = b'{"id": "a", "level": "engineer", "as_of": "2023-12-31", "x": ' + b"[" * depth + b"]" * depth + b"}"
    try:
        assert findings(decode(line))["verdict"] == "not_eligible"
    except FactsError as error:
        assert "嵌套过深" in str(error)


def test_the_report_says_by_what_it_was_made():
    found = findings(ASSISTANT)
    assert (found["as_of"], found["rule_set"], found["rule_set_version"]) == ("2023-12-31", "annex-2019", 1)
    assert found["engine"] == ENGINE
    assert found["notice"] == "本结果为程序预检，不是评审结论。"
    assert ANNEX_2019.issued_on.isoformat() == "2019-12-27"
    title = "嘉兴市民营企业工程技术中级及以下职称自主评审办法（试行）附件（2019年12月27日印发）"
    assert ANNEX_2019.title == title


def test_texts_change_only_with_the_number_of_the_engine():
    """Stored reports name the engine that wrote them: whoever changes an answer raises ENGINE, and this digest."""
    examples = (Path(__file__).parent / "examples.jsonl").read_text("utf-8").splitlines()
    text = "\n".join(json.dumps(findings(json.loads(line)["facts"]), ensure_ascii=False) for line in examples)
    assert (ENGINE, hashlib.sha256(text.encode()).hexdigest()[:16]) == (4, "eef65602abd19407")
