"""The approved list as text and its SHA-256: what was decided is what is published (F-10)."""

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from jiaxing_titles.reasons import Reason

CLAUSE = "办法四（二）"


@dataclass(frozen=True)
class Line:
    """One company as it stands on the list; levels and specialities by value and code."""

    credit_code: str
    name: str
    outcome: str
    levels: Collection[str]
    specialities: Collection[str]
    reason: str


def digest(lines: Iterable[Line]) -> str:
    """SHA-256 (hex) over the lines in the order of the credit code, one JSON array a line: anyone can redo it."""
    rows = sorted(
        json.dumps(
            [line.credit_code, line.name, line.outcome, sorted(line.levels), sorted(line.specialities), line.reason],
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for line in lines
    )
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def completeness_reasons(lines: Iterable[Line]) -> list[Reason]:
    """A list may go up when it names somebody and each line says what is granted or why it is refused."""
    lines = list(lines)
    if not lines:
        return [Reason("名单里还没有企业。", CLAUSE, "R-4.2c", "G4", remedy="请先把已复核的企业列入名单。")]
    reasons = []
    for line in lines:
        if line.outcome == "approve" and not (line.levels and line.specialities):
            text = f"{line.name}拟核准，但还没有写明授予的级别和专业。"
            reasons.append(Reason(text, "办法六（二）", "R-6.2.3", "G4", remedy="请在名单中补上授权范围。"))
        if line.outcome == "refuse" and not line.reason.strip():
            text = f"{line.name}拟不予核准，但没有写明理由。"
            reasons.append(Reason(text, CLAUSE, "R-4.2b", "G4", remedy="请逐项写明哪一项条件不符合。"))
    return reasons


def decision_reasons(decided: str, current: str) -> list[Reason]:
    """G4: the list at publication is byte for byte the one that was decided."""
    if decided == current:
        return []
    text = "名单内容与审定时不一致，不能公布。"
    return [Reason(text, CLAUSE, "R-4.2c", "G4", remedy="请退回重新起草、审核、审定。")]
