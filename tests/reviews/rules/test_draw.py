"""The draw is a function of its published record."""

import hashlib
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.rules.draw import choose, order

ids = st.lists(st.integers(min_value=1, max_value=10**6), min_size=1, max_size=40)


@given(ids, st.text(alphabet="0123456789abcdef", min_size=64, max_size=64))
def test_whoever_has_the_record_draws_the_same_person(candidates, seed):
    chosen = choose(candidates, seed)
    assert chosen == choose(list(reversed(candidates)), seed)
    assert chosen in candidates


def test_a_third_party_can_recompute_it_by_hand():
    seed, candidates = "ab" * 32, [30, 4, 12]
    text = f"{seed}|4,12,30".encode()
    assert choose(candidates, seed) == [4, 12, 30][int(hashlib.sha256(text).hexdigest(), 16) % 3]


def test_every_candidate_has_the_same_chance():
    hits = Counter(choose([1, 2, 3, 4], f"{number:064x}") for number in range(4000))
    assert set(hits) == {1, 2, 3, 4}
    assert all(850 < hit < 1150 for hit in hits.values())


def test_nobody_to_choose_from_is_an_error():
    with pytest.raises(ValueError, match="no candidates"):
        choose([], "00")


def test_a_candidate_counts_once():
    assert order([3, 1, 3]) == [1, 3]
