"""Reading the State Council's yearly notice as it is typed in: one line a holiday or make-up day."""

from __future__ import annotations

import datetime as dt
import re

from jiaxing_titles.workdays.estimate import statutory

_LINE = re.compile(
    r"(?P<first>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:\s*(?:至|到|~|—)\s*(?P<last>[0-9]{4}-[0-9]{2}-[0-9]{2}))?"
    r"\s+(?P<kind>放假|上班)(?:\s+(?P<name>\S+))?"
)
LONGEST = 15


def read(text: str, year: int) -> dict[dt.date, tuple[bool, str]]:
    """{day: (is a working day, name)} of the days that differ from their weekday.

    Lines read `2027-01-01 至 2027-01-03 放假 元旦` or `2027-02-20 上班 春节`. Raises ValueError with a Chinese
    sentence that names the line.
    """
    found: dict[dt.date, tuple[bool, str]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        for day, working, name in _days(line.strip(), number, year):
            if day in found and found[day][0] != working:
                raise ValueError(f"第{number}行：{day}既写了放假又写了上班，请核对通知。")
            found[day] = (working, name)
    if not any(not working for working, _ in found.values()):
        raise ValueError("没有读到任何放假日。每行写一条，例如：2027-01-01 至 2027-01-03 放假 元旦。")
    return {day: value for day, value in found.items() if value[0] != (day.weekday() < 5)}


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
