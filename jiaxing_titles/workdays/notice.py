"""Reading the State Council's yearly notice: in its own words (`prose`), or typed in, a line a holiday or make-up day.

What is read is kept as {day: (is a working day, name)} of the days that differ from their weekday.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from jiaxing_titles.workdays import prose
from jiaxing_titles.workdays.estimate import statutory

_LINE = re.compile(
    r"(?P<first>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:\s*(?:至|到|~|—)\s*(?P<last>[0-9]{4}-[0-9]{2}-[0-9]{2}))?"
    r"\s+(?P<kind>放假|上班)(?:\s+(?P<name>\S+))?"
)
LONGEST = prose.LONGEST


Read = dict[dt.date, tuple[bool, str]]


def read(text: str, year: int) -> Read:
    """The days of that year that differ from their weekday.

    The notice in its own words, or lines such as `2027-01-01 至 2027-01-03 放假 元旦`, `2027-02-20 上班 春节`. Raises
    ValueError with a Chinese sentence that names the line or the holiday.
    """
    found: Read = {}
    for where, (day, working, name) in _prose(text, year) if prose.is_prose(text) else _lines(text, year):
        if day in found and found[day][0] != working:
            raise ValueError(f"{where}：{day}既写了放假又写了上班，请核对通知。")
        found[day] = (working, name)
    if not any(not working for working, _ in found.values()):
        raise ValueError("没有读到任何放假日。每行写一条，例如：2027-01-01 至 2027-01-03 放假 元旦。")
    return {day: value for day, value in sorted(found.items()) if value[0] != (day.weekday() < 5)}


def _lines(text: str, year: int) -> Iterator[tuple[str, prose.Day]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield from ((f"第{number}行", found) for found in _days(line.strip(), number, year))


def _prose(text: str, year: int) -> Iterator[tuple[str, prose.Day]]:
    """A weekday of a neighbouring year that the notice makes free belongs to that year's own table."""
    for day, working, name in prose.days(text, year):
        if day.year == year:
            yield name, (day, working, name)
        elif abs(day.year - year) > 1:
            raise ValueError(f"“{name}”写的是{day.year}年，请核对是不是{year}年的通知。")


def as_lines(found: Read) -> str:
    """What `read` takes again: one day a line."""
    return "\n".join(f"{day} {'上班' if working else '放假'} {name}".rstrip() for day, (working, name) in found.items())


def example_of(year: int) -> str:
    """A notice of this year in the form that `read` takes, made of the statutory days and one make-up day."""
    lines, days = [], sorted(statutory(year))
    while days:
        run = [days.pop(0)]
        while days and days[0] == run[-1] + dt.timedelta(days=1):
            run.append(days.pop(0))
        span = f"{run[0]} 至 {run[-1]}" if len(run) > 1 else str(run[0])
        lines.append(f"{span} 放假")
    saturday = next(day for n in range(7) if (day := dt.date(year, 10, 9) + dt.timedelta(days=n)).weekday() == 5)
    return "\n".join([*lines, f"{saturday} 上班"])


def _days(line: str, number: int, year: int) -> list[tuple[dt.date, bool, str]]:
    match = _LINE.fullmatch(line)
    if match is None:
        raise ValueError(f"第{number}行看不懂：“{line}”。请写成：2027-01-01 至 2027-01-03 放假 元旦。")
    try:
        first = dt.date.fromisoformat(match["first"])
        last = dt.date.fromisoformat(match["last"]) if match["last"] else first
    except ValueError as error:
        raise ValueError(f"第{number}行有不存在的日期，请核对。") from error
    length = (last - first).days + 1
    if not 1 <= length <= LONGEST:
        raise ValueError(f"第{number}行的起止日期不对：应为1至{LONGEST}天，先早后晚。")
    days = [first + dt.timedelta(days=n) for n in range(length)]
    if any(day.year != year for day in days):
        raise ValueError(f"第{number}行有不属于{year}年的日子，请只填{year}年的安排。")
    return [(day, match["kind"] == "上班", match["name"] or "") for day in days]
