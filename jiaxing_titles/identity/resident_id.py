"""居民身份证 (GB 11643-1999) and 港澳台居民居住证: eighteen characters, a real date, ISO 7064 MOD 11-2.

The area code is a hint and never an error: codes were withdrawn and renamed while numbers live on.
"""

import datetime as dt

from jiaxing_titles.identity.errors import Unacceptable
from jiaxing_titles.identity.typing_habits import compact, stars

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_DIGITS = frozenset("0123456789")
_OLDEST = 130  # years; an older birth date is a typing error

# GB/T 2260 of Jiaxing, with the names that the codes had before.
AREAS = {
    "330400": "嘉兴市",
    "330401": "嘉兴市",
    "330402": "南湖区（原秀城区、城区）",
    "330411": "秀洲区（原郊区）",
    "330421": "嘉善县",
    "330424": "海盐县",
    "330481": "海宁市",
    "330482": "平湖市",
    "330483": "桐乡市",
    "810000": "香港特别行政区居民",
    "820000": "澳门特别行政区居民",
    "830000": "台湾居民",
}


def check_character(body: str) -> str:
    """The eighteenth character for the first seventeen digits."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]


def upgraded(old: str) -> str:
    """The eighteen-character number of a fifteen-digit one: the century 19 and the check character added."""
    body = old[:6] + "19" + old[6:]
    return body + check_character(body)


def birth_date(number: str) -> dt.date:
    """The birth date in a normalised number. Raises ValueError when there is no such day."""
    return dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def accept(typed: str, *, today: dt.date) -> str:
    """The eighteen characters as stored; a fifteen-digit number is brought to eighteen. Raises Unacceptable."""
    number = compact(typed)
    if not number:
        raise Unacceptable("身份证号码没有填写，请填写18位号码。")
    if len(number) == 15 and set(number) <= _DIGITS:
        number = upgraded(number)
    if len(number) != 18:
        raise Unacceptable(f"身份证号码应为18位，您填了{len(number)}位，请对照证件逐位核对。")
    if not set(number[:17]) <= _DIGITS or number[17] not in _CHECKS:
        raise Unacceptable("身份证号码前17位应为数字、末位为数字或X，请检查是否误填了字母O、I或其他符号。")
    _check_birth(number, today)
    if check_character(number[:17]) != number[17]:
        place = area_hint(number)
        seen = f"（前六位是{place}）" if place else ""
        raise Unacceptable(f"身份证号码的校验位不对，很可能有一位填错，请对照证件逐位核对{seen}。")
    return number


def _check_birth(number: str, today: dt.date) -> None:
    shown = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
    try:
        born = birth_date(number)
    except ValueError:
        raise Unacceptable(f"身份证号码第7至14位的出生日期{shown}不存在，请对照证件核对。") from None
    if born > today:
        raise Unacceptable(f"身份证号码第7至14位的出生日期{shown}还没有到，请对照证件核对。")
    if today.year - born.year > _OLDEST:
        raise Unacceptable(f"身份证号码第7至14位的出生年份{number[6:10]}过早，请对照证件核对。")


def mask(number: str) -> str:
    """`330402********001X`."""
    return stars(number, 6, 4)


def area_hint(number: str) -> str:
    """Where the number was first issued, as far as the short table knows; empty otherwise."""
    return AREAS.get(number[:6], "")
