"""Shares, seal and ballot bytes: what opens, and everything that must not (B10, B11)."""

import hashlib
import hmac
import itertools
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.rules.ballot import plaintext, sealing, shares
from tests.reviews.rules.ballot.boxes import EXAMPLE, KEY, PAIR, boxes

SUITES = ("MLKEM768-X25519,HKDF-SHA256,AES-256-GCM", "P256-HKDF-SHA256,HKDF-SHA256,AES-256-GCM")


def test_any_two_of_three_shares_open_and_one_does_not():
    for pair in itertools.permutations(KEY.shares, 2):
        assert shares.rebuild(pair, KEY.public).public == KEY.public
    for share in KEY.shares:
        with pytest.raises(shares.WrongShares):
            shares.rebuild([share], KEY.public)
        with pytest.raises(shares.WrongShares):
            shares.rebuild([share, share], KEY.public)
    with pytest.raises(shares.WrongShares):
        shares.rebuild([], KEY.public)


def test_what_stands_on_a_slip_of_paper_never_changes():
    share = shares.Share(2, b"demo: no secret!")
    assert share.text == "2-6465-6d6f-3a20-6e6f-2073-6563-7265-7421-9bd2"  # the last four: CRC-16/XMODEM
    assert share.fingerprint == hashlib.sha256(b"share 2 demo: no secret!").hexdigest()


def test_nine_holders_are_the_most():
    many = shares.deal(9, 9)
    assert [share.index for share in many.shares] == list(range(1, 10))
    assert shares.rebuild(many.shares, many.public).public == many.public


def test_one_of_one_opens():
    alone = shares.deal(1, 1)
    assert shares.rebuild(alone.shares, alone.public).public == alone.public


def test_a_share_of_another_meeting_is_refused():
    other = shares.deal(2, 3)
    with pytest.raises(shares.WrongShares):
        shares.rebuild([KEY.shares[0], other.shares[1]], KEY.public)
    with pytest.raises(shares.WrongShares):
        shares.rebuild(other.shares[:2], KEY.public)


@pytest.mark.parametrize(("needed", "holders"), [(0, 1), (2, 1), (1, 10)])
def test_impossible_splits_are_refused(needed, holders):
    with pytest.raises(ValueError, match="nine at most"):
        shares.deal(needed, holders)


def test_a_typed_share_is_read_with_hyphens_spaces_and_capitals():
    for share in KEY.shares:
        for typed in (
            share.text,
            share.text.replace("-", ""),
            share.text.upper().replace("-", " "),
            f" {share.text}\n",
        ):
            assert shares.read_share(typed) == share


@given(st.integers(0, 36), st.sampled_from("0123456789abcdef"))
def test_a_mistyped_digit_is_told_before_anything_is_tried(place, digit):
    text = KEY.shares[0].text.replace("-", "")
    typed = text[:place] + digit + text[place + 1 :]
    if typed == text:
        return
    with pytest.raises(shares.UnreadableShare):
        shares.read_share(typed)


def test_a_share_never_shows_itself():
    assert KEY.shares[0].secret.hex() not in repr(KEY.shares) + repr(KEY)
    assert len(set(KEY.fingerprints)) == 3


@pytest.mark.parametrize("suite", SUITES)
def test_a_ballot_opens_only_in_its_own_context_and_unaltered(suite):
    form, plain = EXAMPLE.form, EXAMPLE.plain()[0]
    sealed = sealing.seal(plain, KEY.public, form.context, suite)
    assert PAIR.open(sealed, form.context, suite) == plain
    assert len(sealed) == sealing.sealed_length(len(plain), suite)
    for context in (b"", b"committee-2" + form.context[11:], form.context + b"x"):
        with pytest.raises(sealing.CannotOpen):
            PAIR.open(sealed, context, suite)
    for spoiled in (b"", sealed[:-1], sealed + b"x", sealed[:5] + bytes([sealed[5] ^ 1]) + sealed[6:]):
        with pytest.raises(sealing.CannotOpen):
            PAIR.open(spoiled, form.context, suite)
    (another,) = set(SUITES) - {suite}
    with pytest.raises(sealing.CannotOpen):
        PAIR.open(sealed, form.context, another)
    other = shares.deal(1, 1)
    with pytest.raises(sealing.CannotOpen):
        shares.rebuild(other.shares, other.public).open(sealed, form.context, suite)


