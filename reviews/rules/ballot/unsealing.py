"""From sealed ballots to slips and totals: open all, drop what is none, shuffle, count."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reviews.rules import thresholds
from reviews.rules.ballot.form import Form
from reviews.rules.ballot.plaintext import CHOICES, RECUSED, Ballot, NotABallot, decode
from reviews.rules.ballot.sealing import CannotOpen, KeyPair


@dataclass(frozen=True)
class Sealed:
    """One ballot in the box. `recused`: the numbers on which its seat, which is not named, has no vote."""

    data: bytes
    recused: frozenset[int]


@dataclass(frozen=True)
class Slip:
    """One mark beside one name, of nobody."""

    number: int
    code: str
    choice: str


@dataclass(frozen=True)
class Tally:
    """Totals of one name; the five sum up to the ballots in the box."""

    number: int
    yes: int
    no: int
    abstain: int
    recused: int
    invalid: int
    attending: int
    passed: bool


@dataclass(frozen=True)
class Unsealed:
    """`slips` in an order that says nothing; `invalid`: ballots that count as a spoilt paper does."""

    slips: list[Slip]
    tallies: list[Tally]
    ballots: int
    invalid: int


def unseal(box: Iterable[Sealed], pair: KeyPair, form: Form) -> Unsealed:
    """Opens and counts. Invalid is a ballot that does not open, is none of this form, marks a name for which its seat
    is recused or leaves out another, or shows a check code that a second ballot shows as well (then both are)."""
    context, form_hash, numbers = form.context, form.hash, form.numbers
    opened: list[tuple[Ballot, dict[int, str]]] = []
    ballots = 0
    for one in box:
        ballots += 1
        try:
            ballot = decode(pair.open(one.data, context, form.suite), form_hash, numbers)
        except (CannotOpen, NotABallot):
            continue
        if {number for number, mark in ballot.marks.items() if mark == RECUSED} == one.recused:
            opened.append((ballot, ballot.codes(form_hash)))
    shown = Counter(code for _, codes in opened for code in codes.values())
    valid = [(ballot, codes) for ballot, codes in opened if all(shown[code] == 1 for code in codes.values())]
    slips = [
        Slip(number, codes[number], mark)
        for ballot, codes in valid
        for number, mark in ballot.marks.items()
        if mark != RECUSED
    ]
    secrets.SystemRandom().shuffle(slips)
    invalid = ballots - len(valid)
    return Unsealed(slips, count(slips, form, ballots, invalid), ballots, invalid)


def count(slips: Sequence[Slip], form: Form, ballots: int, invalid: int) -> list[Tally]:
    """Totals and result of every name; what was neither yes, no nor abstain on a valid ballot was struck out.

    ValueError when more ballots are recused for a name than the form has seats recused: then it is not the box.
    """
    given = Counter((one.number, one.choice) for one in slips)
    found = []
    for number in form.numbers:
        marks = {choice: given[number, choice] for choice in CHOICES}
        recused = ballots - invalid - sum(marks.values())
        if not 0 <= recused <= form.recused.get(number, 0):
            raise ValueError("more recused ballots than recused seats")
        attending = form.attending(number)
        passed = thresholds.votes_pass(marks["yes"], attending, form.pass_num, form.pass_den)
        found.append(Tally(number, marks["yes"], marks["no"], marks["abstain"], recused, invalid, attending, passed))
    return found


def unanimous(tally: Tally) -> str:
    """The choice that all valid marks of a name share, which tells how everybody voted; empty otherwise."""
    marks = {"yes": tally.yes, "no": tally.no, "abstain": tally.abstain}
    given = [choice for choice, number in marks.items() if number]
    return given[0] if len(given) == 1 else ""
