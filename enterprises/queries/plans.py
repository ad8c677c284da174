"""A 试点工作方案 as its pages tell it: parts with status, texts, criteria by level, what the linter finds."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from enterprises import gates
from enterprises.choices import Level, Section
from enterprises.models import Criterion, FindingAnswer, PilotPlan
from enterprises.rules.plan_lint import Finding
from jiaxing_titles.reasons import Reason
from jiaxing_titles.ui.components import Status, Task

SECTION_HINTS = {
    Section.STANDARDS: "以职业属性和岗位需求为基础，体现行业特色、突出专业特点；具体条件在“评价标准”表中逐条填写。",
    Section.PROCEDURE: "个人申报、单位审核、评前公示（不少于5个工作日）、评审、上报的步骤和时间。",
    Section.METHOD: "个人述职、综合考核、投票的办法；破格评审的条件和程序。",
    Section.PANEL: "评审机构的人数、组成和产生办法，外聘专家一般不超过三分之一。",
    Section.GUARANTEE: "取得职称后的聘任和待遇兑现；金额在“薪酬挂钩表”中填写。",
}


def texts(plan: PilotPlan) -> list[tuple[Section, str]]:
    """The five parts in their order, empty ones too."""
    written = dict(plan.sections.values_list("kind", "text"))
    return [(section, written.get(section.value, "")) for section in Section]


def readable(plan: PilotPlan) -> list[str]:
    """The plan line by line in its readers' words, for comparing two versions."""
    lines = [f"{section.label}：{line}" for section, text in texts(plan) for line in text.splitlines() if line.strip()]
    for row in plan.criteria.select_related("speciality"):
        numbers = [
            f"{value}{unit}"
            for value, unit in ((row.years, "年"), (row.hours, "学时"), (row.score_floor, "分以上"))
            if value is not None
        ]
        told = [row.get_necessity_display(), row.option_group, row.applies_to, row.annex_item, *numbers]
        head = f"{row.get_level_display()}{row.get_route_display()}标准·{row.get_kind_display()}"
        lines.append(f"{head}：{row.text}（{'，'.join(filter(None, told))}）")
    for link in plan.pay_links.all():
        lines.append(f"薪酬挂钩：{link}，每月增加{link.monthly_increase}元")
    lines.append(f"评分权重：{'，'.join(map(str, plan.dimension_weights.all()))}；{scoring(plan)}")
    return [*lines, f"倾斜办法：{plan.front_line_preference}", f"远程：{'允许' if plan.allows_remote else '不允许'}"]


def scoring(plan: PilotPlan) -> str:
    """The plan's two settings of scoring in a sentence."""
    dropped = "去掉一个最高分和一个最低分" if plan.drops_extremes else "不去掉最高分、最低分"
    return f"任何一项低于{plan.score_threshold}分须写明理由，平均时{dropped}"


def criteria_by_level(plan: PilotPlan) -> list[tuple[str, list[Criterion]]]:
    rows = list(plan.criteria.select_related("speciality"))
    return [(Level(level).label, [row for row in rows if row.level == level]) for level in plan.authority.levels]


def findings(plan: PilotPlan) -> list[Finding]:
    """What the linter says of the plan as it stands."""
    return gates.lint_plan(plan)


def answers(plan: PilotPlan) -> dict[str, FindingAnswer]:
    """What the company answered to warnings, by the key of the finding."""
    return {one.key: one for one in plan.finding_answers.select_related("answered_by")}


def tasks(plan: PilotPlan) -> list[Task]:
    """The parts of the plan with their status, open comments first of all."""
    commented = set(plan.comments.filter(resolved_at=None).values_list("section", flat=True))
    written = dict(texts(plan))
    made = [
        Task(
            f"填写{section.label}",
            "有问题" if section.value in commented else ("已填好" if written[section].strip() else "未开始"),
            reverse("enterprises:plan_section", args=[plan.pk, section.value]),
            "有审核批注，请修改。" if section.value in commented else "",
        )
        for section in Section
    ]
    made += [_table_task(plan, "评价标准逐条填写", "criteria", plan.criteria.exists())]
    made += [_table_task(plan, "填写职称与岗位、薪酬挂钩表", "pay", plan.pay_links.exists())]
    made.append(Task("填写评分权重", "已填好", reverse("enterprises:plan_weights", args=[plan.pk])))
    favours: Status = "已填好" if plan.front_line_preference.strip() else "未开始"
    made.append(Task("填写倾斜和远程安排", favours, reverse("enterprises:plan_preferences", args=[plan.pk])))
    return made


def _table_task(plan: PilotPlan, name: str, part: str, begun: bool) -> Task:
    url = reverse(f"enterprises:plan_{part}", args=[plan.pk])
    blocking = gates.criteria_reasons(plan) if part == "criteria" else gates.pay_reasons(plan)
    return Task(name, _status(begun, blocking), url, blocking[0].text if begun and blocking else "")


def _status(begun: bool, blocking: list[Reason]) -> Any:
    if not begun:
        return "未开始"
    return "填写中" if blocking else "已填好"