def test_the_key_of_a_seed_never_changes():
    """Shares are on paper: what a seed stands for must be the same after every update of the product."""
    found = hashlib.sha256(sealing.KeyPair(bytes(range(16))).public).hexdigest()
    assert found == "05b74ffa4792edb171ef8a6ec8adb05cbdf70a100d06158800adf0b726a201cd"


def test_a_ballot_sealed_in_the_browser_is_small():
    """Thirty names: far below 8 KB, with room on the slowest line."""
    assert sealing.sealed_length(plaintext.length(30), sealing.IN_BROWSER) == 65 + 33 + 330 + 16


@given(boxes())
def test_every_ballot_of_a_sheet_is_equally_long(box):
    assert len({len(one.data) for one in box.sealed()}) <= 1


@given(boxes())
def test_what_is_encoded_is_decoded(box):
    for marks, data in zip(box.votes, box.plain(), strict=True):
        ballot = plaintext.decode(data, box.form.hash, box.form.numbers)
        assert ballot.marks == marks
        assert plaintext.encode(ballot, box.form.hash, box.form.numbers) == data


def test_the_bytes_that_a_phone_writes_as_well():
    """static/ballot/sealing.js does the same: neither may change alone."""
    marks = {1: "yes", 2: "no", 3: "abstain", 258: "recused"}
    roots = {number: bytes([number % 256]) * 10 for number in marks}
    ballot, form_hash = plaintext.Ballot(marks, roots), "ab" * 32
    assert plaintext.encode(ballot, form_hash, [1, 2, 3, 258]) == (
        b"\x01" + b"\xab" * 32 + b"YNAR" + b"\x01" * 10 + b"\x02" * 10 + b"\x03" * 10 + b"\x02" * 10
    )
    codes = ballot.codes(form_hash)
    assert codes[1] == hashlib.sha256(b"\xab" * 32 + b"\x00\x01" + b"\x01" * 10).hexdigest()[:20]
    assert codes[258] == hashlib.sha256(b"\xab" * 32 + b"\x01\x02" + b"\x02" * 10).hexdigest()[:20]
    assert EXAMPLE.form.context == b"committee-1|7|" + EXAMPLE.form.hash.encode()


@given(st.binary(max_size=80))
def test_bytes_that_are_no_ballot_are_refused(data):
    with pytest.raises(plaintext.NotABallot):
        plaintext.decode(data, EXAMPLE.form.hash, EXAMPLE.form.numbers)


def test_a_letter_a_version_and_a_form_out_of_place_are_refused():
    form, data = EXAMPLE.form, EXAMPLE.plain()[1]
    for spoiled in (b"\x02" + data[1:], data[:1] + b"\x00" * 32 + data[33:], data[:33] + b"?" + data[34:]):
        with pytest.raises(plaintext.NotABallot):
            plaintext.decode(spoiled, form.hash, form.numbers)


@pytest.mark.parametrize("marks", [{1: "yes"}, {1: "yes", 2: "maybe"}, {1: "yes", 2: "no", 3: "no"}])
def test_a_ballot_with_a_name_too_few_or_too_many_is_not_made(marks):
    roots = plaintext.roots_from(os.urandom(16), EXAMPLE.form.numbers)
    with pytest.raises(ValueError):
        plaintext.encode(plaintext.Ballot(marks, roots), EXAMPLE.form.hash, EXAMPLE.form.numbers)


def test_roots_differ_by_name_and_seed():
    one, other = (plaintext.roots_from(os.urandom(16), list(range(1, 31))) for _ in range(2))
    assert len({*one.values(), *other.values()}) == 60
    seed = bytes(range(16))
    assert plaintext.roots_from(seed, [7])[7] == hmac.digest(seed, b"check code 7", "sha256")[:10]
    with pytest.raises(ValueError):
        plaintext.roots_from(b"short", [1])
