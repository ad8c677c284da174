"""综合评价 in integers (办法五（二）): scores inform the panel and never decide (F-54).

Weights are percents that make 100; a total is the sum of weight × score, so hundredths of a point from 0 to 10,000.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FEWEST_TO_DROP = 5
"""With fewer totals the highest and the lowest stay: dropping two of four would let two people speak for all."""


def total(scores: Mapping[str, int], weights: Mapping[str, int]) -> int:
    """Hundredths of a point. Raises ValueError unless both name the same dimensions and the weights make 100."""
    if scores.keys() != weights.keys() or sum(weights.values()) != 100:
        raise ValueError("scores and weights do not fit each other")
    return sum(weights[name] * score for name, score in scores.items())


def points(hundredths: int) -> str:
    """`87.35`."""
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def unexplained(scores: Mapping[str, int], labels: Mapping[str, str], comment: str, threshold: int) -> str:
    """Which scores below the plan's threshold stand there without a written reason; empty when none does."""
    low = [f"{labels[name]}{score}分" for name, score in scores.items() if score < threshold]
    return f"{'、'.join(low)}，低于方案定的{threshold}分，请写明理由。" if low and not comment.strip() else ""


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of the experts' totals in hundredths, half a hundredth upwards; `counted` of `given` went in."""

    hundredths: int
    counted: int
    given: int
    sentence: str


def mean(totals: Sequence[int], *, drops_extremes: bool) -> Mean | None:
    """None without totals. One highest and one lowest are dropped where the plan says so and enough were given."""
    if not totals:
        return None
    kept = sorted(totals)
    dropped = drops_extremes and len(kept) >= FEWEST_TO_DROP
    if dropped:
        kept = kept[1:-1]
    value = (2 * sum(kept) + len(kept)) // (2 * len(kept))
    how = f"去掉一个最高分和一个最低分，{len(kept)}人平均" if dropped else "全部计入平均"
    return Mean(value, len(kept), len(totals), f"{len(totals)}人评价，{how}{points(value)}分")


def reaches(found: Mean, threshold: int) -> bool:
    return found.hundredths >= 100 * threshold


def advice(found: Mean, threshold: int) -> str:
    """What the scores suggest; the ballot decides, and nobody has to follow this."""
    reached = reaches(found, threshold)
    return f"平均分{'达到' if reached else '未达到'}方案阈值{threshold}分，评分建议{'通过' if reached else '不通过'}"
