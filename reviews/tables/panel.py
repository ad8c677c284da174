"""A panel's list, with the answers to the notice of its next meeting."""

from __future__ import annotations

from django.urls import reverse

from jiaxing_titles.ui.components import Cell, Table
from reviews.choices import PanelPost
from reviews.models import MeetingInvitation, Panel
from reviews.tables.invitations import answer, answered
from reviews.tables.review import columns


def members(panel: Panel, *, may_edit: bool, answers: dict[int, MeetingInvitation] | None = None) -> Table:
    """`answers` by seat; None while no meeting is being prepared."""
    rows = []
    for number, member in enumerate(panel.members.select_related("speciality"), start=1):
        url = reverse("reviews:member", args=[panel.pk, member.pk]) if may_edit else ""
        post = member.get_post_display()
        rows.append(
            [
                number,
                Cell(member.name, url=url),
                member.source,
                member.employer,
                member.title,
                member.speciality.name,
                Cell(post, tone="purple") if member.post != PanelPost.MEMBER else post,
                "有" if member.user_id else "无（用纸面）",
                *(answer(answers.get(member.pk))[:1] if answers is not None else []),
            ]
        )
    asked = ["答复"] if answers is not None else []
    heads = columns("序号#", "姓名", "来源", "工作单位", "专业技术资格", "从事专业", "职务", "账号", *asked)
    caption = f"评审专家 {len(rows)} 人{answered(answers.values())}" if answers else "评审专家"
    return Table(heads, rows, caption, "还没有评审专家。请“添加评审专家”。")
