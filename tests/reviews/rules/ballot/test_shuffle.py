"""Where a member's slip lands says nothing about when he voted (B3): 2,000 boxes of nine, and the control."""

import pytest

from reviews.rules.ballot import unsealing
from reviews.rules.ballot.form import Form
from reviews.rules.ballot.plaintext import Ballot, encode, roots_from

SEATS, MEETINGS = 9, 2000
FORM = Form("committee-1", "1", "示例", SEATS, SEATS, {1: "张三"}, {1: 0}, 2, 3)
SURELY_UNEVEN = 161.0  # χ² with 64 degrees of freedom: p = 10⁻⁹ or so lies at 170, p = 10⁻⁴ at 116


class Open:
    """A key pair that opens what was never sealed: the order is what is tried here."""

    def open(self, sealed: bytes, context: bytes, suite: str) -> bytes:
        return sealed


BALLOTS = [Ballot({1: "yes"}, roots_from(bytes([seat]) * 16, [1])) for seat in range(SEATS)]
BOX = [unsealing.Sealed(encode(one, FORM.hash, FORM.numbers), frozenset()) for one in BALLOTS]
SEAT_OF = {one.codes(FORM.hash)[1]: seat for seat, one in enumerate(BALLOTS)}


def chi_square() -> float:
    """Over the table seat × place of his slip."""
    table = [[0] * SEATS for _ in range(SEATS)]
    for _ in range(MEETINGS):
        for place, slip in enumerate(unsealing.unseal(BOX, Open(), FORM).slips):
            table[SEAT_OF[slip.code]][place] += 1
    expected = MEETINGS / SEATS
    return sum((cell - expected) ** 2 / expected for row in table for cell in row)


def test_every_place_is_as_likely_for_every_seat():
    assert chi_square() < SURELY_UNEVEN


def test_without_the_shuffle_the_test_would_see_it(monkeypatch):
    class Lazy:
        def shuffle(self, slips):
            pass

    monkeypatch.setattr(unsealing.secrets, "SystemRandom", Lazy)
    assert chi_square() == pytest.approx(MEETINGS * SEATS * (SEATS - 1))
