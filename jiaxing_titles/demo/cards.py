"""The people whom a visitor may be, and the days that are worth a visit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from jiaxing_titles.accounts.models import Membership
from jiaxing_titles.accounts.roles import Role

STOPS = (
    (dt.date(2026, 11, 10), "评审结果上报提醒日"),
    (dt.date(2026, 11, 20), "评审结果上报截止日"),
    (dt.date(2026, 12, 22), "中评委会议"),
    (dt.date(2027, 1, 8), "市级公示结束"),
    (dt.date(2027, 3, 10), "兑现提醒"),
)

FACES = (
    ("企业", (Role.ENT_HR, Role.ENT_LEAD, Role.PANEL_SEC)),
    ("申报人", (Role.APPLICANT,)),
    ("评审专家", (Role.PANEL_EXPERT, Role.LIBRARY_MEMBER)),
    ("县(市、区)人力社保局", (Role.COUNTY,)),
    ("市人力社保局", (Role.CITY_CLERK, Role.CITY_REVIEWER, Role.CITY_LEAD)),
    ("中评委", (Role.COMMITTEE_SEC, Role.COMMITTEE, Role.TELLER, Role.SUPERVISOR)),
    ("系统", (Role.SYSADMIN, Role.AUDITOR)),
)
PER_ROLE = 4


@dataclass(frozen=True)
class Group:
    label: str
    memberships: list[Membership]


def cards() -> list[Group]:
    """For each face a few people a role, the first of each organisation first."""
    found = Membership.objects.current().select_related("user", "organisation").order_by("id")
    by_role: dict[str, list[Membership]] = {}
    for membership in found.filter(user__is_active=True):
        shown = by_role.setdefault(membership.role, [])
        if len(shown) < PER_ROLE and all(one.organisation_id != membership.organisation_id for one in shown[:2]):
            shown.append(membership)
    groups = [Group(label, [one for role in roles for one in by_role.get(role, [])]) for label, roles in FACES]
    return [group for group in groups if group.memberships]
