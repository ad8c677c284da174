"""What a plan must not lack, and what its text must not shorten: dimensions, pay, notice, panel, no quotas."""

import re
from collections.abc import Iterator

from enterprises.rules.plan_lint import wording
from enterprises.rules.plan_lint.draft import BONUS, LEVELS, PlanDraft
from enterprises.rules.plan_lint.findings import ERROR, WARNING, Finding
from jiaxing_titles.reasons import Reason

DIMENSIONS = {
    "morality": "职业道德",
    "ability": "创新能力",
    "performance": "业绩水平",
    "contribution": "实际贡献",
}
_PAPERWORK = frozenset({"education", "seniority", "held_title", "paper"})
NOTICE_DAYS = 5
_NOTICE = re.compile(rf"公示[^。；，]{{0,10}}?({wording.NUMBER})个?(工作日|自然日|日历日|日|天)")
_EXTERNAL = re.compile(
    r"外聘[^。；]{0,16}?(?:([0-9]+)%|([0-9]+)/([0-9]+)|([二三四五六七八九十])分之([一二三四五六七八九])|(一半|半数))"
)
_QUOTA = re.compile(r"通过(?:率|比例)[^。；，]{0,8}(?:不低于|不少于|达到|控制在|以上)|通过名额|评审指标|保证.{0,6}通过")


def findings(plan: PlanDraft) -> Iterator[Finding]:
    """Per level: dimensions and pay; per text: the notice, the panel, quotas."""
    for level in plan.levels:
        yield from _dimensions(plan, level)
        if level not in plan.paid_levels:
            text = f"{LEVELS[level]}还没有与岗位、薪酬挂钩。"
            yield Finding(ERROR, Reason(text, "办法五（一）", "R-1.2", remedy="请在“薪酬挂钩表”中填写岗位和待遇。"))
    for section, text in plan.sections.items():
        plain = wording.folded(text)
        yield from _notice(section, plain)
        yield from _external(section, plain)
        if _QUOTA.search(plain):
            reason = Reason(
                "方案正文定了通过率或通过名额。", "办法五（二）", "PR-10", field=section,
                remedy="评审坚持宁缺勿滥，请删去通过率、名额的规定。",
            )  # fmt: skip
            yield Finding(WARNING, reason, section=section)


def _dimensions(plan: PlanDraft, level: str) -> Iterator[Finding]:
    rows = [row for row in plan.criteria if row.level == level]
    if not rows:
        return  # that a level has no criteria at all is told by the gate of the plan
    kinds = {row.kind for row in rows}
    if kinds <= _PAPERWORK:
        text = f"{LEVELS[level]}的标准只看学历、资历、论文，没有品德、能力、业绩。"
        remedy = "请补充职业道德、创新能力、业绩水平、实际贡献的标准。"
        yield Finding(ERROR, Reason(text, "办法二1", "R-2.1", remedy=remedy))
        return
    for kind, name in DIMENSIONS.items():
        counted = [row for row in rows if row.kind == kind]
        if not counted:
            reason = Reason(
                f"{LEVELS[level]}的标准缺少“{name}”。",
                "办法五（二）",
                "R-5.2.5",
                remedy=f"请至少添加一条“{name}”的标准。",
            )
            yield Finding(ERROR, reason)
        elif all(row.necessity == BONUS for row in counted):
            reason = Reason(
                f"{LEVELS[level]}的“{name}”只作加分，不作要求。", "办法五（二）", "R-5.2.5",
                remedy=f"建议把“{name}”列为必备或任选条件。",
            )  # fmt: skip
            yield Finding(WARNING, reason, counted[0].number)


def _notice(section: str, text: str) -> Iterator[Finding]:
    for found in _NOTICE.finditer(text):
        days, unit = wording.number(found[1]), found[2]
        if unit == "工作日" and days >= NOTICE_DAYS:
            continue
        working = unit == "工作日"
        what = f"少于{NOTICE_DAYS}个工作日" if working else "没有按工作日计算"
        reason = Reason(
            f"公示期写的是{days}{'个' if working else ''}{unit}，{what}。", "办法五（二）", "PR-5", field=section,
            remedy=f"请改为不少于{NOTICE_DAYS}个工作日。",
        )  # fmt: skip
        yield Finding(ERROR, reason, section=section)


def _external(section: str, text: str) -> Iterator[Finding]:
    for found in _EXTERNAL.finditer(text):
        percent, numerator, denominator, den, num, half = found.groups()
        if percent:
            top, bottom = int(percent), 100
        elif numerator:
            top, bottom = int(numerator), int(denominator)
        else:
            top, bottom = (1, 2) if half else (wording.number(num), wording.number(den))
        if 3 * top > bottom:
            shown = found[0]
            reason = Reason(
                f"外聘专家的比例超过三分之一：“{shown}”。", "办法五（二）", "R-5.2.8", field=section,
                remedy="请改为外聘专家不超过三分之一。",
            )  # fmt: skip
            yield Finding(ERROR, reason, section=section)
