"""What a 试点工作方案 must hold and in which order of days it comes about (办法五（一）)."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from jiaxing_titles.reasons import Reason
from jiaxing_titles.ui.formats import cn_date

CLAUSE = "办法五（一）"
CLAUSE_OF_SCORES = "办法五（二）"
WEIGH = "请在“评分权重”中改正。"


def section_reasons(texts: Mapping[str, str], required: Iterable[tuple[str, str]]) -> list[Reason]:
    """G5: none of the five sections (value, 中文名) is empty (R-5.1.2)."""
    return [
        Reason(f"方案的“{label}”还没有填写。", CLAUSE, "R-5.1.2", "G5", field=section, remedy="五个部分都要写好。")
        for section, label in required
        if not texts.get(section, "").strip()
    ]


def criteria_reasons(granted: Iterable[tuple[str, str]], present: Collection[str]) -> list[Reason]:
    """G5: each granted level (value, 中文名) has criteria (R-5.1.2)."""
    return [
        Reason(f"{label}还没有评价标准。", CLAUSE, "R-5.1.2", "G5", remedy="请在“评价标准”中至少添加一条。")
        for level, label in granted
        if level not in present
    ]


def addressee_reasons(criteria: Iterable[tuple[int, bool, bool]]) -> list[Reason]:
    """G5: each criterion (number, names a speciality, names a post) says whom it is for, 全部 included (R-5.1.4)."""
    found = []
    for number, speciality, post in criteria:
        missing = [word for word, there in (("专业", speciality), ("岗位", post)) if not there]
        if missing:
            text = f"评价标准第{number}条没有写明适用{'、'.join(missing)}。"
            remedy = "评价标准要以职业属性和岗位需求为基础，请在“评价标准”中补上。"
            found.append(Reason(text, CLAUSE, "R-5.1.4", "G5", remedy=remedy))
    return found


def pay_reasons(granted: Iterable[tuple[str, str]], present: Collection[str]) -> list[Reason]:
    """G5: each granted level leads to a post and to pay (R-1.2)."""
    return [
        Reason(f"{label}还没有与岗位、薪酬挂钩。", CLAUSE, "R-1.2", "G5", remedy="请在“薪酬挂钩表”中填写。")
        for level, label in granted
        if level not in present
    ]


def weight_reasons(percents: Mapping[str, int], dimensions: Sequence[tuple[str, str]]) -> list[Reason]:
    """G5: each of the four dimensions (value, 中文名) counts at least 1 %, together 100 % (R-5.2.5)."""
    found = [
        Reason(f"{label}的权重须为1至97的整数。", CLAUSE_OF_SCORES, "R-5.2.5", "G5", field=dimension, remedy=WEIGH)
        for dimension, label in dimensions
        if not 1 <= percents.get(dimension, 0) <= 97
    ]
    total = sum(percents.get(dimension, 0) for dimension, _ in dimensions)
    if not found and total != 100:
        less_or_more = f"少{100 - total}" if total < 100 else f"多{total - 100}"
        text = f"四个方面的权重之和是{total}%，{less_or_more}个百分点，须正好为100%。"
        found.append(Reason(text, CLAUSE_OF_SCORES, "R-5.2.5", "G5", field=dimensions[-1][0], remedy=WEIGH))
    return found


def resolution_problem(met_on: date, *, last_edited_on: date, today: date) -> str:
    """The leadership met on the text that is sent: not before its last change, not in the future (R-5.1.8)."""
    if met_on > today:
        return f"审议日期{cn_date(met_on)}还没有到，审议通过后再登记。"
    if met_on < last_edited_on:
        return (
            f"方案在{cn_date(last_edited_on)}还修改过，领导班子在{cn_date(met_on)}审议的不是这一稿。"
            "请填写修改之后的审议日期，或重新审议。"
        )
    return ""


def submission_reasons(met_on: date | None, *, last_edited_on: date, today: date) -> list[Reason]:
    """G5 at submission: the resolution exists and its day still fits."""
    if met_on is None:
        text = "还没有登记领导班子集体审议情况。"
        return [Reason(text, CLAUSE, "R-5.1.8", "G5", remedy="方案须经单位领导班子集体讨论、审议通过后再报送。")]
    problem = resolution_problem(met_on, last_edited_on=last_edited_on, today=today)
    return [Reason(problem, CLAUSE, "R-5.1.8", "G5")] if problem else []


def comment_reasons(open_comments: int) -> list[Reason]:
    """G6: nothing is approved while a review comment is open (F-18)."""
    if not open_comments:
        return []
    text = f"还有{open_comments}条审核批注没有处理。"
    return [Reason(text, CLAUSE, "R-5.1.9", "G6", remedy="请逐条标为已解决，或退回企业修改。")]


def text_digest(parts: Iterable[str]) -> str:
    """SHA-256 (hex) over the parts of a plan, one a line, so that a frozen version can be shown to be itself."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
