"""评审机构的组成 (办法五（二）：原则上由本企业的专业技术骨干组成，外聘专家一般不超过三分之一)."""

from collections.abc import Sequence
from dataclasses import dataclass

from jiaxing_titles.policy.rules import Policy
from jiaxing_titles.reasons import Reason
from reviews.rules import thresholds

CLAUSE = "办法五（二）"
SENIOR = frozenset({"full_senior", "senior"})


@dataclass(frozen=True)
class Seat:
    """A listed member, as far as the rules look at him."""

    name: str
    external: bool
    rank: str
    is_chair: bool
    term_over: bool
    is_applicant: bool


def unmet(seats: Sequence[Seat], policy: Policy, *, over_ratio_reason: str = "") -> list[Reason]:
    """What keeps the panel from being filed. Over a third external needs a written reason; the city decides on it."""
    found = []
    if len(seats) < policy.panel_min:
        found.append(_reason(f"评审机构现有 {len(seats)} 人，至少须 {policy.panel_min} 人。", "Q-11"))
    if not any(seat.is_chair for seat in seats):
        found.append(_reason("还没有确定主任委员。", "R-5.2.7"))
    found += [_reason(f"{seat.name}的聘期已过，不能列入评审机构。", "R-5.2.7") for seat in seats if seat.term_over]
    found += [
        _reason(f"{seat.name}是本年度申报人，不能同时担任评审专家。", "R-5.2.7") for seat in seats if seat.is_applicant
    ]
    if not ratio_kept(seats, policy) and not over_ratio_reason.strip():
        shown = meter(seats, policy)
        text = f"{shown.sentence}；{shown.hint}，或写明确因工作需要外聘的原因，由市局在备案时同意。"
        found.append(_reason(text, "R-5.2.8"))
    return found


def advice(seats: Sequence[Seat], policy: Policy, *, reviews_engineers: bool) -> list[str]:
    """Sentences that warn without blocking (Q-9, Q-11)."""
    found = []
    if policy.panel_min <= len(seats) < policy.panel_advised:
        found.append(f"评审机构 {len(seats)} 人，建议不少于 {policy.panel_advised} 人。")
    if len(seats) % 2 == 0 and seats:
        found.append(f"评审机构 {len(seats)} 人为偶数，建议为奇数。")
    seniors = sum(seat.rank in SENIOR for seat in seats)
    if reviews_engineers and 2 * seniors < len(seats):
        found.append(f"评审工程师资格，建议至少半数评审专家具有高级职称；现有 {seniors} 人。")
    return found


def ratio_kept(seats: Sequence[Seat], policy: Policy) -> bool:
    return thresholds.external_ratio_holds(*counts(seats), policy.ext_num, policy.ext_den)


def counts(seats: Sequence[Seat]) -> tuple[int, int]:
    """(external, all)."""
    return sum(seat.external for seat in seats), len(seats)


def meter(seats: Sequence[Seat], policy: Policy) -> thresholds.ExternalRatio:
    """The live meter of the panel page (F-41)."""
    return thresholds.external_ratio(*counts(seats), policy.ext_num, policy.ext_den)


def _reason(text: str, rule: str) -> Reason:
    return Reason(text, clause=CLAUSE, rule=rule, gate="G10")
