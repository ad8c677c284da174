"""G9: nobody goes on before his own days of notice are over and no objection stands (PR-5, PR-8)."""

from __future__ import annotations

from typing import Any

from applications.gates.application import employed_here, enterprise_may_review, in_scope
from jiaxing_titles import clock
from jiaxing_titles.reasons import Reason
from jiaxing_titles.ui.formats import cn_date


def entering(application: Any) -> list[Reason]:
    """On the way to the wall: still employed, in scope, company in good standing."""
    return [*employed_here(application), *in_scope(application), *enterprise_may_review(application)]


def finished(application: Any) -> list[Reason]:
    """The person's own period has ended with nothing open against him (办法五（二））."""
    line = getattr(application, "roster_entry", None)
    if line is None or line.entry is None:
        text = f"{application.person}没有经过单位公示。"
        return [Reason(text, "办法五（二）", "PR-5", "G9", remedy="先发布单位公示。")]
    entry, today = line.entry, clock.today()
    if entry.removed_at is not None:
        return [Reason(f"{application.person}已从公示中撤下：{entry.removal_reason}", "办法五（二）", "R-5.2.2", "G9")]
    if not entry.is_over(today):
        until = f"到{cn_date(entry.ends_on)} 24:00" if entry.ends_on else "还没有起算"
        return [Reason(f"{application.person}的公示期{until}，不能缩短。", "办法五（二）", "PR-5", "G9")]
    if not entry.is_clear(today):
        text = f"{application.person}有公示异议正在核查或已成立。"
        return [Reason(text, "办法五（二）", "PR-8", "G9", remedy="异议不成立后继续；成立的，终止其申报。")]
    return []
