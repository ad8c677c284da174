"""Where a member's slip lies in the table and in its index says nothing about when he voted (trust B3).

tests/reviews/rules/ballot/test_shuffle.py asks the same of the shuffle alone, in the suite.
"""

from __future__ import annotations

import os

import pytest
from django.db import connection

from reviews.models import Slip
from reviews.rules.ballot import unsealing
from reviews.rules.ballot.plaintext import Ballot, encode, roots_from
from tests.reviews.rules.ballot.test_shuffle import FORM, SURELY_UNEVEN, Open
from tests.scenes.hall import triggers_off

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.rounds]
SEATS, MEETINGS = 9, 2000
HEAP, INDEX = "ctid", "code"


def chi_square(order: str) -> float:
    """χ² over the table seat × place of his slip, of 2,000 meetings written to the real table."""
    table = [[0] * SEATS for _ in range(SEATS)]
    with triggers_off(), connection.cursor() as cursor:
        for meeting in range(1, MEETINGS + 1):
            seats, sealed = {}, []
            for seat in range(SEATS):
                ballot = Ballot({1: "yes"}, roots_from(os.urandom(16), [1]))
                seats[ballot.codes(FORM.hash)[1]] = seat
                sealed.append(unsealing.Sealed(encode(ballot, FORM.hash, FORM.numbers), frozenset()))
            slips = unsealing.unseal(sealed, Open(), FORM).slips
            Slip.objects.bulk_create(
                [Slip(code=one.code, sheet_id=meeting, number=one.number, choice=one.choice) for one in slips]
            )
            cursor.execute(f"SELECT code FROM reviews_slip WHERE sheet_id = %s ORDER BY {order}", [meeting])
            for place, (code,) in enumerate(cursor.fetchall()):
                table[seats[code]][place] += 1
    expected = MEETINGS / SEATS
    return sum((cell - expected) ** 2 / expected for row in table for cell in row)


@pytest.mark.parametrize("order", [HEAP, INDEX])
def test_heap_and_index_order_tell_nothing(order):
    assert chi_square(order) < SURELY_UNEVEN


def test_without_the_shuffle_the_heap_tells_all(monkeypatch):
    class Lazy:
        def shuffle(self, slips):
            pass

    monkeypatch.setattr(unsealing.secrets, "SystemRandom", Lazy)
    assert chi_square(HEAP) == pytest.approx(MEETINGS * SEATS * (SEATS - 1))
