"""One typed cell to one value: pure functions, each refusal a sentence that says what to write instead."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from jiaxing_titles.sheets.schema import Column

MAX_CHARS = 2_000
# Excel keeps 15 digits of a number; beyond, the last digits are already gone.
EXACT_DIGITS = 10**15
# Serial days taken as dates when the cell has lost its date format: 1950-01-01 to 2099-12-31.
_SERIAL_FIRST, _SERIAL_LAST = 18_264, 73_050
_EARLIEST = date(1900, 3, 1)  # before it Excel counts a 29 February that never was
_WIDE = {0xFF01 + i: 0x21 + i for i in range(94)}
_INVISIBLE = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]"
)
_DAY = re.compile(r"([0-9]{4})(?:-|/|\.|年)([0-9]{1,2})(?:-|/|\.|月)([0-9]{1,2})日?(?: 0{1,2}:00(?::00)?)?")
_PLAIN_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_MONTH = re.compile(r"([0-9]{4})(?:-|/|\.|年)([0-9]{1,2})月?")
_PLAIN_MONTH = re.compile(r"([0-9]{4})([0-9]{2})")


class NotThat(ValueError):
    """The cell does not hold what its column asks for; the text is a sentence for the person."""


def clean(text: str) -> str:
    """NFC, no invisible or direction-changing characters, every kind of space a plain one, trimmed."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return text.replace("\u00a0", " ").replace("\u3000", " ").replace("\r\n", "\n").strip()


def folded(text: str) -> str:
    """Cleaned, full-width letters, digits and signs made half-width; for dates and numbers, not for names."""
    return clean(text).translate(_WIDE)


def shown(value: Any) -> str:
    """The cell as the person sees it, shortened; for error lists and the workbook given back."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < EXACT_DIGITS else repr(value).replace("e+", "E+")
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes") if value.time() != time() else value.date().isoformat()
    return "" if value is None else str(value)


def is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not clean(value))


def read(value: Any, column: Column) -> Any:
    """The value of a cell for its column (see Column); None for an empty optional cell. Raises NotThat."""
    if is_empty(value):
        if column.required:
            raise NotThat(f"“{column.header}”不能为空，请填写。")
        return None
    if isinstance(value, str) and len(value) > MAX_CHARS:
        raise NotThat(f"内容有 {len(value)} 个字符，超过 {MAX_CHARS} 个的上限，请缩短。")
    result = _READERS[column.kind](value, column)
    problem = column.check(result) if column.check else ""
    if problem:
        raise NotThat(problem)
    return result


def _text(value: Any, column: Column) -> str:
    if isinstance(value, bool | date | time | timedelta):
        raise NotThat("这里应为文字，单元格里却是日期或逻辑值。请把单元格设为“文本”格式后重新输入。")
    if isinstance(value, float | int):
        if not float(value).is_integer() or abs(value) >= EXACT_DIGITS:
            raise NotThat("这里应为文字，单元格里却是数字，数位可能已经丢失。请把单元格设为“文本”格式后重新输入。")
        return str(int(value))
    return clean(value)


def _id(value: Any, column: Column) -> str:
    if not isinstance(value, str):
        lost = isinstance(value, float | int) and abs(value) >= EXACT_DIGITS
        what = "后几位已经丢失" if lost else "开头的 0 和末尾的数位可能已经丢失"
        raise NotThat(f"号码存成了数字，{what}。请把单元格设为“文本”格式后重新输入完整号码，系统不会猜测。")
    text = folded(value).replace(" ", "").upper()
    if re.fullmatch(r"[0-9.]+E[+-]?[0-9]+", text):
        raise NotThat("号码是科学计数法，后几位已经丢失。请把单元格设为“文本”格式后重新输入完整号码。")
    return text


def _date(value: Any, column: Column) -> date:
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return _plausible(value)
    if isinstance(value, float | int) and not isinstance(value, bool):
        return _date_from_number(float(value))
    text = folded(value) if isinstance(value, str) else shown(value)
    match = _DAY.fullmatch(text) or _PLAIN_DAY.fullmatch(text)
    if not match:
        raise NotThat(f"“{_short(text)}”不是日期。请写成 2024-02-09 的样子。")
    return _real_day(*(int(part) for part in match.groups()))


def _date_from_number(number: float) -> date:
    """A serial day that lost its format, or 20240209 typed as a number."""
    if number.is_integer() and 19_000_101 <= number <= 21_001_231:
        whole = int(number)
        return _real_day(whole // 10_000, whole // 100 % 100, whole % 100)
    if number.is_integer() and _SERIAL_FIRST <= number <= _SERIAL_LAST:
        return date(1899, 12, 30) + timedelta(days=int(number))
    raise NotThat(f"“{shown(number)}”不是日期。请写成 2024-02-09 的样子。")


def _real_day(year: int, month: int, day: int) -> date:
    try:
        return _plausible(date(year, month, day))
    except ValueError as error:
        if isinstance(error, NotThat):
            raise
        raise NotThat(f"{year} 年 {month} 月 {day} 日这一天不存在，请核对。") from error


def _plausible(day: date) -> date:
    if day < _EARLIEST or day.year > 2100:
        raise NotThat(f"日期 {day.isoformat()} 不合常理，请核对年份。")
    return day


def _month(value: Any, column: Column) -> str:
    if isinstance(value, date):
        return f"{_plausible(value if not isinstance(value, datetime) else value.date()):%Y-%m}"
    if isinstance(value, float) and not value.is_integer():
        raise NotThat(f"“{shown(value)}”存成了小数，分不清 1 月和 10 月。请写成 2024-10 的样子。")
    text = folded(shown(value))
    match = _MONTH.fullmatch(text) or _PLAIN_MONTH.fullmatch(text) or _DAY.fullmatch(text)
    if not match:
        raise NotThat(f"“{_short(text)}”不是年月。请写成 2024-02 的样子。")
    year, month = int(match[1]), int(match[2])
    if not 1 <= month <= 12 or not 1900 <= year <= 2100:
        raise NotThat(f"“{_short(text)}”不是年月。请写成 2024-02 的样子。")
    return f"{year:04d}-{month:02d}"


def _decimal(value: Any, column: Column) -> Decimal:
    text = folded(shown(value)) if not isinstance(value, bool | date) else ""
    try:
        # [0-9] only: Decimal() also takes 'NaN', underscores and digits of other scripts.
        if not re.fullmatch(r"[+-]?[0-9]{1,15}(\.[0-9]{1,10})?", text):
            raise InvalidOperation
        return Decimal(text)
    except InvalidOperation as error:
        raise NotThat(f"“{_short(shown(value))}”不是数字。请只写数字，例如 90 或 89.5。") from error


def _integer(value: Any, column: Column) -> int:
    number = _decimal(value, column)
    if number != number.to_integral_value():
        raise NotThat(f"“{shown(value)}”不是整数，请写整数。")
    return int(number)


def _choice(value: Any, column: Column) -> str:
    labels = column.labels
    typed = clean(shown(value))
    for label, stored in labels.items():
        if typed == label or folded(typed) == folded(label):
            return stored
    listed = "、".join(list(labels)[:12]) + ("等" if len(labels) > 12 else "")
    raise NotThat(f"“{_short(typed)}”不在可选项中。可填：{listed}。")


def _short(text: str) -> str:
    return text if len(text) <= 30 else text[:30] + "…"


_READERS = {
    "text": _text,
    "id": _id,
    "date": _date,
    "month": _month,
    "decimal": _decimal,
    "integer": _integer,
    "choice": _choice,
}
