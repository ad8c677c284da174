"""Dates as people know them: a day, a month or only a year. Stored as `2021-07-01`, `2021-07` or `2021`."""

import datetime as dt
import re

_FULL_WIDTH = str.maketrans("０１２３４５６７８９－．／", "0123456789-./")
_SHAPE = re.compile(r"([0-9]{4})(?:[-./年]([0-9]{1,2})(?:[-./月]([0-9]{1,2})日?|月)?|年)?")
EARLIEST_YEAR = 1940


def read_partial_date(text: str) -> str:
    """The stored form of what somebody typed; raises ValueError with a sentence that says how to write it."""
    typed = text.strip().translate(_FULL_WIDTH).replace(" ", "")
    found = _SHAPE.fullmatch(typed)
    if found is None:
        raise ValueError(f"“{text.strip()[:20]}”不是日期，写成 2021-07-01；只记得月份写 2021-07，只记得年份写 2021。")
    parts = [int(part) for part in found.groups() if part]
    try:
        year = dt.date(*[*parts, 1, 1][:3]).year  # 00 is no month and no day
    except ValueError:
        raise ValueError(f"“{text.strip()[:20]}”这一天不存在，核对年、月、日。") from None
    if year < EARLIEST_YEAR:
        raise ValueError(f"年份 {year} 早于 {EARLIEST_YEAR} 年，核对后重填。")
    return "-".join([f"{year:04d}", *(f"{part:02d}" for part in parts[1:])])


def first_day(stored: str) -> dt.date:
    """The earliest day that the stored date can mean."""
    year, month, day = ([*(int(part) for part in stored.split("-")), 1, 1])[:3]
    return dt.date(year, month, day)


def last_day(stored: str) -> dt.date:
    """The latest day that the stored date can mean."""
    parts = [int(part) for part in stored.split("-")]
    if len(parts) == 3:
        return dt.date(*parts)
    year, month = (parts[0], parts[1]) if len(parts) == 2 else (parts[0], 12)
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return following - dt.timedelta(days=1)


def in_words(stored: str) -> str:
    """`2021年7月1日`, `2021年7月` or `2021年`."""
    return "".join(f"{int(part)}{unit}" for part, unit in zip(stored.split("-"), "年月日", strict=False) if part)
