"""会议通知 on the pages: who was asked, what he answered, who came in for whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from jiaxing_titles.ui.components import Cell, Row, Table
from jiaxing_titles.ui.formats import cn_datetime
from reviews.choices import InvitationState
from reviews.forms.meeting import PROMISE
from reviews.models import MeetingInvitation, PanelMember
from reviews.queries.invitations import Sitting
from reviews.tables.review import columns, state, when

COMMITTEE_BUSINESS = "听取企业汇报、审议、无记名投票表决"
PANEL_BUSINESS = "个人述职、综合考核、评价、投票表决"


def answer(one: MeetingInvitation | None) -> list[Any]:
    """Two cells: the answer and when it came. Without an account it leads to the notice, where the desk writes it."""
    if one is None:
        return [Cell("未通知", tone="grey"), ""]
    at = when(one.answered_at)
    shown = state(one) if one.user_id else Cell(one.get_state_display(), url=one.get_absolute_url())
    return [shown, f"{at}：{one.absence_reason}" if one.absence_reason else at]


def answered(invitations: Iterable[MeetingInvitation]) -> str:
    """How many said what, as the tail of a caption; nothing before anybody was asked."""
    states = [one.state for one in invitations if one.replaced_by_id is None]
    if not states:
        return ""
    coming, waiting = states.count(InvitationState.COMING), states.count(InvitationState.WAITING)
    return f"，已确认 {coming} 人，未答复 {waiting} 人，不能出席 {len(states) - coming - waiting} 人"


def expected(seats: Sequence[PanelMember], answers: Mapping[int, MeetingInvitation]) -> Table:
    """Before the doors open: who says that he comes."""
    rows = [[one.name, one.source, one.get_post_display(), *answer(answers.get(one.pk))] for one in seats]
    caption = f"应到 {len(rows)} 人{answered(answers.values())}"
    return Table(columns("姓名", "来源", "职务", "答复", "答复时间"), rows, caption)


def replaced(sitting: Sitting) -> Table | None:
    """Who could not come and who sits instead; None where nobody was replaced."""
    gone = sitting.invitations.exclude(replaced_by=None).select_related("replaced_by")
    rows = [[one.name, one.absence_reason, one.replaced_by.name if one.replaced_by else ""] for one in gone]
    return Table(columns("不能出席的人员", "原因", "递补"), rows, "递补") if rows else None


def invitation_facts(invitation: MeetingInvitation) -> list[Row]:
    sitting = invitation.sitting
    rows = [
        Row("会议", str(sitting)),
        Row("时间", cn_datetime(sitting.planned_at)),
        Row("地点", sitting.place),
        Row("议程", COMMITTEE_BUSINESS if invitation.session_id is not None else PANEL_BUSINESS),
        Row("签到时的承诺", PROMISE),
    ]
    more = (
        ("答复", invitation.get_state_display() if invitation.answered_at else ""),
        ("答复时间", when(invitation.answered_at)),
        ("不能出席原因", invitation.absence_reason),
        ("递补", invitation.replaced_by.name if invitation.replaced_by else ""),
    )
    return rows + [Row(label, text) for label, text in more if text]
