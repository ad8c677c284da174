"""Tables of committee meetings: seats and answers, agenda, 回避, who votes on what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from jiaxing_titles.ui.components import Cell, Row, Table
from jiaxing_titles.ui.formats import cn_datetime
from reviews.choices import CommitteeState, PanelPost
from reviews.models import CommitteeAttendance, CommitteeMeeting, ReportSlot
from reviews.queries.conflicts import Conflict, voters_of
from reviews.queries.invitations import answers_of
from reviews.tables.invitations import answer, answered
from reviews.tables.review import columns, state, when


def meetings(found: Iterable[CommitteeMeeting]) -> Table:
    rows = [
        [Cell(str(one), url=one.get_absolute_url()), cn_datetime(one.planned_at), one.place, state(one)]
        for one in found
    ]
    return Table(columns("会议", "时间", "地点", "状态"), rows, "中评委会议", "还没有您参加的中评委会议。")


def members(meeting: CommitteeMeeting) -> Table:
    """Who sits in it, how he answered the invitation, and from the opening of the doors whether he is there."""
    signed = {one.member_id: one for one in meeting.attendances.all()}
    listed = list(meeting.members.select_related("user", "speciality"))
    answers = answers_of(meeting, listed)
    planned = meeting.state in (CommitteeState.PLANNED, CommitteeState.POSTPONED)
    rows = []
    for member in listed:
        post = member.get_post_display()
        row: list[Any] = [
            member.user.name,
            member.employer,
            member.speciality.name,
            Cell(post, tone="purple") if member.post != PanelPost.MEMBER else post,
        ]
        row += answer(answers.get(member.pk)) if planned else _seat(signed.get(member.pk))
        rows.append(row)
    heads = columns("姓名", "工作单位", "专业", "职务", *(["答复", "答复时间"] if planned else ["到会", "签到"]))
    asked = f"评委 {len(rows)} 人{answered(answers.values())}"
    caption = asked if planned else f"应到 {len(rows)} 人，实到 {len(signed)} 人"
    return Table(heads, rows, caption, "还没有列入评委。")


def _seat(one: CommitteeAttendance | None) -> list[Any]:
    if one is None:
        return [Cell("未到", tone="grey"), ""]
    checked = Cell("已到", tone="green") if one.confirmed_by_id else Cell("待核对", tone="amber")
    return [checked, f"{when(one.signed_at)}（{one.get_method_display()}）"]


def voters(meeting: CommitteeMeeting) -> Table:
    """应投 n = 实到 m − 回避 k of each sheet, with whom and why (F-52)."""
    before = meeting.state in (CommitteeState.PLANNED, CommitteeState.POSTPONED)
    rows = []
    for one in voters_of(meeting):
        sheet = one.sheet
        again = "（第二轮）" if sheet.ballot_round == 2 else ""
        electronic = "（电子票）" if sheet.electronic else ""
        out = [f"{recusal.member.user.name}（{recusal.get_kind_display()}）" for recusal in one.whole]
        fewer = []
        for line, recusals in one.single.items():
            name = line.application.person.name
            out += [f"{two.member.user.name}（仅对{name}：{two.get_kind_display()}）" for two in recusals]
            if one.voting(line) != one.most:
                fewer.append(f"{name} {one.voting(line)} 席")
        told = f"{one.most} 席" + (f"（{'、'.join(fewer)}）" if fewer else "")
        rows.append(
            [
                Cell(f"第{sheet.number}号{again}{electronic}", url=sheet.get_absolute_url()),
                sheet.enterprise.organisation.short_name,
                sheet.get_level_display(),
                len(sheet.lines.all()),
                one.present,
                "、".join(out) or "无",
                told,
                state(sheet),
            ]
        )
    heads = columns("表决票", "企业", "申报资格", "人数#", "应到#" if before else "实到#", "回避", "应投", "状态")
    return Table(heads, rows, "表决票和应投席位", "编排议程时自动分票。")


def proposals(found: Sequence[Conflict]) -> Table:
    """What the records suggest; each with the two ways to settle it."""
    rows = []
    for one in found:
        facts = {"member": one.member.pk, "kind": one.kind.value, "note": one.note}
        recuse = f"{reverse('console_do', args=['reviews.recuse_from_company', one.slot.pk])}?{urlencode(facts)}"
        dismiss = reverse("console_do", args=["reviews.dismiss_conflict", one.slot.pk])
        rows.append(
            [
                one.member.user.name,
                one.slot.enterprise.organisation.short_name,
                one.note,
                Cell("登记回避", url=recuse),
                Cell("不予回避", url=f"{dismiss}?{urlencode({'member': one.member.pk})}"),
            ]
        )
    return Table(columns("评委", "企业", "情形", "", " "), rows, "建议回避，请逐条处理")


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


def recusals(slot: ReportSlot) -> Table:
    rows: list[list[Any]] = [
        [
            one.member.user.name,
            one.application.person.name if one.application else "该企业全部",
            one.get_kind_display(),
            one.note,
        ]
        for one in slot.recusals.select_related("member__user", "application__person")
    ]
    rows += [
        [one.member.user.name, "该企业全部", Cell("不予回避", tone="grey"), one.reason]
        for one in slot.dismissals.select_related("member__user")
    ]
    return Table(columns("评委", "对象", "情形", "说明"), rows, "回避", "没有登记回避。")
