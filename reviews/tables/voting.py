"""Tables about ballot sheets and committee meetings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.ui.components import Cell, Row, Table
from jiaxing_titles.ui.formats import cn_datetime
from reviews.choices import PanelPost, SheetState
from reviews.models import CommitteeMeeting, ReportSlot, ReviewMeeting, VoteLine, VoteSheet
from reviews.tables.review import columns, state, when


def sheets(sitting: Any, enterprise: int | None = None) -> Table:
    """The ballot sheets of a meeting, those of one company when given."""
    found = sitting.sheets.select_related("enterprise__organisation").prefetch_related("lines")
    if enterprise is not None:
        found = found.filter(enterprise=enterprise)
    rows = []
    for sheet in found:
        again = "（第二轮）" if sheet.ballot_round == 2 else ""
        electronic = "（电子票）" if sheet.electronic else ""
        rows.append(
            [
                Cell(f"第{sheet.number}号{again}{electronic}", url=sheet.get_absolute_url()),
                sheet.enterprise.organisation.short_name,
                sheet.get_level_display(),
                len(sheet.lines.all()),
                state(sheet),
            ]
        )
    heads = columns("表决票", "企业", "申报资格", "人数#", "状态")
    when_made = "关闭评分后自动分票。" if isinstance(sitting, ReviewMeeting) else "编排议程时自动分票。"
    return Table(heads, rows, "表决票", when_made)


def sheet_lines(sheet: VoteSheet, actor: Any = None) -> Table:
    """Totals per name once counted; before that only who stands on the sheet.

    A panel's expert is not shown the people for whom he is recused (F-50).
    """
    signed = sheet.state in (SheetState.SIGNED, SheetState.REPLACED)
    counted = signed or sheet.state == SheetState.UNSEALED
    rows = []
    lines = sheet.lines.select_related("application__person", "application__speciality")
    if actor is not None and actor.role == Role.PANEL_EXPERT:
        lines = lines.exclude(application__agenda_items__recusals__member__user=actor.user)
    for line in lines:
        row: list[Any] = [line.number, line.application.person.name, line.application.speciality.name]
        if counted:
            row += [line.yes, line.no, line.abstain, line.invalid, line.recused]
            row += [_result(line), line.sentence] if signed else []
        else:
            row.append(line.recused_seats)
        rows.append(row)
    heads = ["序号#", "姓名", "申报专业"]
    heads += ["同意#", "反对#", "弃权#", "无效#", "回避#"] if counted else ["登记回避席数#"]
    heads += ["结果", "说明"] if signed else []
    return Table(columns(*heads), rows, "票面名单")


def _result(line: VoteLine) -> Cell:
    return Cell("通过", tone="green") if line.passed else Cell("未通过", tone="grey")


def tellers(sheet: VoteSheet) -> Table:
    """Who has counted and when; never what, so that nobody copies."""
    entered = {count.teller_id: count.entered_at for count in sheet.counts.all()}
    rows = [
        [
            teller.name,
            Cell("已录入", tone="green") if teller.pk in entered else Cell("未录入", tone="grey"),
            when(entered.get(teller.pk)),
        ]
        for teller in sheet.sitting.tellers.order_by("pk")
    ]
    return Table(columns("计票人", "录入", "时间"), rows, "监票计票人", "还没有指定两名监票计票人。")


def committee_meetings(found: Iterable[CommitteeMeeting]) -> Table:
    rows = [
        [Cell(str(one), url=one.get_absolute_url()), cn_datetime(one.planned_at), one.place, state(one)]
        for one in found
    ]
    return Table(columns("会议", "时间", "地点", "状态"), rows, "中评委会议", "还没有您参加的中评委会议。")


def committee_members(meeting: CommitteeMeeting) -> Table:
    signed = {one.member_id: one for one in meeting.attendances.all()}
    rows = []
    for member in meeting.members.select_related("user", "speciality"):
        one = signed.get(member.pk)
        post = member.get_post_display()
        rows.append(
            [
                member.user.name,
                member.employer,
                member.speciality.name,
                Cell(post, tone="purple") if member.post != PanelPost.MEMBER else post,
                Cell("已到", tone="green") if one else Cell("未到", tone="grey"),
                when(one.signed_at) if one else "",
            ]
        )
    caption = f"应到 {len(rows)} 人，实到 {len(signed)} 人"
    return Table(columns("姓名", "工作单位", "专业", "职务", "到会", "签到时间"), rows, caption, "还没有列入评委。")


def slots(meeting: CommitteeMeeting) -> Table:
    rows = [
        [
            number,
            Cell(str(slot.enterprise), url=slot.get_absolute_url()),
            slot.reporter,
            state(slot),
            when(slot.heard_at),
        ]
        for number, slot in enumerate(meeting.slots.select_related("enterprise__organisation"), start=1)
    ]
    return Table(columns("次序#", "企业", "汇报人", "状态", "听取时间"), rows, "企业汇报", "还没有编排议程。")


def slot_facts(slot: ReportSlot, *, inside: bool) -> list[Row]:
    """What the deliberation said stays with those who sat in it (`inside`)."""
    rows = [
        Row("会议", str(slot.meeting)),
        Row("会议时间", cn_datetime(slot.meeting.planned_at)),
        Row("会议地点", slot.meeting.place),
        Row("汇报人", slot.reporter),
        Row("汇报人职务", slot.reporter_duty),
        Row("汇报提纲", slot.brief),
    ]
    more = (
        ("听取汇报时间", when(slot.heard_at)),
        ("审议时间", when(slot.deliberated_at)),
        ("审议情况", slot.deliberation if inside else ""),
        ("转下次会议原因", slot.carried_reason),
    )
    return rows + [Row(label, text) for label, text in more if text]


def committee_recusals(slot: ReportSlot) -> Table:
    rows = [
        [
            one.member.user.name,
            one.application.person.name if one.application else "该企业全部",
            one.get_kind_display(),
            one.note,
        ]
        for one in slot.recusals.select_related("member__user", "application__person")
    ]
    return Table(columns("评委", "对象", "情形", "说明"), rows, "回避", "没有登记回避。")


def count_url(sheet: VoteSheet) -> str:
    """The teller's own page; the committee's tellers keep to /committee/."""
    name = "committee_count" if sheet.session_id is not None else "panel_count"
    return reverse(f"reviews:{name}", args=[sheet.pk])
