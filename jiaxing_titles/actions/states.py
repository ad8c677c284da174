"""docs/states.md, written from the FSM tables and the register of steps."""

from __future__ import annotations

from django.apps import apps
from django.db.models import Model

from jiaxing_titles.actions.case import Case, StateField, state_field
from jiaxing_titles.actions.step import steps_of

HEAD = """# 状态与步骤

本页由 `sh run.sh manage states` 从代码生成，测试比对两者一致。每张表列出一类事项的合法状态变化、办理的步骤和角色；
数据库触发器按同一张表拒绝表外的变化。
"""


def states_document() -> str:
    """The whole page, in the order of the procedure."""
    parts = [HEAD]
    for app in ("policy", "publicity", "enterprises", "applications", "reviews", "certificates"):
        for model in apps.get_app_config(app).get_models():
            if issubclass(model, Case) and any(isinstance(field, StateField) for field in model._meta.fields):
                parts.append(_table(model))
    return "\n".join(parts)


def _table(model: type[Model]) -> str:
    field = state_field(model)
    words = {str(value): str(label) for value, label in field.flatchoices}
    steps = list(steps_of(model))
    lines = [
        f"\n## {model._meta.verbose_name} `{model._meta.label}`\n",
        "| 原状态 | 新状态 | 变化 | 步骤 | 角色 |",
        "|---|---|---|---|---|",
    ]
    rows = []
    for one in field.get_all_transitions(model):
        sources = list(words) if one.source in ("*", "+") else [str(one.source)]
        making = [step for step in steps if step.move == one.name]
        who = "、".join(dict.fromkeys(role.label for step in making for role in step.by))
        label = "、".join(step.label for step in making) or str(one.custom.get("label") or "")
        rest = f"{words[str(one.target)]} | `{one.name}` | {label} | {who} |"
        rows += [(list(words).index(source), f"| {words[source]} | {rest}") for source in sources]
    return "\n".join([*lines, *(row for _, row in sorted(rows))]) + "\n"
