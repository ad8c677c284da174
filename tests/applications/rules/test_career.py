"""履历图: what is drawn adds up to what the engine counts; overlaps and gaps are found; nothing leaves the frame."""

import datetime as dt
import itertools

from applications.rules.career import BAR, career, counted_days
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
