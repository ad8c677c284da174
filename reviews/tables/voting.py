"""Tables about ballot sheets."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.ui.components import Cell, Table
from reviews.choices import SheetState
from reviews.models import ReviewMeeting, VoteLine, VoteSheet
from reviews.queries.conflicts import Voters, voters_of
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
    expected = _expected(sheet)
    rows = []
    lines = sheet.lines.select_related("application__person", "application__speciality")
    if actor is not None and actor.role == Role.PANEL_EXPERT:
        lines = lines.exclude(application__agenda_items__recusals__member__user=actor.user)
    for line in lines:
        row: list[Any] = [line.number, line.application.person.name, line.application.speciality.name]
        if counted:
            row += [line.yes, line.no, line.abstain, line.invalid, line.recused]
            row += [_result(line), line.sentence] if signed else []
        elif expected is not None:
            row += [expected.present - expected.voting(line), expected.voting(line)]
        else:
            row += [line.recused_seats, sheet.seats - line.recused_seats]
        rows.append(row)
    heads = ["序号#", "姓名", "申报专业"]
    heads += ["同意#", "反对#", "弃权#", "无效#", "回避#"] if counted else ["回避席数#", "应投席数#"]
    heads += ["结果", "说明"] if signed else []
    return Table(columns(*heads), rows, "票面名单")


def _expected(sheet: VoteSheet) -> Voters | None:
    """Who would vote on a committee's sheet that has not gone out; afterwards the sheet itself says it."""
    if sheet.session is None or sheet.state != SheetState.PREPARED:
        return None
    return voters_of(sheet.session, [sheet])[0]


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


def count_url(sheet: VoteSheet) -> str:
    """The teller's own page; the committee's tellers keep to /committee/."""
    name = "committee_count" if sheet.session_id is not None else "panel_count"
    return reverse(f"reviews:{name}", args=[sheet.pk])
