"""Reads facts from decoded JSON; whatever is not valid gets one Chinese sentence that names the field."""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from applications.rules.eligibility import vocabulary as words
from applications.rules.eligibility.facts import Education, Facts, Post, When, Work
from applications.rules.eligibility.field_names import named
from applications.rules.eligibility.tenure import ordinal, plus_months

_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")
_HOURS = re.compile(r"[0-9]+(?:\.[0-9]+)?")


class FactsError(ValueError):
    """The facts are not valid: `field` is the path in the JSON, the text a whole Chinese sentence."""

    def __init__(self, field: str, problem: str) -> None:
        self.field = field
        super().__init__(f"{named(field)}{problem}")


class _Number(str):
    """A JSON number with a fraction or an exponent, kept in its own digits."""

    __slots__ = ()


def _shown(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return f"“{text if len(text) <= 40 else text[:40] + '…'}”"


def decode(line: bytes) -> object:
    """The JSON value of one line, decimals in their own digits. Raises FactsError when it is not JSON."""
    try:
        return json.loads(line.decode("utf-8"), parse_float=_Number, parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise FactsError("本行", "不是 UTF-8 文本，请把文件另存为 UTF-8 编码后重试。") from None
    except RecursionError:
        raise FactsError("本行", "的括号嵌套过深，请检查是否漏写了右括号。") from None
    except ValueError:
        raise FactsError("本行", "不是有效的 JSON，请检查引号、逗号和括号是否成对。") from None


def _no_constant(name: str) -> float:
    raise ValueError(name)


@lru_cache(maxsize=65_536)
def read_date(text: str) -> When | None:
    """First and last day that a date text may mean; None when it is not a date that exists."""
    if not _DATE.fullmatch(text):
        return None
    year, month = int(text[:4]), int(text[5:7] or 1)
    if year == 0 or not 1 <= month <= 12:
        return None
    if len(text) == 10:
        try:
            day = date(year, month, int(text[8:])).toordinal()
        except ValueError:
            return None
        return day, day
    if len(text) == 7:
        first = ordinal(year, month, 1)
        return first, plus_months(first, 1) - 1
    return ordinal(year, 1, 1), ordinal(year + 1, 1, 1) - 1


_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"))


def fingerprint(value: object) -> str:
    """SHA-256 of the facts as they were given, whatever the order of their keys and the blanks between them."""
    try:
        return hashlib.sha256(_CANONICAL.encode(value).encode("ascii")).hexdigest()
    except RecursionError:
        raise FactsError("本行", "的括号嵌套过深，请检查是否漏写了右括号。") from None


def _verified(record: Mapping[str, Any]) -> str:
    """No field of the contract: a text is passed on, anything else is ignored as an unknown key is."""
    note = record.get("verified")
    return note if isinstance(note, str) else ""


def _choice(record: Mapping[str, Any], key: str, table: Mapping[str, str], path: str) -> str:
    value = record.get(key)
    if isinstance(value, str) and value in table:
        return value
    if key not in record:
        raise FactsError(path + key, "没有填写，请补充。")
    options = "、".join(f"{code}（{name}）" for code, name in table.items())
    raise FactsError(path + key, f"的值{_shown(value)}不在可选范围内，请从 {options} 中选一个。")


def _flag(record: Mapping[str, Any], key: str, path: str) -> bool:
    value = record.get(key)
    if isinstance(value, bool):
        return value
    if key not in record:
        raise FactsError(path + key, "没有填写，请填 true 或 false。")
    raise FactsError(path + key, f"的值{_shown(value)}不是是非值，请填 true 或 false。")


def _when(record: Mapping[str, Any], key: str, path: str) -> When:
    value = record.get(key)
    found = read_date(value) if isinstance(value, str) else None
    if found is not None:
        return found
    if key not in record:
        raise FactsError(path + key, "没有填写，请补充日期。")
    raise FactsError(path + key, f"的值{_shown(value)}不是存在的日期，请写成 2021-07-01、2021-07 或 2021 的样子。")


def _open_when(record: Mapping[str, Any], key: str, path: str) -> When | None:
    return None if record.get(key) is None else _when(record, key, path)


def _day(record: Mapping[str, Any], key: str) -> int:
    first, last = _when(record, key, "")
    if first != last:
        raise FactsError(key, f"的值{_shown(record[key])}没有写到日，请写成 2026-12-31 的样子。")
    return first


def _in_order(began: When | None, ended: When | None, path: str, end_key: str) -> None:
    if began and ended and began[0] == began[1] and ended[0] == ended[1] and ended[0] < began[0]:
        raise FactsError(path + end_key, "早于开始日期，请核对这一条的起止日期。")


def _records(facts: Mapping[str, Any], key: str) -> list[tuple[str, Mapping[str, Any]]]:
    rows = facts.get(key, [])
    if not isinstance(rows, list):
        raise FactsError(key, "应当是列表，请写成 [ … ]。")
    found: list[tuple[str, Mapping[str, Any]]] = []
    for index, row in enumerate(rows):
        if not isinstance(row, dict):
            raise FactsError(f"{key}[{index}]", "应当是一条记录，请写成 { … }。")
        found.append((f"{key}[{index}].", row))
    return found


def _education(path: str, row: Mapping[str, Any]) -> Education:
    record = Education(
        _choice(row, "level", words.EDUCATION_LEVELS, path),
        _choice(row, "award", words.AWARDS, path),
        _choice(row, "outcome", words.OUTCOMES, path),
        _choice(row, "mode", words.MODES, path),
        _when(row, "awarded_on", path),
        _open_when(row, "started_on", path),
        _verified(row),
    )
    _in_order(record.started_on, record.awarded_on, path, "awarded_on")
    return record


def _work(path: str, row: Mapping[str, Any]) -> Work:
    record = Work(
        _when(row, "from", path),
        _open_when(row, "to", path),
        _flag(row, "engineering", path),
        _choice(row, "relation", words.RELATIONS, path),
        _flag(row, "full_time", path),
        _verified(row),
    )
    _in_order(record.began, record.ended, path, "to")
    return record


def _post(path: str, row: Mapping[str, Any]) -> Post:
    record = Post(
        _choice(row, "title", words.POST_TITLES, path),
        _when(row, "appointed_from", path),
        _open_when(row, "appointed_to", path),
        _verified(row),
    )
    _in_order(record.began, record.ended, path, "appointed_to")
    return record


def _table(facts: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    table = facts.get(key, {})
    if not isinstance(table, dict):
        raise FactsError(key, '应当是按年度的对照表，请写成 {"2025": …}。')
    return table


def _assessments(facts: Mapping[str, Any]) -> dict[str, str]:
    table = _table(facts, "assessments")
    for year, grade in table.items():
        if not (isinstance(grade, str) and grade in words.GRADES):
            options = "、".join(f"{code}（{name}）" for code, name in words.GRADES.items())
            raise FactsError(f"assessments[{year}]", f"的值{_shown(grade)}不在可选范围内，请从 {options} 中选一个。")
    return dict(table)


def _hours(facts: Mapping[str, Any]) -> dict[str, Decimal]:
    hours = {}
    for year, value in _table(facts, "continuing_education").items():
        text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
        if not _HOURS.fullmatch(text):
            raise FactsError(
                f"continuing_education[{year}]", f"的值{_shown(value)}不是学时数，请写成 90 或 89.5 这样的非负小数。"
            )
        hours[year] = Decimal(text)
    return hours


def _courses(facts: Mapping[str, Any]) -> int | None:
    value = facts.get("courses_match")
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0):
        return value
    raise FactsError("courses_match", f"的值{_shown(value)}不是门数，请填 0、1、2、3 这样的整数，不清楚时留空。")


def parse_facts(value: object) -> Facts:
    """Facts from decoded JSON (see `decode`), or from the same shape built in Python.

    Raises FactsError for the first field that is not valid. Unknown keys are ignored.
    """
    if not isinstance(value, dict):
        raise FactsError("本行", "应当是一个人的资料对象，请写成 { … }。")
    if type(value.get("id")) is not str:
        raise FactsError("id", "没有填写，请补充文本编号。" if "id" not in value else "应当是文本，请加上引号。")
    level = _choice(value, "level", words.TARGETS, "")
    as_of = _day(value, "as_of")
    applied_on = None if value.get("applied_on") is None else _day(value, "applied_on")
    if applied_on is not None and applied_on > as_of:
        raise FactsError("applied_on", "晚于计算截止日 as_of，请核对这两个日期。")
    check = value.get("initial_check")
    return Facts(
        id=value["id"],
        level=level,
        as_of=as_of,
        applied_on=applied_on,
        education=tuple(_education(path, row) for path, row in _records(value, "education")),
        work=tuple(_work(path, row) for path, row in _records(value, "work")),
        posts=tuple(_post(path, row) for path, row in _records(value, "posts")),
        assessments=_assessments(value),
        continuing_education=_hours(value),
        evidence_closed=_flag(value, "evidence_closed", "") if "evidence_closed" in value else False,
        courses_match=_courses(value),
        initial_check=None if check is None else _choice(value, "initial_check", words.INITIAL_CHECKS, ""),
        exceptional_file=_flag(value, "exceptional_file", "") if "exceptional_file" in value else False,
    )
