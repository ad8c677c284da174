"""The five answers: what is promised of a day and a year holds when the engine is asked again on that day."""

import datetime as dt

import pytest

from applications.rules.eligibility import judge, parse_facts
from applications.rules.self_check import KINDS, TONES, at_the_latest, conclude
from tests.applications.rules.random_people import person

MANY = 400

FACTS = {
    "id": "x",
    "level": "engineer",
    "as_of": "2026-12-31",
    "applied_on": "2026-09-01",
    "education": [
        {
            "level": "bachelor",
            "award": "both",
            "outcome": "graduated",
            "mode": "full_time",
            "started_on": "2017-09",
            "awarded_on": "2021-06-30",
        }
    ],
    "work": [{"from": "2023-03-03", "to": None, "engineering": True, "relation": "same", "full_time": True}],
    "assessments": {"2023": "qualified", "2024": "qualified", "2025": "qualified"},
    "continuing_education": {"2026": "90"},
}


def on(facts, day):
    """The same person on a later counting day, with the hours and assessments that years bring."""
    year = dt.date.fromisoformat(day).year
    grades = {str(one): "qualified" for one in range(int(facts["as_of"][:4]), year)}
    return {
        **facts,
        "as_of": day,
        "continuing_education": {str(year): "90"},
        "assessments": {**facts["assessments"], **grades},
        "evidence_closed": False,
    }


def test_every_kind_has_its_words_and_its_colour():
    assert [(kind, KINDS[kind], TONES[kind]) for kind in KINDS] == [
        ("may_apply", "可申报", "green"),
        ("may_be_granted", "可初定", "green"),
        ("soon", "还差一点", "amber"),
        ("exception", "可申请破格", "purple"),
        ("by_a_person", "需人工判断", "blue"),
    ]


@pytest.mark.parametrize("level", ["engineer", "assistant_engineer"])
def test_the_answer_never_says_more_than_the_engine(level):
    kinds = {says_no_more(facts) for facts in map(person, range(MANY)) if facts["level"] == level}
    assert kinds == set(KINDS) - ({"exception"} if level == "assistant_engineer" else set())


def says_no_more(facts):
    found = conclude(facts)
    assert bool(found.grounds) and bool(found.lacks) == (found.kind == "soon")
    verdict = judge(parse_facts(facts)).verdict
    assert (found.kind == "may_apply") == (verdict == "eligible")
    if found.kind == "exception":
        assert verdict in ("refer", "not_eligible") and facts["level"] == "engineer"
    if found.kind == "by_a_person":
        assert verdict == "needs_evidence"
    if found.kind == "may_be_granted":
        kinder = judge(parse_facts({**facts, "initial_check": "qualified"}))
        assert "pass" in kinder.initial.values()
    if found.ready is not None:
        on_that_day_and_not_before(facts, found)
    return found.kind


def on_that_day_and_not_before(facts, found):
    clause, day, before = found.shown.id, found.ready, found.ready - dt.timedelta(days=1)
    assert judge(parse_facts({**facts, "as_of": day.isoformat()})).routes[clause] == "pass"
    if before.isoformat() >= (facts.get("applied_on") or facts["as_of"]) and not found.rounded:
        assert judge(parse_facts({**facts, "as_of": before.isoformat()})).routes[clause] != "pass"


def test_dates_read_at_the_latest_are_the_harshest_reading():
    """Every clause that passes whatever the dates mean passes then, and no other."""
    vague = [facts for facts in map(person, range(MANY)) if parse_facts(facts).imprecise()]
    assert len(vague) > MANY // 6
    for facts in vague:
        fixed = parse_facts(at_the_latest(facts))
        assert not fixed.imprecise()
        assert judge(parse_facts(facts)).passed_routes == judge(fixed).passed_routes, facts


@pytest.mark.parametrize(("began", "ended", "days"), [("2020-06-30", "2020-06-30", 1), ("2020-06", "2020-06", 0)])
def test_a_record_of_one_day_stays_and_one_that_may_have_none_goes(began, ended, days):
    row = {"engineering": True, "relation": "same", "full_time": True}
    study = FACTS["education"][0] | {"started_on": began, "awarded_on": "2020-06-30"}
    fixed = at_the_latest(FACTS | {"education": [study], "work": [row | {"from": began, "to": ended}]})
    assert fixed["work"] == [row | {"from": "2020-06-30", "to": "2020-06-30"}] * days
    assert fixed["education"][0]["started_on"] == {1: "2020-06-30", 0: "2020-06-01"}[days]


