"""The three fractions of the procedure, in integers (办法五（二）; 出席与通过 by the dated settings of the year).

A fraction is given as numerator and denominator (1/3, 2/3); nothing here divides into decimals: 2 of 3 is two
thirds, and 0.667 is not.
"""

from dataclasses import dataclass


def external_ratio_holds(external: int, total: int, num: int, den: int) -> bool:
    """外聘专家一般不超过三分之一: `den * external <= num * total`."""
    return den * external <= num * total


def internals_to_add(external: int, total: int, num: int, den: int) -> int:
    """How many members of the enterprise bring the ratio within the limit; 0 when it is."""
    return max(0, _at_least(den * external, num) - total)


def externals_allowed(total: int, num: int, den: int) -> int:
    """The most external members that a list of `total` may have."""
    return num * total // den


def quorum_needed(members: int, num: int, den: int) -> int:
    """The fewest present members that make the quorum."""
    return _at_least(num * members, den)


def quorum_met(present: int, members: int, num: int, den: int) -> bool:
    """`den * present >= num * members`; a body without members has no quorum."""
    return members > 0 and den * present >= num * members


def votes_needed(attending: int, num: int, den: int) -> int:
    """The fewest yes votes that pass; never none."""
    return max(1, _at_least(num * attending, den))


def votes_pass(yes: int, attending: int, num: int, den: int) -> bool:
    """`den * yes >= num * attending`; who abstains attends, and nobody's yes passes nobody."""
    return attending > 0 and yes >= votes_needed(attending, num, den)


def _at_least(amount: int, den: int) -> int:
    return -(-amount // den)


@dataclass(frozen=True, slots=True)
class ExternalRatio:
    """外聘专家 in a list or among those signed in. `to_add` members of the enterprise would bring it within."""

    holds: bool
    external: int
    total: int
    allowed: int
    to_add: int
    sentence: str
    hint: str


def external_ratio(external: int, total: int, num: int = 1, den: int = 3) -> ExternalRatio:
    """The live meter (F-41); `hint` tells how near the limit is, or what brings the list within it."""
    _natural(external, total)
    if external > total:
        raise ValueError("more external members than members")
    holds = external_ratio_holds(external, total, num, den)
    allowed, to_add = externals_allowed(total, num, den), internals_to_add(external, total, num, den)
    sentence = (
        f"专家{total}人，其中外聘{external}人，{'未' if holds else ''}超过{_fraction(num, den)}（最多{allowed}人）"
    )
    if not holds:
        hint = f"需再增加{to_add}名本企业专家，或减少{external - allowed}名外聘专家"
    elif external_ratio_holds(external + 1, total + 1, num, den):
        hint = "再加1名外聘仍不超过"
    else:
        more = internals_to_add(external + 1, total + 1, num, den)
        hint = f"再加1名外聘则超过，须同时增加{more}名本企业专家"
    return ExternalRatio(holds, external, total, allowed, to_add, sentence, hint)


@dataclass(frozen=True, slots=True)
class Quorum:
    """Whether enough members are present."""

    holds: bool
    members: int
    present: int
    needed: int
    sentence: str


def quorum(present: int, members: int, num: int = 2, den: int = 3) -> Quorum:
    """实到人数达到应到人数的三分之二. Raises ValueError when more are present than there are members."""
    _natural(present, members)
    if present > members:
        raise ValueError("more present than members")
    holds, needed = quorum_met(present, members, num, den), quorum_needed(members, num, den)
    ending = "达到法定人数" if holds else f"还差{max(needed, 1) - present}人"
    return Quorum(holds, members, present, needed, f"应到{members}人，实到{present}人，须到{needed}人，{ending}")


@dataclass(frozen=True, slots=True)
class Vote:
    """The result for one name."""

    holds: bool
    members: int
    attending: int
    yes: int
    needed: int
    sentence: str


def vote(yes: int, attending: int, members: int, num: int = 2, den: int = 3) -> Vote:
    """同意票 reach two thirds of those attending; who abstains or hands in an invalid mark attends.

    `attending` is without those recused for this name. Raises ValueError when the counts contradict each other.
    """
    _natural(yes, attending, members)
    if yes > attending or attending > members:
        raise ValueError("more votes than attending, or more attending than members")
    holds, needed = votes_pass(yes, attending, num, den), votes_needed(attending, num, den)
    sentence = f"应到{members}实到{attending}，需≥{needed}票，得{yes}票，{'通过' if holds else '未通过'}"
    return Vote(holds, members, attending, yes, needed, sentence)


def _natural(*counts: int) -> None:
    if min(counts) < 0:
        raise ValueError("a count is negative")


_NUMERALS = "零一二三四五六七八九"


def _fraction(num: int, den: int) -> str:
    if 0 < num < 10 and 0 < den < 10:
        return f"{_NUMERALS[den]}分之{_NUMERALS[num]}"
    return f"{num}/{den}"
