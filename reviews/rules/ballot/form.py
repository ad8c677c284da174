"""What is fixed before a box opens: names, seats, recusals and the pass rule, as one text with one hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reviews.rules.ballot import sealing


def canonical(value: Any) -> str:
    """JSON in its one spelling here: keys sorted, no spaces, characters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """SHA-256 of the text in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Form:
    """A sheet as it is handed out. `names`: number → name; `recused`: number → seats that do not vote on that name.

    `meeting` and `sheet` only have to differ from every other meeting and sheet; `suite`: how its ballots are sealed.
    """

    meeting: str
    sheet: str
    title: str
    members: int
    seats: int
    names: Mapping[int, str]
    recused: Mapping[int, int]
    pass_num: int
    pass_den: int
    suite: str = sealing.ON_SERVER

    @property
    def numbers(self) -> list[int]:
        return sorted(self.names)

    def attending(self, number: int) -> int:
        """The denominator of one name: seats less recused ones; abstained and not returned ballots stay in it."""
        return self.seats - self.recused.get(number, 0)

    @property
    def text(self) -> str:
        names = [
            {"number": number, "name": self.names[number], "recused": self.recused.get(number, 0)}
            for number in self.numbers
        ]
        return canonical(
            {
                "meeting": self.meeting,
                "sheet": self.sheet,
                "title": self.title,
                "members": self.members,
                "seats": self.seats,
                "names": names,
                "pass": [self.pass_num, self.pass_den],
                "suite": self.suite,
            }
        )

    @property
    def hash(self) -> str:
        return digest(self.text)

    @property
    def context(self) -> bytes:
        """What a seal is bound to: a ballot of another meeting, sheet or form does not open."""
        return f"{self.meeting}|{self.sheet}|{self.hash}".encode()


def read_form(text: str) -> Form:
    """The form that has this text; ValueError when no form has."""
    try:
        raw = json.loads(text)
        form = Form(
            meeting=raw["meeting"],
            sheet=raw["sheet"],
            title=raw["title"],
            members=raw["members"],
            seats=raw["seats"],
            names={one["number"]: one["name"] for one in raw["names"]},
            recused={one["number"]: one["recused"] for one in raw["names"]},
            pass_num=raw["pass"][0],
            pass_den=raw["pass"][1],
            suite=raw["suite"],
        )
    except (KeyError, TypeError, IndexError) as missing:
        raise ValueError("not a form") from missing
    if form.text != text:
        raise ValueError("not a form in its canonical spelling")
    return form