def test_the_promised_year_is_the_first_without_anything_in_the_way():
    for changes in (
        {},
        {"assessments": {**FACTS["assessments"], "2024": "unqualified"}},
        {"continuing_education": {"2026": "10"}, "evidence_closed": True},
        {"assessments": {**FACTS["assessments"], "2025": "basically_qualified"}, "work": []},
    ):
        facts = {**FACTS, **changes}
        found = conclude(facts)
        if found.year is None:
            assert not facts["work"]
            continue
        verdicts = {
            year: judge(parse_facts(on(facts, f"{year}-12-31"))).verdict for year in range(2027, found.year + 1)
        }
        assert verdicts.pop(found.year) == "eligible", changes
        assert "eligible" not in verdicts.values(), changes


def test_what_is_missing_is_named_with_its_clause():
    found = conclude({**FACTS, "continuing_education": {"2026": "89.5"}})
    assert [(one.clause, one.text) for one in found.lacks] == [
        ("附件二", "2026年继续教育89.5学时，还差0.5学时；请在截止前补足。"),
        ("附件三、1（3）", "大学本科毕业后从事工程技术工作还差0年2月2日。"),
    ]
    assert found.ready == dt.date(2027, 3, 2)


JOB, STUDY = FACTS["work"][0], FACTS["education"][0]
LONG_ENOUGH = {"work": [JOB | {"from": "2022-12-01"}]}
POST = {"title": "technician", "appointed_from": "2025-09-01", "appointed_to": None}
ASSOCIATE = {
    "level": "assistant_engineer",
    "education": [STUDY | {"level": "associate", "awarded_on": "2025-06-30"}],
    "work": [JOB | {"from": "2025-07-01"}],
    "posts": [POST],
}
SHORT = ("附件三、1（3）", "大学本科毕业后从事工程技术工作还差0年2月2日。")
FULL = ("附件三、1（3）", "计算至2026年12月31日：大学本科毕业后从事工程技术工作4年1月0日，已满4年。")
NEITHER = ("附件三、2（2）", "大专毕业后从事工程技术工作还差2年0月0日；或者担任技术员职务还差2年0月0日。")


@pytest.mark.parametrize(
    ("changes", "kind", "grounds"),
    [
        (LONG_ENOUGH, "may_apply", [FULL]),
        (
            LONG_ENOUGH | {"assessments": {"2024": "qualified", "2025": "qualified"}},
            "by_a_person",
            [
                FULL,
                ("附件一", "近3年中有3年在岗：2023年缺考核结果、2024年合格、2025年合格。请补充缺少的年度考核结果。"),
            ],
        ),
        ({}, "soon", [SHORT]),
        (
            {"assessments": FACTS["assessments"] | {"2024": "unqualified"}},
            "soon",
            [
                (
                    "附件一",
                    "近3年中有3年在岗：2023年合格、2024年不合格、2025年合格。"
                    "以后各年考核合格的，最早2028年度可以申报。",
                ),
                SHORT,
            ],
        ),
        (
            ASSOCIATE,
            "soon",
            [("附件三、2（2）", "大专毕业后从事工程技术工作还差0年6月0日；或者担任技术员职务还差0年8月0日。")],
        ),
        (
            ASSOCIATE | {"work": [], "posts": []},
            "soon",
            [NEITHER, ("附件三", "现在没有在从事全职工程技术工作；重新从事后，以前计入的日子接着累计。")],
        ),
        (
            ASSOCIATE | {"work": [JOB | {"from": "2025-07-01", "full_time": False}], "posts": []},
            "soon",
            [NEITHER, ("附件三", "现在没有在从事全职工程技术工作；重新从事后，以前计入的日子接着累计。")],
        ),
        (
            ASSOCIATE | {"education": [STUDY | {"level": "secondary", "awarded_on": "2024-06-30"}]},
            "soon",
            [("附件三、2（3）", "中专（中职）毕业后从事工程技术工作还差2年6月0日；或者担任技术员职务还差2年8月0日。")],
        ),
        (
            {"education": [], "assessments": FACTS["assessments"] | {"2024": "unqualified"}},
            "soon",
            [
                (
                    "附件一",
                    "近3年中有3年在岗：2023年合格、2024年不合格、2025年合格。"
                    "以后各年考核合格的，最早2028年度可以申报。",
                ),
                ("附件三、1（5）", "须有大专及以上学历（毕业）；担任助理工程师职务还差4年0月0日。"),
            ],
        ),
        (ASSOCIATE | {"education": []}, "soon", [("附件三、2（4）", "须有高中及以上学历（毕业）。")]),
        (
            ASSOCIATE | {"work": [JOB | {"from": "2025-07-01", "to": "2026-01-01"}]},
            "soon",
            [("附件三、2（2）", "大专毕业后从事工程技术工作还差1年5月29日；或者担任技术员职务还差0年8月0日。")],
        ),
        (
            {
                "education": [STUDY | {"level": "master", "mode": "adult", "awarded_on": "2025-06-30"}],
                "work": [JOB | {"from": "2025-10-01"}],
            },
            "soon",
            [
                (
                    "附件三、1（2）",
                    "本专业或相近专业工作年限（取得学历或学位前后相加）还差0年9月0日；"
                    "取得学历或学位后从事工程技术工作（不限专业）还差0年9月0日。",
                )
            ],
        ),
        (
            {"exceptional_file": True},
            "exception",
            [("附件三、1（6）", "已提交完整的破格材料，转人工评议，程序不作判断。")],
        ),
    ],
)
def test_the_grounds_of_an_answer_are_its_clause_and_its_sum(changes, kind, grounds):
    found = conclude(FACTS | changes)
    assert (found.kind, [(one.clause, one.text) for one in found.grounds]) == (kind, grounds)


