"""What must hold before a round opens, closes and goes on the wall."""

from __future__ import annotations

from typing import Any

from applications.choices import ApplicationState
from enterprises.queries import standing
from jiaxing_titles import clock
from jiaxing_titles.reasons import Reason
from jiaxing_titles.ui.formats import cn_date

S = ApplicationState


def opening(year: Any) -> list[Reason]:
    """G6: an approved plan, the right to review, dates that leave room for the notice."""
    found = list(standing(year.enterprise, year.cycle, clock.today()).reasons)
    if year.plan.state != "approved":
        text = "试点工作方案还没有经市人力社保局审核通过。"
        found.append(Reason(text, "办法五（一）", "R-5.1.9", "G6", remedy="方案审核通过后再启动。"))
    if year.closes_on < clock.today():
        text = f"申报截止日{cn_date(year.closes_on)}已经过去。"
        found.append(Reason(text, "办法五（二）", "R-5.2.1", "G6", "closes_on", "改截止日。"))
    return found


def closing(year: Any) -> list[Reason]:
    """After its last day, or earlier when nobody is still writing."""
    if clock.today() > year.closes_on:
        return []
    writing = year.applications.filter(state__in=[S.DRAFT, S.RETURNED]).count()
    if not writing:
        return []
    return [
        Reason(
            f"还有{writing}人的申报没有提交，{cn_date(year.closes_on)} 24:00 前不能提前截止。",
            "办法五（二）",
            "R-5.2.1",
            remedy="等到截止日，或请本人提交或撤回。",
        )
    ]


def undecided(year: Any) -> list[Reason]:
    """Decision 37: everybody who submitted is decided before the notice opens, and somebody is recommended."""
    waiting = list(
        year.applications.filter(state__in=S.undecided()).order_by("pk").values_list("person__name", flat=True)[:21]
    )
    found = []
    if waiting:
        names = "、".join(waiting[:20]) + ("等" if len(waiting) > 20 else "")
        found.append(
            Reason(
                f"还有申报人没有审核结论：{names}。",
                "办法五（二）",
                "R-5.2.2",
                "G8",
                remedy="所有申报人员都须公示：逐人审核通过，或写明理由不予推荐。",
            )
        )
    if not year.applications.filter(state=S.ENDORSED).exists():
        found.append(Reason("还没有审核通过的申报人，没有可公示的名单。", "办法五（二）", "R-5.2.2", "G9"))
    return found
