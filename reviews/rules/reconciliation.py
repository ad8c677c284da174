"""办法五（二）、五（三）：上报之前，申报人数与各种结果逐人核对为零 (F-60).

applied = passed + failed + postponed + not endorsed + withdrawn + disqualified, person by person.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from jiaxing_titles.reasons import Reason

UNSETTLED = "unsettled"


@dataclass(frozen=True)
class Ledger:
    """Applicants of a round against their ends. `difference` must be zero before anything is reported."""

    applied: int
    ends: Mapping[str, int]
    unsettled: tuple[str, ...]

    @property
    def settled(self) -> int:
        return sum(self.ends.values())

    @property
    def difference(self) -> int:
        return self.applied - self.settled


def reconcile(outcomes: Mapping[str, str]) -> Ledger:
    """`outcomes` maps a person as shown (`王某（机械设计）`) to the one end he reached, or `unsettled`."""
    ends = Counter(outcome for outcome in outcomes.values() if outcome != UNSETTLED)
    return Ledger(len(outcomes), dict(ends), tuple(name for name, end in outcomes.items() if end == UNSETTLED))


def unmet(ledger: Ledger) -> list[Reason]:
    """Why the result may not be reported yet; names everybody whose end is missing."""
    if ledger.applied == 0:
        return [_reason("本年度没有申报人员，没有可上报的结果。", "")]
    if ledger.difference:
        named = "、".join(ledger.unsettled[:10]) + ("等" if len(ledger.unsettled) > 10 else "")
        return [
            _reason(
                f"申报 {ledger.applied} 人，已有结果 {ledger.settled} 人，差 {ledger.difference} 人：{named}。",
                "请先完成其评审、考核认定或终止办理。",
            )
        ]
    return []


def _reason(text: str, remedy: str) -> Reason:
    return Reason(text, clause="办法五（三）", rule="R-5.3.2", gate="G13", remedy=remedy)
