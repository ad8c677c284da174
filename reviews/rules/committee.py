"""中评委的组成 (办法五（三）; 人社部令第40号): what must hold, and what must hold before anybody is invited."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from jiaxing_titles.reasons import Reason

CLAUSE, ORDER = "办法五（三）", "人社部令第40号（年度设置）"


@dataclass(frozen=True)
class Body:
    """The listed members as the rules look at them; `specialities` are those that they work in."""

    members: int
    chaired: bool
    specialities: Collection[str]


def unmet(body: Body, least: int) -> list[Reason]:
    """Without this nothing goes on: enough members (`least`, a setting of the year) and a chair."""
    found = []
    if body.members < least:
        lacking = least - body.members
        text = f"中评委评委现有 {body.members} 人，至少须 {least} 人。"
        found.append(Reason(text, CLAUSE, "S-2", "G15", remedy=f"请再列入 {lacking} 名评委。"))
    if not body.chaired:
        found.append(Reason("还没有确定主任委员。", CLAUSE, "S-1", "G15", remedy="请列入一名主任委员。"))
    return found


def uninvitable(body: Body, least: int, wanted: Mapping[str, int], uncovered_reason: str = "") -> list[Reason]:
    """F-66: besides that an odd number, and a member for every speciality of the people reported.

    `wanted`: people by speciality. A speciality without a member may stand with a reason.
    """
    found = unmet(body, least)
    if body.members and body.members % 2 == 0:
        text = f"评委 {body.members} 人为偶数，应为奇数。"
        found.append(Reason(text, ORDER, "S-1", "G15", remedy="请再列入或移出一名评委。"))
    lacking = uncovered(body, wanted)
    if lacking and not uncovered_reason.strip():
        told = "、".join(f"{name}（{count} 人）" for name, count in lacking.items())
        text = f"没有评委从事以下申报专业：{told}。"
        remedy = "请列入相应专业的评委；确无合适人选的，请“说明专业未覆盖”。"
        found.append(Reason(text, ORDER, "S-2", "G15", remedy=remedy))
    return found


def uncovered(body: Body, wanted: Mapping[str, int]) -> dict[str, int]:
    """People by the speciality that no member works in."""
    return {name: count for name, count in wanted.items() if name not in body.specialities}
