"""Who is expected at a meeting, and what it lacks when only those come who said so (F-47).

Nothing here keeps a meeting from opening: the 办法 knows no answer to a notice, presence at sign-in decides.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from reviews.rules import thresholds

COMING, WAITING, NOT_COMING, UNASKED = "coming", "waiting", "not_coming", ""


@dataclass(frozen=True)
class Expected:
    """A listed member with his answer. `chairs`: he may preside."""

    seat: int
    name: str
    answer: str
    external: bool
    chairs: bool


@dataclass(frozen=True)
class Limits:
    """Quorum and, for a panel, the share of externals, with as many as the city `consented` to."""

    quorum: tuple[int, int]
    external: tuple[int, int] | None = None
    consented: int | None = None


Recused = Sequence[tuple[str, Collection[int]]]
"""Each person under review with the seats that are recused for him."""


def gaps(members: Sequence[Expected], limits: Limits, recused: Recused = ()) -> list[str]:
    """What is missing, in sentences; nothing when everybody answered and those who come can decide."""
    if not members:
        return []
    if all(one.answer == UNASKED for one in members):
        return ["还没有发会议通知。"]
    told = (("还没有通知", UNASKED), ("还没有答复", WAITING), ("答复不能出席", NOT_COMING))
    found = [f"{label}：{'、'.join(names)}。" for label, answer in told if (names := _names(members, answer))]
    if any(one.chairs for one in members) and not any(one.chairs and one.answer == COMING for one in members):
        found.append("主任委员、副主任委员都还没有确认出席。")
    return found + (_short(members, limits) or _unfit(members, limits, recused))


def _names(members: Sequence[Expected], answer: str) -> list[str]:
    return [one.name for one in members if one.answer == answer]


def _short(members: Sequence[Expected], limits: Limits) -> list[str]:
    coming, needed = len(_names(members, COMING)), thresholds.quorum_needed(len(members), *limits.quorum)
    if thresholds.quorum_met(coming, len(members), *limits.quorum):
        return []
    return [f"应到 {len(members)} 人，至少须到 {needed} 人；已确认出席 {coming} 人，还差 {needed - coming} 人。"]


def _unfit(members: Sequence[Expected], limits: Limits, recused: Recused) -> list[str]:
    """Enough come, but too many of them from outside, or too few for one of the people."""
    coming = [one for one in members if one.answer == COMING]
    external = sum(one.external for one in coming)
    found = []
    within = limits.external is None or thresholds.external_ratio_holds(external, len(coming), *limits.external)
    if not within and external > (limits.consented or 0):
        found.append(f"确认出席 {len(coming)} 人中外聘 {external} 人，超过三分之一。")
    needed = thresholds.quorum_needed(len(members), *limits.quorum)
    for person, seats in recused:
        out = sum(one.seat in seats for one in coming)
        if not thresholds.quorum_met(len(coming) - out, len(members), *limits.quorum):
            found.append(f"{person}：回避 {out} 人后确认出席 {len(coming) - out} 人，不足 {needed} 人。")
    return found
