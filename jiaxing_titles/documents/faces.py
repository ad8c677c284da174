"""Which font file plays which part in a document, and which characters it can draw."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

VENDORED = Path(__file__).resolve().parent / "fonts"

# The parts of GB/T 9704: body, 小标宋 title, first- and second-level heads; "names" must cover every name.
PARTS = ("fangsong", "title", "hei", "kai", "names")

# All faces that print.css sets running text in; a character outside any of them would change the line pitch.
TEXT_PARTS = ("fangsong", "title", "hei", "kai")


class FontsMissing(Exception):
    """A font file named in faces.json is not in its folder."""


def folder() -> Path:
    """The folder in use: the office's own (`DOCUMENT_FONTS_DIR`) or the vendored one."""
    return Path(getattr(settings, "DOCUMENT_FONTS_DIR", "") or VENDORED).resolve()


@cache
def files(where: Path) -> dict[str, Path]:
    """Part → font file. A part the folder's faces.json leaves out is played by the vendored file.

    Raises FontsMissing when a named file does not exist.
    """
    named = {part: VENDORED / name for part, name in _faces(VENDORED).items()}
    if where != VENDORED:
        named |= {part: where / name for part, name in _faces(where).items() if part in PARTS}
    absent = [str(path) for path in named.values() if not path.is_file()]
    if absent:
        raise FontsMissing("缺少字体文件：" + "、".join(absent))
    return named


def _faces(where: Path) -> dict[str, str]:
    listing = where / "faces.json"
    if not listing.is_file():
        raise FontsMissing(f"字体目录 {where} 中没有 faces.json")
    named: dict[str, str] = json.loads(listing.read_text(encoding="utf-8"))
    return named


@dataclass(frozen=True)
class Coverage:
    """`text`: code points every face of running text has; `all`: code points at least one face has."""

    text: frozenset[int]
    all: frozenset[int]


def read_cmap(path: Path) -> frozenset[int]:
    """Code points of one font file, read from the file itself (about 0.2 s)."""
    from fontTools.ttLib import TTFont  # slow import, needed only when no coverage.json is at hand

    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())


@cache
def coverage(where: Path) -> Coverage:
    """Coverage of the folder in use, from coverage.json where the file is listed there."""
    stored: dict[str, list[list[int]]] = {}
    for place in {VENDORED, where}:
        listing = place / "coverage.json"
        if listing.is_file():
            stored |= json.loads(listing.read_text(encoding="utf-8"))
    sets = {}
    for part, path in files(where).items():
        ranges = stored.get(path.name)
        sets[part] = _expand(ranges) if ranges else read_cmap(path)
    return Coverage(
        text=frozenset.intersection(*(sets[part] for part in TEXT_PARTS)),
        all=frozenset.union(*sets.values()),
    )


def _expand(ranges: list[list[int]]) -> frozenset[int]:
    return frozenset(code for first, last in ranges for code in range(first, last + 1))


def as_ranges(codes: frozenset[int]) -> list[list[int]]:
    """Sorted inclusive ranges, the form coverage.json keeps."""
    ranges: list[list[int]] = []
    for code in sorted(codes):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return ranges


# Characters that are laid out but never drawn, so no font needs a glyph for them.
_UNDRAWN = frozenset({0x09, 0x0A, 0x0D, 0x20, 0xA0, 0x3000, 0x200B, 0x2003, 0x2002})


def runs(text: str) -> list[tuple[bool, str]]:
    """Splits text into (rare, run): rare runs hold characters the text faces lack."""
    known = coverage(folder()).text
    pieces: list[tuple[bool, str]] = []
    for char in text:
        rare = ord(char) not in known and ord(char) not in _UNDRAWN
        if pieces and pieces[-1][0] == rare:
            pieces[-1] = (rare, pieces[-1][1] + char)
        else:
            pieces.append((rare, char))
    return pieces


def undrawable(text: str) -> str:
    """The distinct characters of text that no face can draw, in order of appearance; they would print as boxes."""
    known = coverage(folder()).all
    return "".join(dict.fromkeys(c for c in text if ord(c) not in known and ord(c) not in _UNDRAWN))
