"""The 办法 and its 附件, word for word, and the way from a cited clause to its place on the page.

Plain Python: pages, documents and messages all cite the same text.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

NUMERALS = "一二三四五六七八九十"
_NUMBER = re.compile(rf"[{NUMERALS}]|\d+")
_OURS = re.compile(r"^(?:《?办法》?|附件|A-)")
_ANNEX = re.compile(r"^(?:附件|A-)")


@dataclass(frozen=True)
class Paragraph:
    """One printed paragraph; `anchor` is empty where the original has no number to cite."""

    anchor: str
    kind: Literal["title", "paragraph", "heading", "item", "subitem", "imprint"]
    text: str

    @property
    def in_annex(self) -> bool:
        return self.anchor.startswith("a")


@cache
def measures() -> tuple[Paragraph, ...]:
    """The whole text in printed order (办法, 附件, 印发 line)."""
    source = Path(__file__).with_name("measures.json")
    return tuple(Paragraph(**line) for line in json.loads(source.read_text(encoding="utf-8")))


@cache
def clause_anchor(clause: str) -> str:
    """The id on /policy/ of a cited clause, empty for any other law or clause.

    `办法五（二）1` → `5-2`, `附件三、1（3）` → `a-3-1-3`, `附件一` → `a-1`. A citation finer than the printed
    numbers (a sentence inside an item) leads to the nearest number above it.
    """
    citation = clause.strip()
    if not _OURS.match(citation):
        return ""
    numbers = [_arabic(number) for number in _NUMBER.findall(citation)]
    steps = ["a", *numbers] if _ANNEX.match(citation) else numbers
    known = {paragraph.anchor for paragraph in measures() if paragraph.anchor}
    while steps and "-".join(steps) not in known:
        steps.pop()
    return "-".join(steps)


def _arabic(number: str) -> str:
    return str(NUMERALS.index(number) + 1) if number in NUMERALS else number
