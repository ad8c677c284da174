"""Mobile and fixed telephone numbers of the mainland."""

import re

from jiaxing_titles.identity.errors import Unacceptable
from jiaxing_titles.identity.typing_habits import compact, stars

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_FIXED = re.compile(r"0[0-9]{2,3}[1-9][0-9]{6,7}")
_COUNTRY = re.compile(r"(?:\+86|0086|86(?=1[3-9][0-9]{9}$))")


def _digits(typed: str) -> str:
    return _COUNTRY.sub("", re.sub(r"[()（）]", "", compact(typed)), count=1)


def accept_mobile(typed: str) -> str:
    """Eleven digits; a leading +86, blanks and hyphens are dropped. Raises Unacceptable."""
    number = _digits(typed)
    if not number:
        raise Unacceptable("手机号码没有填写，请填写11位手机号码。")
    if not _MOBILE.fullmatch(number):
        raise Unacceptable("手机号码应为1开头的11位数字，请核对是否多填或漏填。")
    return number


def accept(typed: str) -> str:
    """A mobile number, or a fixed one as `0573-82521234`. Raises Unacceptable."""
    number = _digits(typed)
    if _MOBILE.fullmatch(number):
        return number
    if not _FIXED.fullmatch(number):
        raise Unacceptable("联系电话应为11位手机号码或带区号的固定电话（如0573-82521234），请核对。")
    area = 3 if number[1] in "12" else 4
    return f"{number[:area]}-{number[area:]}"


def mask(number: str) -> str:
    """`138****5678`; a fixed number keeps its area code and its last two digits."""
    if "-" in number:
        area, _, rest = number.partition("-")
        return f"{area}-{stars(rest, 0, 2)}"
    return stars(number, 3, 4)
