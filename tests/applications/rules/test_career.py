"""履历图: what is drawn adds up to what the engine counts; overlaps and gaps are found; nothing leaves the frame."""

import datetime as dt
import itertools

import pytest

from applications.rules.career import BAR, STEP, career, counted_days
from applications.rules.eligibility import explain, judge, parse_facts
from tests.applications.rules.random_people import person

STUDY = {
    "level": "bachelor",
    "award": "both",
    "outcome": "graduated",
    "mode": "full_time",
    "started_on": "2017-09-01",
    "awarded_on": "2021-06-30",
}
JOB = {"engineering": True, "relation": "same", "full_time": True}
TODAY = dt.date(2026, 9, 1).toordinal()


def facts(**changes):
    return parse_facts({"id": "x", "level": "engineer", "as_of": "2026-12-31", "education": [STUDY], **changes})


def drawn(picture, lane, kind):
    return [bar for one in picture.lanes if one.name == lane for bar in one.bars if bar.kind == kind]


def share(percent: str) -> int:
    whole, _, rest = percent.removesuffix("%").partition(".")
    return int(whole) * 100 + int(rest)


def test_overlaps_and_gaps_are_named_with_their_days():
    work = [
        {"from": "2021-07-01", "to": "2023-05-31", **JOB},
        {"from": "2023-04-01", "to": "2024-01-31", **JOB},
        {"from": "2024-06-01", "to": None, **JOB},
    ]
    picture = career(facts(work=work), today=TODAY, names={"work": ["甲厂", "", "乙厂"]})
    told = [(row.what, row.span, row.days, row.counted) for row in picture.rows if row.kind]
    assert told == [
        ("工作重叠", "2023年4月1日至2023年5月31日", "61", "只计一次"),
        ("空档", "2024年2月1日至2024年5月31日", "121", "不计"),
    ]
    assert "甲厂" in picture.rows[1].what and "（" not in picture.rows[2].what
    first, second, third = drawn(picture, "工作", "work")
    assert first.y < second.y and first.y == third.y  # what overlaps is drawn one below the other
    assert [len(drawn(picture, "工作", kind)) for kind in ("overlap", "gap")] == [1, 1]
    # 2021-07-01 to 2024-01-31 without the overlap twice, and 2024-06-01 to 2026-12-31
    assert (picture.total, picture.total_days, picture.expected) == ("5年2月1日", 945 + 944, 121)
    assert "重叠1处，空档1处" in picture.told


def test_full_time_study_takes_days_and_is_no_gap():
    work = [{"from": "2019-01-01", "to": "2019-12-31", **JOB}, {"from": "2021-07-01", "to": None, **JOB}]
    picture = career(facts(work=work), today=TODAY)
    assert [(row.what, row.days) for row in picture.rows if row.kind] == [("全日制学习期间的工作", "365")]
    assert picture.gaps == 0 and picture.total_days == 2010  # 2021-07-01 to 2026-12-31


def test_dates_without_their_day_are_drawn_pale():
    picture = career(facts(education=[], work=[{"from": "2023-01", "to": None, **JOB}]), today=TODAY)
    assert len(drawn(picture, "工作", "possible")) == 1 and picture.at_most == "4年0月0日"
    assert picture.rows[0].span == "2023年1月至今"


def test_other_work_and_other_study_are_drawn_but_not_counted():
    work = [{"from": "2021-07-01", "to": None, **JOB, "engineering": False}]
    picture = career(facts(work=work, education=[{**STUDY, "mode": "adult"}]), today=TODAY)
    assert picture.total == "0年0月0日" and not drawn(picture, "工作", "work")
    assert "不是工程技术工作" in picture.rows[1].counted and len(drawn(picture, "学习", "study-beside")) == 1


def test_the_total_is_the_length_that_the_clause_prints():
    """The sum under the picture is the engine's own, not another count."""
    work = [{"from": "2020-01-01", "to": "2023-05-31", **JOB}, {"from": "2023-03-01", "to": None, **JOB}]
    secondary = {**STUDY, "level": "secondary", "started_on": "2016-09-01", "awarded_on": "2019-06-30"}
    one = facts(work=work, level="assistant_engineer", education=[secondary])
    row = next(row for row in explain(judge(one)) if row.id == "A-3.2(3)")
    assert career(one, today=TODAY).total == str(row.figures[0].counted)


