"""One ballot in bytes before it is sealed: always the same length on one sheet, whatever was chosen.

version (1) · form hash (32) · one letter a name · ten random bytes a name, the root of its check code

static/ballot/sealing.js writes the same bytes.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

VERSION = 1
ROOT_BYTES = CODE_BYTES = 10
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
    """`marks`: number on the sheet → yes, no, abstain or recused; `roots`: number → root of the check code."""

    marks: Mapping[int, str]
    roots: Mapping[int, bytes]

    def codes(self, form_hash: str) -> dict[int, str]:
        """Number → the code that is published beside the mark, in hexadecimal.

        Made from form, number and root, so that nobody brings the code of another sheet or name into this box.
        """
        head = bytes.fromhex(form_hash)
        return {
            number: hashlib.sha256(head + number.to_bytes(2, "big") + root).digest()[:CODE_BYTES].hex()
            for number, root in self.roots.items()
        }


def roots_from(seed: bytes, numbers: list[int]) -> dict[int, bytes]:
    """A root a name, all from one random seed: its holder cannot choose them, and none tells another."""
    if len(seed) != SEED_BYTES:
        raise ValueError("a seed has sixteen bytes")
    return {number: hmac.digest(seed, b"check code %d" % number, hashlib.sha256)[:ROOT_BYTES] for number in numbers}


def length(names: int) -> int:
    """Bytes of a ballot on a sheet with so many names."""
    return _HEAD + names * (1 + ROOT_BYTES)


def encode(ballot: Ballot, form_hash: str, numbers: list[int]) -> bytes:
    """ValueError unless there is exactly one known mark and one root for every number."""
    if sorted(ballot.marks) != numbers or sorted(ballot.roots) != numbers:
        raise ValueError("every name needs exactly one mark and one root")
    if unknown := set(ballot.marks.values()) - set(_LETTERS):
        raise ValueError(f"unknown marks: {len(unknown)}")
    roots = [ballot.roots[number] for number in numbers]
    if any(len(root) != ROOT_BYTES for root in roots):
        raise ValueError("a root has ten bytes")
    letters = b"".join(_LETTERS[ballot.marks[number]] for number in numbers)
    return bytes([VERSION]) + bytes.fromhex(form_hash) + letters + b"".join(roots)


def decode(data: bytes, form_hash: str, numbers: list[int]) -> Ballot:
    """Strict: version, form, length and every letter must be right, else NotABallot."""
    count = len(numbers)
    if len(data) != length(count):
        raise NotABallot("wrong length")
    if data[0] != VERSION or data[1:_HEAD] != bytes.fromhex(form_hash):
        raise NotABallot("another version or form")
    marks, roots = {}, {}
    for place, number in enumerate(numbers):
        letter = data[_HEAD + place : _HEAD + place + 1]
        if letter not in _MARKS:
            raise NotABallot("unknown mark")
        at = _HEAD + count + place * ROOT_BYTES
        marks[number], roots[number] = _MARKS[letter], data[at : at + ROOT_BYTES]
    return Ballot(marks, roots)
