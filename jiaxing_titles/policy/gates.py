"""What stands against issuing an interpretation (办法六（四）)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiaxing_titles import clock
from jiaxing_titles.reasons import Reason
from jiaxing_titles.ui.formats import cn_date

if TYPE_CHECKING:
    from jiaxing_titles.policy.models import Interpretation

CLAUSE, RULE = "办法六（四）", "R-6.4.2"


def interpretation(case: Interpretation) -> list[Reason]:
    """It judges from its day on, never backwards; and no day has two answers to one question."""
    if case.effective_on < clock.today():
        text = f"施行日期{cn_date(case.effective_on)}已过，解释不溯及以前。"
        return [Reason(text, CLAUSE, RULE, field="effective_on", remedy="请退回，改为今天或以后的日期。")]
    others = type(case)._default_manager.filter(question=case.question, state="issued").exclude(pk=case.pk)
    if same := others.filter(effective_on=case.effective_on).first():
        text = f"{same.number}也在{cn_date(case.effective_on)}施行，同一问题一天只能有一个答复。"
        return [Reason(text, CLAUSE, RULE, field="effective_on", remedy="请退回，改为另一天。")]
    return []
