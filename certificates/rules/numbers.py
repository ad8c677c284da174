"""发文字号 by GB/T 9704-2012: 机关代字〔年份〕序号号, e.g. 嘉人社〔2027〕3号."""

import re
import unicodedata
from dataclasses import dataclass

from jiaxing_titles.reasons import Reason

_BRACKETS = str.maketrans({"[": "〔", "]": "〕", "【": "〔", "】": "〕", "(": "〔", ")": "〕"})
_PATTERN = re.compile(r"(?P<prefix>[\u4e00-\u9fff]{2,10})〔(?P<year>[0-9]{4})〕(?P<serial>[0-9]{1,4})号")


@dataclass(frozen=True)
class DocumentNumber:
    prefix: str
    year: int
    serial: int

    def __str__(self) -> str:
        return f"{self.prefix}〔{self.year}〕{self.serial}号"


def parse_number(text: str) -> DocumentNumber | Reason:
    """The number that `text` means, or the sentence that says what is wrong with it.

    Brackets of any kind and full-width digits are taken for what they mean; 虚位 (003) and 第 are not, because
    the number is printed as an official number and must be the office's own.
    """
    folded = unicodedata.normalize("NFKC", text).replace(" ", "").translate(_BRACKETS)
    if "第" in folded:
        return _refusal("发文字号不加“第”字", folded)
    match = _PATTERN.fullmatch(folded)
    if match is None:
        return _refusal("发文字号由机关代字、年份、序号组成", folded)
    if match["serial"].startswith("0"):
        return _refusal("发文字号的序号不编虚位", folded)
    return DocumentNumber(match["prefix"], int(match["year"]), int(match["serial"]))


def next_number(prefix: str, year: int, taken: list[int]) -> DocumentNumber:
    """The suggestion for the form: one after the highest serial of that year in the register."""
    return DocumentNumber(prefix, year, max(taken, default=0) + 1)


def _refusal(text: str, given: str) -> Reason:
    return Reason(
        f"{text}，您填的是“{given[:30]}”。",
        clause="GB/T 9704-2012",
        field="number",
        remedy="请按“嘉人社〔2027〕3号”的样式填写。",
    )
