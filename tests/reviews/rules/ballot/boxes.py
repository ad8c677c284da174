"""Boxes of random votes for the tests of the ballot rules."""

from __future__ import annotations

import os
from dataclasses import dataclass

from hypothesis import strategies as st

from reviews.rules.ballot import plaintext, sealing, shares, unsealing
from reviews.rules.ballot.board import board_file
from reviews.rules.ballot.form import Form

KEY = shares.deal(2, 3)
PAIR = shares.rebuild(KEY.shares[:2], KEY.public)


@dataclass(frozen=True)
class Box:
    """`votes`: one mapping number → mark for each seat that voted, recused where it is."""

    form: Form
    votes: list[dict[int, str]]

    def plain(self) -> list[bytes]:
        found = []
        for marks in self.votes:
            ballot = plaintext.Ballot(marks, plaintext.roots_from(os.urandom(16), self.form.numbers))
            found.append(plaintext.encode(ballot, self.form.hash, self.form.numbers))
        return found

    def sealed(self) -> list[unsealing.Sealed]:
        form = self.form
        sealed = [sealing.seal(one, KEY.public, form.context, form.suite) for one in self.plain()]
        return [unsealing.Sealed(one, recused_in(marks)) for one, marks in zip(sealed, self.votes, strict=True)]

    def board(self) -> tuple[str, unsealing.Unsealed, list[str]]:
        sealed = self.sealed()
        receipts = [sealing.receipt_of(one.data) for one in sealed]
        unsealed = unsealing.unseal(sealed, PAIR, self.form)
        return board_file(self.form, receipts, unsealed), unsealed, receipts


def recused_in(marks: dict[int, str]) -> frozenset[int]:
    return frozenset(number for number, mark in marks.items() if mark == "recused")


@st.composite
def boxes(draw, most_names: int = 6, most_seats: int = 9) -> Box:
    names = draw(st.integers(1, most_names))
    seats = draw(st.integers(1, most_seats))
    recused = {number: draw(st.sets(st.integers(0, seats - 1), max_size=seats)) for number in range(1, names + 1)}
    votes = []
    for seat in sorted(draw(st.sets(st.integers(0, seats - 1)))):  # the others stay away
        marks = {
            number: "recused" if seat in out else draw(st.sampled_from(["yes", "no", "abstain"]))
            for number, out in recused.items()
        }
        votes.append(marks)
    form = Form(
        meeting="committee-1",
        sheet=str(draw(st.integers(1, 99))),
        title="示例精密工程师",
        members=seats,
        seats=seats,
        names={number: f"第{number}人" for number in recused},
        recused={number: len(out) for number, out in recused.items()},
        pass_num=2,
        pass_den=3,
        suite=draw(st.sampled_from([sealing.ON_SERVER, sealing.IN_BROWSER])),
    )
    return Box(form, votes)


EXAMPLE = Box(
    Form(
        meeting="committee-1",
        sheet="7",
        title="示例精密工程师",
        members=5,
        seats=5,
        names={1: "张三", 2: "李四"},
        recused={1: 0, 2: 1},
        pass_num=2,
        pass_den=3,
    ),
    [{1: "yes", 2: "recused"}, {1: "yes", 2: "no"}, {1: "yes", 2: "abstain"}, {1: "yes", 2: "yes"}],
)