@pytest.mark.parametrize(
    ("changes", "hours_may_come", "next_year", "rounded"),
    [
        (LONG_ENOUGH, False, False, False),
        (LONG_ENOUGH | {"continuing_education": {"2026": "80"}}, True, False, False),
        (LONG_ENOUGH | {"continuing_education": {}}, True, False, False),
        ({}, False, True, True),
        ({"education": [STUDY | {"started_on": "2017-09-01"}]}, False, True, False),
        ({"continuing_education": {"2026": "10"}, "evidence_closed": True}, False, True, True),
    ],
)
def test_what_the_coming_time_can_bring(changes, hours_may_come, next_year, rounded):
    found = conclude(FACTS | changes)
    assert (found.hours_may_come, found.next_year, found.rounded) == (hours_may_come, next_year, rounded)


@pytest.mark.parametrize(
    ("changes", "year"),
    [
        ({"continuing_education": {"2026": "10"}, "evidence_closed": True}, 2027),
        ({"continuing_education": {"2026": "10"}}, 2026),
        ({"assessments": {"2024": "unqualified"}}, 2028),
        ({"assessments": FACTS["assessments"] | {"2023": "unqualified"}}, 2027),
    ],
)
def test_the_first_year_to_apply_in_is_told(changes, year):
    assert conclude(FACTS | LONG_ENOUGH | changes).year == year


def test_who_stands_behind_a_record_is_told_beside_it():
    found = conclude(FACTS | {"verified": {"assessments[2025]": "经办已核", "assessments[2019]": "无关"}})
    told = {row["text"]: row.get("verified") for row in found.evidence}
    assert told == {
        "2023年3月3日至今，工程技术工作，本专业，全职": None,
        "2023年度考核合格": None,
        "2024年度考核合格": None,
        "2025年度考核合格": "经办已核",
        "2026年继续教育90学时": None,
        "大学本科，学历和学位，毕业，全日制，2017年9月入学，2021年6月30日取得": None,
    }


GRANTS = ["A-4.2(1)", "A-4.2(2)", "A-4.2(3)"]


@pytest.mark.parametrize(("check", "clauses"), [(None, GRANTS), ("qualified", GRANTS), ("unqualified", [])])
def test_a_grant_needs_the_assessment_that_only_the_company_can_make(check, clauses):
    facts = FACTS | {"level": "assistant_engineer", "work": [JOB | {"from": "2021-07-01"}], "initial_check": check}
    assert [row.id for row in conclude(facts).grants] == clauses


def test_a_month_without_its_day_is_read_as_late_as_it_can_be():
    facts = {**FACTS, "work": [{**FACTS["work"][0], "from": "2023-03"}]}
    found = conclude(facts)
    assert (found.kind, found.rounded, found.ready) == ("soon", True, dt.date(2027, 3, 30))


def test_who_works_no_longer_learns_that_his_days_are_kept():
    found = conclude({**FACTS, "work": [{**FACTS["work"][0], "to": "2025-12-31"}]})
    assert found.kind == "exception"  # an engineer can still go by 破格
    found = conclude({**FACTS, "level": "assistant_engineer", "work": []})
    assert (found.kind, found.ready, found.year) == ("soon", None, None)
    assert "现在没有在从事全职工程技术工作" in found.lacks[-1].text


def test_an_engineer_too_early_hears_of_the_level_below():
    assert conclude(FACTS).lower_level
    assert not conclude(FACTS | LONG_ENOUGH).lower_level
    assert not conclude({**FACTS, "continuing_education": {"2026": "90"}, "level": "assistant_engineer"}).lower_level
