"""One ballot in bytes before it is sealed: always the same length on one sheet, whatever was chosen.

version (1) · form hash (32) · one letter a name · ten bytes of check code a name
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

VERSION = 1
CODE_BYTES = 10
SEED_BYTES = 16
_HEAD = 1 + 32
CHOICES = {"yes": b"Y", "no": b"N", "abstain": b"A"}
RECUSED = "recused"
_LETTERS = {**CHOICES, RECUSED: b"R"}
_MARKS = {letter: mark for mark, letter in _LETTERS.items()}


class NotABallot(ValueError):
    """The bytes are no ballot of this form."""


@dataclass(frozen=True)
class Ballot:
    """`marks`: number on the sheet → yes, no, abstain or recused; `codes`: number → check code in hexadecimal."""

    marks: Mapping[int, str]
    codes: Mapping[int, str]


def check_codes(seed: bytes, numbers: list[int]) -> dict[int, str]:
    """A code a name, all from one random seed: its holder cannot choose them, and none tells another."""
    if len(seed) != SEED_BYTES:
        raise ValueError("a seed has sixteen bytes")
    return {
        number: hmac.digest(seed, b"check code %d" % number, hashlib.sha256)[:CODE_BYTES].hex() for number in numbers
    }


def encode(ballot: Ballot, form_hash: str, numbers: list[int]) -> bytes:
    """ValueError unless there is exactly one known mark and one code for every number."""
    if sorted(ballot.marks) != numbers or sorted(ballot.codes) != numbers:
        raise ValueError("every name needs exactly one mark and one code")
    if unknown := set(ballot.marks.values()) - set(_LETTERS):
        raise ValueError(f"unknown marks: {len(unknown)}")
    codes = [bytes.fromhex(ballot.codes[number]) for number in numbers]
    if any(len(code) != CODE_BYTES for code in codes):
        raise ValueError("a check code has ten bytes")
    letters = b"".join(_LETTERS[ballot.marks[number]] for number in numbers)
    return bytes([VERSION]) + bytes.fromhex(form_hash) + letters + b"".join(codes)


def decode(data: bytes, form_hash: str, numbers: list[int]) -> Ballot:
    """Strict: version, form, length and every letter must be right, else NotABallot."""
    count = len(numbers)
    if len(data) != _HEAD + count * (1 + CODE_BYTES):
        raise NotABallot("wrong length")
    if data[0] != VERSION or data[1:_HEAD] != bytes.fromhex(form_hash):
        raise NotABallot("another version or form")
    marks, codes = {}, {}
    for place, number in enumerate(numbers):
        letter = data[_HEAD + place : _HEAD + place + 1]
        if letter not in _MARKS:
            raise NotABallot("unknown mark")
        at = _HEAD + count + place * CODE_BYTES
        marks[number], codes[number] = _MARKS[letter], data[at : at + CODE_BYTES].hex()
    return Ballot(marks, codes)
