"""Tables of the electronic ballot."""

from __future__ import annotations

from typing import Any

from jiaxing_titles.ui.components import Row, Table
from reviews.choices import BallotMode, Choice, KeyState, SeatState, SheetState
from reviews.models import Board, KeyCeremony, Slip, VoteSheet
from reviews.queries.box import receipts_in
from reviews.tables.review import columns, state


def holders(key: KeyCeremony) -> Table:
    made = key.state != KeyState.UNMADE
    rows = [
        [one.number, one.user.name, f"{one.fingerprint[:8]}…" if made else ""]
        for one in key.holders.select_related("user")
    ]
    return Table(columns("第几份#", "保管人", "指纹"), rows, "钥匙保管人", "还没有指定保管人。")


def key_facts(key: KeyCeremony) -> list[Row]:
    rows = [
        Row("会议", str(key.sitting)),
        Row("开票", f"{key.holders.count()} 份中凑齐 {key.needed} 份"),
    ]
    if key.public_key:
        rows += [Row("密码套件", key.suite), Row("公钥校验值", key.public_hash)]
    return rows


def roll(sheet: VoteSheet) -> Table:
    """Who has voted; for the secretary alone. Never in the order of voting."""
    rows = [
        [seat.user.name, state(seat) if seat.may_vote else "对票上所有人回避", "、".join(map(str, seat.recused))]
        for seat in sheet.roll.select_related("user")
    ]
    return Table(columns("评委", "投票", "回避的序号"), rows, "席位")


def turnout(sheet: VoteSheet) -> dict[str, int]:
    """应到, 实到, 已投 and how many may vote: all that anybody sees of an open box."""
    seats = list(sheet.roll.values_list("state", "may_vote"))
    return {
        "members": sheet.members,
        "seats": sheet.seats,
        "may_vote": sum(may for _, may in seats),
        "voted": sum(one == SeatState.VOTED for one, _ in seats),
    }


def screens(sitting: Any) -> list[dict[str, Any]]:
    """The electronic sheets of a meeting for its big screen, those being voted on first."""
    found = sitting.sheets.exclude(mode=BallotMode.PAPER).select_related("enterprise__organisation")
    ordered = sorted(found, key=lambda one: (one.state != SheetState.CASTING, one.number, one.ballot_round))
    return [{"sheet": one, **turnout(one)} for one in ordered if one.state != SheetState.PREPARED]


def slips(board: Board) -> Table:
    labels = dict(Choice.choices)
    rows = [
        [one.number, one.code, labels[one.choice]]
        for one in Slip.objects.filter(sheet=board.sheet_id).order_by("number", "code")
    ]
    return Table(columns("序号#", "核对码", "选择"), rows, "各人票面，按序号和核对码排列")


def receipts(board: Board) -> Table:
    return Table(columns("回执"), [[one] for one in receipts_in(board.sheet)], "票箱里的回执，按字母顺序排列")
