"""Personal names (民委发〔2016〕33号; domain 2.4): folded, never cut, masked, ordered by pinyin.

NFC and not NFKC, no filter to the basic block of Han characters: both would lose real names.
"""

import re
import unicodedata

from pypinyin import lazy_pinyin

from jiaxing_titles.identity.errors import Unacceptable
from jiaxing_titles.identity.typing_habits import half_width, visible

LONGEST = 50
SEPARATOR = "\u00b7"
_SEPARATORS = "\u2022\u30fb\u2027\uff0e\u2219\u22c5\uff65\u2024\u16eb\u25cf\u0387"
_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_BLANK_IN_HAN = re.compile(rf"(?<=[{_HAN}{SEPARATOR}])\s+(?=[{_HAN}{SEPARATOR}])")
_DOT_IN_HAN = re.compile(rf"(?<=[{_HAN}])\.(?=[{_HAN}])")
_SIGNS = frozenset(f"{SEPARATOR} -'’.")

# Readings that a character has as a surname only, where the dictionary gives the common one. 单于 is read aright, but
# 单 would take it.
_SURNAMES = {
    "单于": "chan yu", "单": "shan", "仇": "qiu", "解": "xie", "查": "zha", "朴": "piao", "区": "ou", "盖": "ge",
    "曾": "zeng", "翟": "zhai", "缪": "miao", "乐": "yue", "覃": "qin", "召": "shao", "繁": "po", "员": "yun",
    "秘": "bi", "折": "she", "黑": "he", "洗": "xian", "种": "chong", "隗": "wei",
}  # fmt: skip


def accept(typed: str) -> str:
    """The name as stored: one separator sign (·), no stray blanks or invisible signs. Raises Unacceptable."""
    name = folded(typed)
    if not name:
        raise Unacceptable("姓名没有填写，请按身份证件填写。")
    if len(name) > LONGEST:
        raise Unacceptable(f"姓名最长{LONGEST}个字符，您填了{len(name)}个，请按身份证件填写。")
    for char in name:
        _check(char)
    if not any(unicodedata.category(char).startswith("L") for char in name):
        raise Unacceptable("姓名中没有文字，请按身份证件填写。")
    return name


def folded(typed: str) -> str:
    """The name without differences that nobody sees; for comparing and searching too."""
    plain = visible(typed)
    for sign in _SEPARATORS:
        plain = plain.replace(sign, SEPARATOR)
    name = " ".join(half_width(plain).split())
    name = _DOT_IN_HAN.sub(SEPARATOR, name)
    return re.sub(rf"{SEPARATOR}+", SEPARATOR, _BLANK_IN_HAN.sub("", name)).strip(SEPARATOR)


def _check(char: str) -> None:
    kind = unicodedata.category(char)
    if kind == "Co":
        code = f"U+{ord(char):04X}"
        raise Unacceptable(
            f"姓名中的“{char}”（{code}）是自造字，别的电脑显示不出来，请改用国家标准（GB 18030）中的同一个字。"
        )
    if kind == "Cs":
        raise Unacceptable("姓名中有不完整的字符，请删除后用输入法重新输入。")
    # Letters, combining marks and variation selectors; an unassigned code point may be a newer Han character.
    if kind[0] in "LM" or char in _SIGNS or char == "〇" or (kind == "Cn" and 0x20000 <= ord(char) <= 0x3FFFD):
        return
    raise Unacceptable(f"姓名中的“{char}”不是文字，请删除后按身份证件填写。")


def characters(name: str) -> list[str]:
    """The name in characters as a reader sees them: marks and variation selectors stay with their letter."""
    found: list[str] = []
    for char in name:
        if found and unicodedata.category(char).startswith("M"):
            found[-1] += char
        else:
            found.append(char)
    return found


def mask(name: str) -> str:
    """张*三, 张*; the first and the last character of a name stay, of two characters only the first."""
    seen = characters(name)
    if len(seen) < 2:
        return "*" * len(seen)
    if len(seen) == 2:
        return f"{seen[0]}*"
    return seen[0] + "*" * (len(seen) - 2) + seen[-1]


def sort_key(name: str) -> str:
    """Pinyin order for lists, computed once and stored: SQL collations differ from machine to machine."""
    for length in (2, 1):
        reading = _SURNAMES.get(name[:length])
        if reading and len(name) > length:
            return " ".join([reading, *lazy_pinyin(name[length:])])[:200]
    return " ".join(lazy_pinyin(name))[:200]
