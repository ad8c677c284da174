"""When a pilot application may be filed: 每年第一季度 (办法四（一）), later only by a named exception (D-1)."""

from datetime import date

from jiaxing_titles.reasons import Reason
from jiaxing_titles.ui.formats import cn_date

CLAUSE = "办法四（一）"


def window_reasons(day: date, *, opens_on: date, closes_on: date, late_granted: bool = False) -> list[Reason]:
    """Gate G1 on `day` (Asia/Shanghai, both ends of the window included); an exception only opens the late side."""
    if day < opens_on:
        text = f"试点申请从{cn_date(opens_on)}开始受理，现在还不能提交。"
        return [Reason(text, CLAUSE, "R-4.1a", "G1", remedy="可以先填好并保存，开放后再提交。")]
    if day > closes_on and not late_granted:
        text = f"{cn_date(closes_on)}24:00已停止受理本年度试点申请。"
        remedy = "草稿已保留，下一年度可以沿用；确有特殊情况的，请联系市人社局，由局领导同意后补报。"
        return [Reason(text, CLAUSE, "R-4.1a", "G1", remedy=remedy)]
    return []


def correction_reasons(day: date, due_on: date | None) -> list[Reason]:
    """A returned application is resubmitted by the day named in the 一次性告知单, both days included (S-14)."""
    if due_on is None or day <= due_on:
        return []
    text = f"补正期限{cn_date(due_on)}已过。"
    return [Reason(text, CLAUSE, "S-14", "G1", remedy="请联系县(市、区)人社局，由其延长补正期限后再提交。")]
