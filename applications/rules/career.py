"""履历图: study, work and posts as a picture, with overlaps, gaps and the days that count (F-21).

Pure geometry: across in percent of the width, so that one picture fits a phone and a desk; down in pixels. What is
drawn as counted is what the engine counts, and the table of `rows` says the same as the picture in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from applications.rules.eligibility import ANNEX_2019, Education, Facts, Post, RuleSet, Work
from applications.rules.eligibility.facts import When
from applications.rules.eligibility.readings import ENGINEERING, readings
from applications.rules.eligibility.tenure import (
    Days,
    civil,
    day_count,
    measured,
    ordinal,
    plus_months,
    subtract,
    union,
    until,
    year_bounds,
)
from applications.rules.eligibility.vocabulary import EDUCATION_LEVELS, MODES, OUTCOMES, POST_TITLES, RELATIONS

Names = Mapping[str, Sequence[str]]
BAR, STEP, HEAD, TOP = 18, 22, 20, 20  # heights in px: a bar, bar to bar, the name of a lane, the years above
MOST_TICKS = 6
_WHOLE = 10_000
_READABLE = 400  # a bar of 4 % holds its number


@dataclass(frozen=True, slots=True)
class Bar:
    """`kind` is its class in the stylesheet; `x` and `width` in percent, `y` in px; `number` as in the table."""

    kind: str
    x: str
    y: int
    width: str
    told: str
    number: str = ""

    @property
    def middle(self) -> int:
        """Where the number stands."""
        return self.y + BAR - 5


@dataclass(frozen=True, slots=True)
class Lane:
    """`records`: how many are drawn, whether or not their bars are wide enough for a number."""

    name: str
    y: int
    bars: tuple[Bar, ...]
    records: int = 0


@dataclass(frozen=True, slots=True)
class Tick:
    x: str
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: what it is, from when to when, how many days, and how they are counted."""

    what: str
    span: str
    days: str
    counted: str
    kind: str = ""


@dataclass(slots=True)
class Career:
    """The picture and its table. `total` is E up to the counting day, `expected` how many of its days lie ahead."""

    height: int
    lanes: list[Lane]
    ticks: list[Tick]
    rows: list[Row]
    today: str
    as_of: str
    as_of_day: str
    total: str
    total_days: int
    expected: int
    at_most: str = ""
    overlaps: int = 0
    gaps: int = 0
    bar_height: int = field(default=BAR)

    @property
    def told(self) -> str:
        """The picture in one sentence, for those who hear it."""
        parts = [f"{lane.name}{lane.records}段" for lane in self.lanes if lane.records]
        return (
            f"{'、'.join(parts)}；重叠{self.overlaps}处，空档{self.gaps}处。"
            f"计算至{self.as_of_day}，从事工程技术工作合计{self.total}（{self.total_days}天）。"
        )


@dataclass(frozen=True, slots=True)
class _Span:
    """A record as drawn: certain days, and how far it may reach under the widest reading of its dates."""

    row: Row
    kind: str
    certain: Days
    possible: Days
    number: str


