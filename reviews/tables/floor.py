"""The agenda board as a table, and the map of recusals: persons × experts (F-52)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jiaxing_titles.ui.components import Cell, Table
from reviews.choices import Phase
from reviews.models import ReviewMeeting
from reviews.queries.live import Board, Line
from reviews.rules import thresholds
from reviews.tables.review import columns, when


def board(found: Board, actor: Any) -> Table:
    """Scores are counted, never shown; whoever may not open a person's page gets no link."""
    links = not actor.role.startswith("library")
    rows = [
        [
            line.item.number,
            Cell(line.item.application.person.name, url=line.item.get_absolute_url() if links else ""),
            line.item.application.get_level_display(),
            line.item.application.speciality.name,
            Cell(line.phase.label, tone=line.phase.tone),
            f"{line.scored}/{line.seats}" if line.phase in (Phase.SCORING, Phase.DONE) else "",
            _seats(found.quorum.present, line.seats),
        ]
        for line in found.lines
    ]
    heads = columns("序号#", "姓名", "申报资格", "专业", "进展", "已评价", "回避后席数")
    return Table(heads, rows, "议程", "签到开会后显示议程。")


def _seats(present: int, seats: int) -> str:
    """How recusals change the number of seats for one person (Q-29)."""
    out = present - seats
    return f"实到 {present} 席，回避 {out} 席，按 {seats} 席计" if out else ""


@dataclass(frozen=True)
class Seat:
    """One expert's seat for one person; `word` is empty for who takes part."""

    expert: str
    word: str
    why: str = ""


@dataclass(frozen=True)
class MapRow:
    line: Line
    seats: Sequence[Seat]
    holds: bool
    sentence: str


def recusal_map(found: Board, meeting: ReviewMeeting) -> tuple[list[str], list[MapRow]]:
    """(names of the experts, one row a person with what is left of the electorate and how many votes pass)."""
    members = list(meeting.panel.members.all())
    here = {one.member_id: one.seated for one in meeting.attendances.all()}
    return [one.name for one in members], [_map_row(line, members, here, found, meeting) for line in found.lines]


def _map_row(line: Line, members: Sequence[Any], here: dict[int, bool], found: Board, meeting: ReviewMeeting) -> MapRow:
    recusals = {one.member_id: one for one in line.recusals}
    seats = []
    for member in members:
        if one := recusals.get(member.pk):
            seats.append(Seat(member.name, "回避", one.get_kind_display()))
        elif member.pk not in here:
            seats.append(Seat(member.name, "未到"))
        else:
            seats.append(Seat(member.name, "" if here[member.pk] else "当日退出"))
    cycle, quorum = meeting.round.cycle, found.quorum
    holds = thresholds.quorum_met(line.seats, quorum.members, cycle.quorum_num, cycle.quorum_den)
    needed = thresholds.votes_needed(line.seats, cycle.pass_num, cycle.pass_den)
    sentence = f"应到{quorum.members}实到{quorum.present}回避{quorum.present - line.seats}，按{line.seats}席计，"
    sentence += f"须得{needed}票" if holds else f"不足{quorum.needed}席，不能表决"
    return MapRow(line, seats, holds, sentence)


def recusal_reasons(found: Board) -> Table:
    rows = [
        [str(line.item), one.member.name, one.get_kind_display(), one.note, when(one.declared_at)]
        for line in found.lines
        for one in line.recusals
    ]
    heads = columns("评审对象", "评审专家", "情形", "说明", "登记时间")
    return Table(heads, rows, "回避情形", "没有登记回避。")
