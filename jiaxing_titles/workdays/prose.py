"""Reading the State Council's notice in its own words, as it is copied from the announcement.

«二、春节：2月15日（周日）至23日（周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。»
The weekday in brackets and the stated number of days are checked against the dates: a slip in copying does not pass.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

Day = tuple[dt.date, bool, str]  # day, is a working day, name of the holiday

_ITEM = re.compile(r"(?:^|\n)\s*[一二三四五六七八九十]{1,2}、([^：:\n。]{1,20})[：:]")
_DATE = r"(?:(?:[0-9]{4}年)?(?:[0-9]{1,2}月)?[0-9]{1,2}日(?:[（(][^（）()]*[）)])?)"
_CLAUSE = re.compile(rf"({_DATE}(?:(?:至|—|-|～|~|、|，|和){_DATE})*)(?:起)?(放假|上班)")
_PART = re.compile(r"(?:([0-9]{4})年)?(?:([0-9]{1,2})月)?([0-9]{1,2})日(?:[（(]([^（）()]*)[）)])?(至|—|-|～|~)?")
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
_STATED = re.compile(r"放假[^。]*?共([0-9]{1,2})天")
LONGEST = 15


def is_prose(text: str) -> bool:
    """Whether it is the notice in words and not the line form of `notice.read`."""
    return _ITEM.search(text) is not None


def days(text: str, year: int) -> Iterator[Day]:
    """Every day that the notice names, those of neighbouring years too. Raises ValueError with a Chinese sentence."""
    headings = list(_ITEM.finditer(text))
    for number, heading in enumerate(headings):
        end = headings[number + 1].start() if number + 1 < len(headings) else len(text)
        name = heading[1].strip()
        found = False
        for sentence in re.split("[。；]", re.sub(r"\s+", "", text[heading.end() : end])):
            for day in _sentence(sentence, name, year):
                found = True
                yield day
        if not found:
            raise ValueError(f"“{name}”一条没有读到放假的日子，请核对是否复制完整。")


def _sentence(sentence: str, name: str, year: int) -> Iterator[Day]:
    for clause in _CLAUSE.finditer(sentence):
        working = clause[2] == "上班"
        made = list(_dates(clause[1], name, year))
        stated = _STATED.search(sentence)
        if stated and not working and len(made) != int(stated[1]):
            raise ValueError(f"“{name}”写的是共{stated[1]}天，起止日期是{len(made)}天，请核对。")
        for day in made:
            yield day, working, name


def _dates(text: str, name: str, year: int) -> Iterator[dt.date]:
    """Single days and spans; a year or month that is not repeated is the one before."""
    on_year, on_month, span_from = year, 0, None
    for part in _PART.finditer(text):
        on_year, on_month = int(part[1] or on_year), int(part[2] or on_month)
        day = _real(on_year, on_month, int(part[3]), name)
        _check_weekday(day, part[4] or "", name)
        if span_from is not None:
            length = (day - span_from).days
            if not 0 < length < LONGEST:
                raise ValueError(f"“{name}”的起止日期不对：应先早后晚，不超过{LONGEST}天。")
            yield from (span_from + dt.timedelta(days=n) for n in range(1, length + 1))
        else:
            yield day
        span_from = day if part[5] else None


def _real(year: int, month: int, day: int, name: str) -> dt.date:
    if not month:
        raise ValueError(f"“{name}”中的{day}日没有写月份，请核对是否复制完整。")
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise ValueError(f"“{name}”中的{year}年{month}月{day}日不存在，请核对。") from None


def _check_weekday(day: dt.date, brackets: str, name: str) -> None:
    told = _WEEKDAY.search(brackets)
    if told is None:
        return
    actual = "一二三四五六日"[day.weekday()]
    if told[1].replace("天", "日") != actual:
        raise ValueError(
            f"“{name}”中的{day.month}月{day.day}日写的是星期{told[1]}，{day.year}年这一天是星期{actual}，"
            "请核对年份和日期。"
        )