class _Scale:
    """Days to percent; the axis runs over whole years."""

    def __init__(self, first: int, last: int) -> None:
        self.years = range(civil(first)[0], civil(last)[0] + 1)
        self.first = year_bounds(self.years[0])[0]
        self.length = year_bounds(self.years[-1])[1] - self.first + 1

    def at(self, day: int) -> int:
        return min(max((day - self.first) * _WHOLE // self.length, 0), _WHOLE)

    def bar(self, kind: str, interval: tuple[int, int], y: int, told: str, number: str = "") -> Bar:
        begin, end = self.at(interval[0]), self.at(interval[1] + 1)
        width = max(end - begin, 30)  # a day is still seen
        return Bar(kind, _percent(begin), y, _percent(width), told, number if width >= _READABLE else "")

    def ticks(self) -> list[Tick]:
        step = -(-len(self.years) // MOST_TICKS)
        found = [(self.at(year_bounds(year)[0]), year) for year in self.years[::step]]
        return [Tick(_percent(x), str(year), "end" if x > 9_000 else "start") for x, year in found]


def career(facts: Facts, *, today: int, rules: RuleSet = ANNEX_2019, names: Names | None = None) -> Career | None:
    """The picture of these facts; None while there is nothing to draw.

    `names` gives study, work and posts the words that the facts do not hold: `{"work": ["示例精密 工艺员", …]}`,
    one for each record in its order.
    """
    named = names or {}
    study = [_study(one, place, _name(named, "education", place)) for place, one in enumerate(facts.education)]
    work = [_work(one, facts, place, _name(named, "work", place)) for place, one in enumerate(facts.work)]
    posts = [_post(one, facts, place, _name(named, "posts", place)) for place, one in enumerate(facts.posts)]
    drawn = [day for span in (*study, *work, *posts) for interval in span.possible for day in interval]
    if not drawn:
        return None
    scale = _Scale(min(drawn), max(*drawn, facts.as_of, today))
    counted, most = counted_days(facts, rules)
    overlaps = [*_twice(work), *_in_study(work, facts)]
    gaps = _gaps(work, facts, min(today, facts.as_of))
    lanes, y = [], TOP
    for name, spans in (("学习", study), ("工作", work), ("职务", posts)):
        if spans:
            extra = [("overlap", overlaps), ("gap", gaps)] if name == "工作" else []
            lane, y = _lane(scale, name, spans, y, extra)
            lanes.append(lane)
    bars = [
        *(scale.bar("possible", one, y + HEAD, "日期只到年或月，可能计入") for one in subtract(most, counted)),
        *(scale.bar("counted", one, y + HEAD, f"计入：{_between(one)}") for one in until(counted, today)),
        *(scale.bar("expected", one, y + HEAD, f"预计：{_between(one)}") for one in _from(counted, today + 1)),
    ]
    lanes.append(Lane("计入的工程技术工作", y + HEAD - 6, tuple(bars)))
    total, at_most = measured(counted), measured(most)
    return Career(
        height=y + HEAD + BAR + 6,
        lanes=lanes,
        ticks=scale.ticks(),
        rows=[*(span.row for span in (*study, *work, *posts)), *_rows(overlaps, gaps)],
        today=_percent(scale.at(today)),
        as_of=_percent(scale.at(facts.as_of + 1)),
        as_of_day=_day(facts.as_of),
        total=str(total),
        total_days=day_count(counted),
        expected=day_count(_from(counted, today + 1)),
        at_most=str(at_most) if at_most != total else "",
        overlaps=len(overlaps),
        gaps=len(gaps),
    )


def counted_days(facts: Facts, rules: RuleSet = ANNEX_2019) -> tuple[Days, Days]:
    """The days of 从事工程技术工作 that the engine counts up to the counting day: for certain, and at most."""
    harsh, kind = readings(facts, rules)
    return until(harsh.days(ENGINEERING), facts.as_of), until(kind.days(ENGINEERING), facts.as_of)


# ---- records ------------------------------------------------------------------------------------------------


def _name(names: Names, table: str, place: int) -> str:
    given = names.get(table, ())
    return f"（{given[place]}）" if place < len(given) and given[place] else ""


def _study(one: Education, place: int, name: str) -> _Span:
    number = f"学{place + 1}"
    what = f"{EDUCATION_LEVELS[one.level]}，{MODES[one.mode]}，{OUTCOMES[one.outcome]}{name}"
    full_time = one.mode == "full_time"
    begun = one.started_on or one.awarded_on
    certain, possible = _days(begun, one.awarded_on)
    rule = "其间的工作不计年限" if full_time and one.started_on else "不影响工作年限"
    if one.outcome == "graduated":
        rule += "；毕业当日不计，次日起算"
    days = str(day_count(certain)) if one.started_on else ""
    span = _written(one.started_on, one.awarded_on) if one.started_on else f"{_text(one.awarded_on)}取得"
    row = Row(f"{number}　{what}", span, days, rule)
    return _Span(row, "study" if full_time else "study-beside", certain, possible, number)


def _work(one: Work, facts: Facts, place: int, name: str) -> _Span:
    number = f"工{place + 1}"
    counts = one.engineering and one.full_time
    what = RELATIONS[one.relation] if one.engineering else "非工程技术"
    rule = "计入" if counts else "不计：不是工程技术工作" if not one.engineering else "不计：不是全职"
    certain, possible = _days(one.began, one.ended, facts.as_of)
    row = Row(f"{number}　{what}{name}", _written(one.began, one.ended), str(day_count(certain)), rule)
    return _Span(row, "work" if counts else "other", certain, possible, number)


def _post(one: Post, facts: Facts, place: int, name: str) -> _Span:
    number = f"职{place + 1}"
    certain, possible = _days(one.began, one.ended, facts.as_of)
    row = Row(
        f"{number}　{POST_TITLES[one.title]}{name}",
        _written(one.began, one.ended),
        str(day_count(certain)),
        f"担任职务{measured(certain)}，从聘任起算",
    )
    return _Span(row, "post", certain, possible, number)


def _days(began: When, ended: When | None, open_end: int = 0) -> tuple[Days, Days]:
    """The days that a record has for certain, and those that it may have; an open end goes to the counting day."""
    first, last = (open_end, open_end) if ended is None else ended
    return union([(began[1], first)]), union([(began[0], last)])


# ---- overlaps and gaps --------------------------------------------------------------------------------------

_Found = tuple[str, tuple[int, int], str]


def _twice(work: Iterable[_Span]) -> list[_Found]:
    """Days on which two jobs run side by side."""
    spans = list(work)
    both = [
        (max(one[0], other[0]), min(one[1], other[1]))
        for place, span in enumerate(spans)
        for one in span.certain
        for later in spans[place + 1 :]
        for other in later.certain
    ]
    return [("工作重叠", interval, "只计一次") for interval in union(both)]


def _in_study(work: Iterable[_Span], facts: Facts) -> list[_Found]:
    """Days of work that lie inside full-time study, and do not count."""
    study = _full_time_study(facts)
    jobs = union([interval for span in work for interval in span.certain])
    inside = subtract(jobs, subtract(jobs, study))
    return [("全日制学习期间的工作", interval, "不计") for interval in inside]


def _full_time_study(facts: Facts) -> Days:
    return union(
        [
            (one.started_on[0], one.awarded_on[1])
            for one in facts.education
            if one.mode == "full_time" and one.started_on
        ]
    )


def _gaps(work: Sequence[_Span], facts: Facts, until_day: int) -> list[_Found]:
    """Days since the first job on which there is neither a job nor full-time study, whatever the dates mean."""
    jobs = union([interval for span in work for interval in span.possible])
    if not jobs or jobs[0][0] > until_day:
        return []
    free = subtract([(jobs[0][0], until_day)], union([*jobs, *_full_time_study(facts)]))
    return [("空档", interval, "不计") for interval in free]


def _rows(overlaps: Iterable[_Found], gaps: Iterable[_Found]) -> list[Row]:
    found = [("overlap", one) for one in overlaps] + [("gap", one) for one in gaps]
    return [
        Row(what, _between(interval), str(interval[1] - interval[0] + 1), rule, kind)
        for kind, (what, interval, rule) in found
    ]


# ---- geometry -----------------------------------------------------------------------------------------------


def _lane(
    scale: _Scale, name: str, spans: Sequence[_Span], y: int, extra: Iterable[tuple[str, list[_Found]]]
) -> tuple[Lane, int]:
    """The lane, records that overlap one below the other, and where the next lane begins."""
    top = y + HEAD
    ends: list[int] = []
    bars: list[Bar] = []
    for span in spans:
        row = _free_row(ends, span.possible)
        told = f"{span.row.what}，{span.row.span}，{span.row.counted}"
        place = top + row * STEP
        bars += [scale.bar("possible", one, place, told) for one in subtract(span.possible, span.certain)]
        bars += [scale.bar(span.kind, one, place, told, span.number) for one in span.certain]
    below = top + len(ends) * STEP
    for kind, found in extra:
        bars += [scale.bar(kind, interval, below, f"{what}：{_between(interval)}") for what, interval, _ in found]
    if any(found for _, found in extra):
        below += STEP
    return Lane(name, y + HEAD - 6, tuple(bars), len(spans)), below


def _free_row(ends: list[int], days: Days) -> int:
    """The first row that is free where the record begins; its end is noted there."""
    if not days:
        return 0
    for row, end in enumerate(ends):
        if end < days[0][0]:
            ends[row] = days[-1][1]
            return row
    ends.append(days[-1][1])
    return len(ends) - 1


def _from(days: Days, day: int) -> Days:
    return subtract(days, [(0, day - 1)])


def _percent(share: int) -> str:
    return f"{share // 100}.{share % 100:02d}%"


# ---- words --------------------------------------------------------------------------------------------------


def _day(day: int) -> str:
    year, month, day_of_month = civil(day)
    return f"{year}年{month}月{day_of_month}日"


def _text(when: When) -> str:
    """The date as it was given: to the day, the month or the year."""
    year, month, _ = civil(when[0])
    if when[0] == when[1]:
        return _day(when[0])
    whole_month = when[1] == plus_months(ordinal(year, month, 1), 1) - 1
    return f"{year}年{month}月" if whole_month else f"{year}年"


def _written(began: When, ended: When | None) -> str:
    return f"{_text(began)}至{'今' if ended is None else _text(ended)}"


def _between(interval: tuple[int, int]) -> str:
    return f"{_day(interval[0])}至{_day(interval[1])}"