FULL = {
    "education": [
        {**STUDY, "level": "associate", "started_on": "2016-09-01", "awarded_on": "2019-06-30"},
        {**STUDY, "mode": "adult", "started_on": None, "awarded_on": "2023-01-10", "outcome": "completed"},
        {**STUDY, "started_on": "2020-03-01", "awarded_on": "2020-03-31", "outcome": "withdrawn"},
    ],
    "work": [
        {"from": "2020-01-01", "to": "2021-12-31", **JOB},
        {"from": "2021-11-01", "to": "2023-05", **JOB},
        {"from": "2023-09-01", "to": "2024-02-29", **JOB, "full_time": False},
        {"from": "2024-07-01", "to": None, **JOB, "relation": "related"},
    ],
    "posts": [
        {"title": "technician", "appointed_from": "2022-01-01", "appointed_to": "2023-12-31"},
        {"title": "assistant_engineer", "appointed_from": "2024", "appointed_to": None},
    ],
}
# kind, x, y, width, number; what a bar is told as stands in the table below.
BARS = {
    ("学习", 34): [
        ("study", "6.07%", 40, "25.71%", "学1"),
        ("study-beside", "63.86%", 40, "0.30%", ""),
        ("study", "37.85%", 62, "0.77%", ""),
    ],
    ("工作", 98): [
        ("work", "36.36%", 104, "18.19%", "工1"),
        ("possible", "66.65%", 126, "0.74%", ""),
        ("work", "53.03%", 126, "13.62%", "工2"),
        ("other", "69.68%", 104, "4.53%", "工3"),
        ("work", "77.25%", 104, "22.75%", "工4"),
        ("overlap", "53.03%", 148, "1.52%", ""),
        ("overlap", "37.85%", 148, "0.77%", ""),
        ("gap", "67.39%", 148, "2.29%", ""),
        ("gap", "74.21%", 148, "3.04%", ""),
    ],
    ("职务", 184): [
        ("post", "54.55%", 190, "18.17%", "职1"),
        ("possible", "72.72%", 190, "9.08%", ""),
        ("post", "81.80%", 190, "18.20%", "职2"),
    ],
    ("计入的工程技术工作", 226): [
        ("possible", "66.65%", 232, "0.74%", ""),
        ("counted", "36.36%", 232, "1.49%", ""),
        ("counted", "38.62%", 232, "28.03%", ""),
        ("counted", "77.25%", 232, "19.73%", ""),
        ("expected", "96.98%", 232, "3.02%", ""),
    ],
}
ROWS = [
    ("学1　大专，全日制，毕业", "2016年9月1日至2019年6月30日", "1033", "其间的工作不计年限；毕业当日不计，次日起算"),
    ("学2　大学本科，成人教育，结业", "2023年1月10日取得", "", "不影响工作年限"),
    ("学3　大学本科，全日制，肄业", "2020年3月1日至2020年3月31日", "31", "其间的工作不计年限"),
    ("工1　本专业", "2020年1月1日至2021年12月31日", "731", "计入"),
    ("工2　本专业", "2021年11月1日至2023年5月", "547", "计入"),
    ("工3　本专业", "2023年9月1日至2024年2月29日", "182", "不计：不是全职"),
    ("工4　相近专业", "2024年7月1日至今", "914", "计入"),
    ("职1　技术员（甲厂）", "2022年1月1日至2023年12月31日", "730", "担任职务2年0月0日，从聘任起算"),
    ("职2　助理工程师", "2024年至今", "731", "担任职务2年0月1日，从聘任起算"),
    ("工作重叠", "2021年11月1日至2021年12月31日", "61", "只计一次"),
    ("全日制学习期间的工作", "2020年3月1日至2020年3月31日", "31", "不计"),
    ("空档", "2023年6月1日至2023年8月31日", "92", "不计"),
    ("空档", "2024年3月1日至2024年6月30日", "122", "不计"),
]
FOUND = {"工作重叠": "overlap", "全日制学习期间的工作": "overlap", "空档": "gap"}


def test_a_whole_life_is_drawn_and_told():
    picture = career(facts(**FULL), today=TODAY, names={"posts": ["甲厂"]})
    assert {
        (lane.name, lane.y): [(bar.kind, bar.x, bar.y, bar.width, bar.number) for bar in lane.bars]
        for lane in picture.lanes
    } == BARS
    assert [(row.what, row.span, row.days, row.counted) for row in picture.rows] == ROWS
    assert [row.kind for row in picture.rows] == [FOUND.get(what, "") for what, *_ in ROWS]
    assert [(tick.x, tick.label, tick.anchor) for tick in picture.ticks] == [
        ("0.00%", "2016", "start"),
        ("18.19%", "2018", "start"),
        ("36.36%", "2020", "start"),
        ("54.55%", "2022", "start"),
        ("72.72%", "2024", "start"),
        ("90.91%", "2026", "end"),
    ]
    assert (picture.height, picture.today, picture.as_of, picture.as_of_day) == (
        256,
        "96.96%",
        "100.00%",
        "2026年12月31日",
    )
    assert (picture.total, picture.total_days, picture.at_most, picture.expected) == (
        "5年9月0日",
        2100,
        "5年9月30日",
        121,
    )
    assert picture.told == (
        "学习3段、工作4段、职务2段；重叠2处，空档2处。计算至2026年12月31日，从事工程技术工作合计5年9月0日（2100天）。"
    )


