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
HALF = 50
_NOTICE = re.compile(rf"公示[^。；，]{{0,10}}?({wording.NUMBER})个?(工作日|自然日|日历日|日|天|周|星期)")
_PANEL_OF = re.compile(rf"(?:共|由|总数|委员|评委|机构|成员)[^。；]{{0,8}}?({wording.NUMBER})(?:人|名|位)")
_EXTERNALS = re.compile(rf"外聘(?:专家|委员|评委)?(?:为|有|共|不超过)?({wording.NUMBER})(?:人|名|位)")
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
    yield from _weights(plan)
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


def _weights(plan: PlanDraft) -> Iterator[Finding]:
    deeds = sum(plan.weights.get(name, 0) for name in ("performance", "contribution"))
    if plan.weights and deeds < HALF:
        reason = Reason(
            f"业绩水平和实际贡献的评分权重合计{deeds}%，不到一半。", "办法二1", "R-2.1",
            remedy="坚持注重实绩，建议业绩水平和实际贡献合计不少于50%。",
        )  # fmt: skip
        yield Finding(WARNING, reason)


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
    yield from _external_heads(section, text)
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


def _external_heads(section: str, text: str) -> Iterator[Finding]:
    """The panel and its external experts in numbers of people: «共7人，其中外聘3人»."""
    for sentence in re.split("[。；\n]", text):
        externals = _EXTERNALS.search(sentence)
        whole = _PANEL_OF.search(sentence[: externals.start()]) if externals else None
        if externals is None or whole is None:
            continue
        among, members = wording.number(externals[1]), wording.number(whole[1])
        if 3 * among > members:
            reason = Reason(
                f"评审机构{members}人中外聘{among}人，超过三分之一。", "办法五（二）", "R-5.2.8", field=section,
                remedy=f"{members}人中外聘不超过{members // 3}人，请改正。",
            )  # fmt: skip
            yield Finding(ERROR, reason, section=section)
