"""The scope of a review authority: series, specialities, levels (办法六（二）, PR-2)."""

from collections.abc import Collection

from jiaxing_titles.reasons import Reason

SERIES = "工程技术"
CLAUSE = "办法六（二）、六（三）"


def scope_reasons(
    level: str, speciality: str, *, levels: Collection[str], specialities: Collection[str]
) -> list[Reason]:
    """PR-2: what lies outside is void, so it is refused; arguments are level values and speciality codes."""
    reasons = []
    if level not in levels:
        text = "申报级别不在企业被授予的评审权限内，评审结果将一律无效。"
        reasons.append(Reason(text, CLAUSE, "PR-2", "G7", field="level"))
    if speciality not in specialities:
        text = "申报专业不在企业被授予的评审权限内，评审结果将一律无效。"
        reasons.append(Reason(text, CLAUSE, "PR-2", "G7", field="speciality"))
    return reasons