def test_each_bar_is_told_as_its_row_is():
    picture = career(facts(**FULL), today=TODAY, names={"posts": ["甲厂"]})
    records = {"，".join(row[:2] + row[3:]) for row in ROWS[:9]} | {f"{what}：{span}" for what, span, *_ in ROWS[9:]}
    assert {bar.told for lane in picture.lanes[:-1] for bar in lane.bars} == records
    assert [bar.told for bar in picture.lanes[-1].bars] == [
        "日期只到年或月，可能计入",
        "计入：2020年1月1日至2020年2月29日",
        "计入：2020年4月1日至2023年5月1日",
        "计入：2024年7月1日至2026年9月1日",
        "预计：2026年9月2日至2026年12月31日",
    ]
    assert {bar.middle - bar.y for lane in picture.lanes for bar in lane.bars} == {13}


def test_names_stand_beside_what_the_facts_say():
    work = [{"from": "2022-01-01", "to": None, **JOB, "engineering": False}]
    posts = [{"title": "technician", "appointed_from": "2022-01-01", "appointed_to": None}]
    names = {"education": ["某校"], "work": ["甲厂"], "posts": ["乙厂"]}
    picture = career(facts(work=work, posts=posts, education=[STUDY, STUDY]), today=TODAY, names=names)
    assert [(row.what, row.counted) for row in picture.rows][:4] == [
        ("学1　大学本科，全日制，毕业（某校）", "其间的工作不计年限；毕业当日不计，次日起算"),
        ("学2　大学本科，全日制，毕业", "其间的工作不计年限；毕业当日不计，次日起算"),
        ("工1　非工程技术（甲厂）", "不计：不是工程技术工作"),
        ("职1　技术员（乙厂）", "担任职务5年0月0日，从聘任起算"),
    ]


def test_study_without_its_beginning_takes_no_day():
    work = [{"from": "2021-01-01", "to": None, **JOB}]
    picture = career(facts(education=[{**STUDY, "started_on": None}], work=work), today=TODAY)
    assert (picture.rows[0].counted, picture.overlaps) == ("不影响工作年限；毕业当日不计，次日起算", 0)


def test_study_begins_with_the_first_day_of_its_month():
    work = [{"from": "2017-09-05", "to": "2017-09-20", **JOB}]
    picture = career(facts(education=[{**STUDY, "started_on": "2017-09"}], work=work), today=TODAY)
    assert [(row.what, row.days) for row in picture.rows if row.kind == "overlap"] == [("全日制学习期间的工作", "16")]


def test_study_alone_is_drawn_without_gaps():
    picture = career(facts(), today=TODAY)
    assert ([lane.name for lane in picture.lanes], picture.gaps) == (["学习", "计入的工程技术工作"], 0)


def test_the_counting_day_has_its_own_line_and_a_shared_day_its_own_row():
    work = [{"from": "2025-01-01", "to": "2025-05-31", **JOB}, {"from": "2025-05-31", "to": None, **JOB}]
    picture = career(facts(education=[], work=work, as_of="2025-12-30"), today=dt.date(2026, 3, 1).toordinal())
    assert (picture.as_of, picture.today) == ("49.86%", "58.08%")  # 364 and 424 of 730 days
    first, second = drawn(picture, "工作", "work")
    assert second.y == first.y + STEP


@pytest.mark.parametrize(("years", "labels"), [(6, "2021 2022 2023 2024 2025 2026"), (7, "2020 2022 2024 2026")])
def test_at_most_six_years_are_named(years, labels):
    work = [{"from": f"{2027 - years}-01-01", "to": None, **JOB}]
    picture = career(facts(education=[], work=work), today=TODAY)
    assert [tick.label for tick in picture.ticks] == labels.split()


def test_nothing_to_draw_is_no_picture():
    assert career(facts(education=[]), today=TODAY) is None


def test_the_picture_stays_in_its_frame_and_counts_as_the_engine_does():
    for number in range(200):
        found = parse_facts(person(number))
        stays_and_counts(found, found.as_of - 700 + 10 * number)


def stays_and_counts(found, today):
    picture = career(found, today=today)
    if picture is None:
        return
    certain, at_most = counted_days(found)
    drawn_bars = {kind: drawn(picture, "计入的工程技术工作", kind) for kind in ("counted", "expected", "possible")}
    assert bool(drawn_bars["counted"] or drawn_bars["expected"]) == bool(certain)
    assert bool(drawn_bars["possible"]) == (at_most != certain)
    assert picture.total_days == sum(last - first + 1 for first, last in certain)
    for lane in picture.lanes:
        for bar in lane.bars:
            assert share(bar.x) + share(bar.width) <= 10_030 and bar.y + BAR <= picture.height
    assert len(picture.ticks) <= 7 and 0 <= share(picture.as_of) <= 10_000
    # Two records of one lane never share a place.
    for lane in picture.lanes[:-1]:
        bars = sorted((bar.y, share(bar.x), share(bar.x) + share(bar.width)) for bar in lane.bars if bar.number)
        for (y, _, end), (other_y, begin, _) in itertools.pairwise(bars):
            assert y != other_y or end <= begin + 1
