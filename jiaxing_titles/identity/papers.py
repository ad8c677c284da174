"""Identity papers other than the resident card: each with its own form, and no checksum where there is none."""

import datetime as dt
import re
from dataclasses import dataclass

from jiaxing_titles.identity import resident_id
from jiaxing_titles.identity.errors import Unacceptable
from jiaxing_titles.identity.typing_habits import compact, stars

RESIDENT, RESIDENT_OLD, RESIDENCE = "resident", "resident_old", "residence"
PAPERS = {
    RESIDENT: "居民身份证",
    RESIDENT_OLD: "15位居民身份证",
    RESIDENCE: "港澳台居民居住证",
    "mainland_travel": "港澳居民来往内地通行证",
    "taiwan_travel": "台湾居民来往大陆通行证",
    "foreign_permanent": "外国人永久居留身份证",
    "passport": "护照",
}


@dataclass(frozen=True, slots=True)
class _Form:
    pattern: re.Pattern[str]
    described: str


_FORMS = {
    "mainland_travel": _Form(re.compile(r"[HM](?:[0-9]{8}|[0-9]{10})"), "字母H或M加8位或10位数字"),
    "taiwan_travel": _Form(re.compile(r"[0-9]{8}(?:[0-9]{2})?|[0-9]{10}[A-Z]"), "8位数字（旧证为10位，可带1位字母）"),
    "foreign_permanent": _Form(
        re.compile(r"[A-Z]{3}[0-9]{12}|9[0-9]{16}[0-9X]"), "3位字母加12位数字，或9开头的18位号码"
    ),
    "passport": _Form(re.compile(r"[A-Z0-9]{5,17}"), "5至17位字母和数字"),
}
_RESIDENCE_AREAS = ("81", "82", "83")


def accept(paper: str, typed: str, *, today: dt.date) -> str:
    """The number of the named paper as stored. Raises Unacceptable, KeyError for a paper that is not in PAPERS."""
    if paper == RESIDENT_OLD:
        old = compact(typed)
        if len(old) != 15:
            raise Unacceptable(f"15位居民身份证号码应为15位数字，您填了{len(old)}位，请核对号码或证件类型。")
        resident_id.accept(old, today=today)
        return old
    if paper in (RESIDENT, RESIDENCE):
        number = resident_id.accept(typed, today=today)
        is_permit = number.startswith(_RESIDENCE_AREAS)
        if is_permit and paper == RESIDENT:
            raise Unacceptable("81、82、83开头的是港澳台居民居住证号码，请把证件类型改为“港澳台居民居住证”。")
        if not is_permit and paper == RESIDENCE:
            raise Unacceptable("港澳台居民居住证号码以81、82或83开头，请核对号码或证件类型。")
        return number
    form, number = _FORMS[paper], compact(typed)
    if not number:
        raise Unacceptable(f"{PAPERS[paper]}号码没有填写，请补充。")
    if not form.pattern.fullmatch(number):
        raise Unacceptable(f"{PAPERS[paper]}号码应为{form.described}，请对照证件核对。")
    if paper == "foreign_permanent" and len(number) == 18:
        return resident_id.accept(number, today=today)
    return number


def person_key(paper: str, number: str) -> str:
    """What two papers of one person have in common, for finding duplicates: an old resident number as its new one."""
    if paper == RESIDENT_OLD:
        return f"{RESIDENT}:{resident_id.upgraded(number)}"
    return f"{paper}:{number}"


def mask(number: str) -> str:
    """`330402********001X`; another number keeps its first and its last two characters."""
    return resident_id.mask(number) if len(number) == 18 else stars(number, 1, 2)
