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
    """`votes`: one mapping number → mark for each seat that voted."""

    form: Form
    votes: list[dict[int, str]]

    def plain(self) -> list[bytes]:
        found = []
        for marks in self.votes:
            codes = plaintext.check_codes(os.urandom(16), self.form.numbers)
            ballot = plaintext.Ballot(marks, codes)
            found.append(plaintext.encode(ballot, self.form.hash, self.form.numbers))
        return found

    def sealed(self) -> list[bytes]:
        return [sealing.seal(one, KEY.public, self.form.context) for one in self.plain()]

    def board(self) -> tuple[str, unsealing.Unsealed, list[str]]:
        sealed = self.sealed()
        receipts = [sealing.receipt_of(one) for one in sealed]
        unsealed = unsealing.unseal(sealed, PAIR, self.form)
        return board_file(self.form, receipts, unsealed), unsealed, receipts


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
