"""The conditions a pilot company must meet together (办法三), and the materials that show it (办法四（一）)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from jiaxing_titles.reasons import Reason

CONDITIONS_CLAUSE = "办法三"
MATERIALS_CLAUSE = "办法四（一）"


@dataclass(frozen=True)
class Judgement:
    """One condition as one desk sees it: verdict met | unmet | unclear | "" (not judged); `proven` = proof is named."""

    rule: str
    label: str
    verdict: str
    proven: bool


def self_check_reasons(judgements: Iterable[Judgement]) -> list[Reason]:
    """G2 for the company: every condition answered 符合 and each answer tied to a file or a list."""
    reasons = []
    for item in judgements:
        if not item.verdict:
            reasons.append(_reason(item, "还没有自查", "请填写自查结论。"))
        elif item.verdict != "met":
            reasons.append(_reason(item, "自查不符合", "四项须同时具备，具备后再申请。"))
        elif not item.proven:
            reasons.append(_reason(item, "没有指明证明材料", "请写明哪份材料、第几页可以证明。"))
    return reasons


def recommendation_reasons(judgements: Iterable[Judgement]) -> list[Reason]:
    """G2 for the county (and the city approving): all conditions 符合, otherwise it cannot be recommended (R-3.2e)."""
    reasons = []
    for item in judgements:
        if not item.verdict:
            reasons.append(_reason(item, "还没有审查结论", "请逐项填写审查结论。"))
        elif item.verdict != "met":
            reasons.append(_reason(item, "审查结论不是“符合”", "试点企业须同时具备全部条件。"))
    return reasons


def material_reasons(counts: Mapping[str, int], required: Iterable[tuple[str, str]]) -> list[Reason]:
    """G2: each required slot (value, 中文名) holds at least one file."""
    return [
        Reason(f"还没有上传{label}。", MATERIALS_CLAUSE, "R-4.1d", "G2", field=slot, remedy="请在“材料上传”中补齐。")
        for slot, label in required
        if not counts.get(slot)
    ]


def _reason(item: Judgement, finding: str, remedy: str) -> Reason:
    return Reason(f"“{item.label}”{finding}。", CONDITIONS_CLAUSE, item.rule, "G2", remedy=remedy)
