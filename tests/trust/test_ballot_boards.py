"""The board's verifier at length (trust B9): it accepts what is true and nothing that differs in one byte.

tests/reviews/rules/ballot/test_board.py does the same in short, and tries forgeries with fresh hashes.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from reviews.rules.ballot import verify_board
from reviews.rules.ballot.form import digest
from tests.reviews.rules.ballot.boxes import EXAMPLE, boxes

pytestmark = pytest.mark.rounds


@settings(max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))
@given(boxes())
def test_a_thousand_random_boards_are_accepted(box):
    text, _, receipts = box.board()
    assert verify_board.problems(text.encode(), digest(text), receipts) == []


def test_every_value_of_every_byte_but_the_right_one_is_refused():
    data = EXAMPLE.board()[0].encode()
    assert verify_board.problems(data) == []
    accepted = [
        (place, value)
        for place in range(len(data))
        for value in range(256)
        if value != data[place] and not verify_board.problems(data[:place] + bytes([value]) + data[place + 1 :])
    ]
    assert accepted == []
