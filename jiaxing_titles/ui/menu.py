"""The portal's menu: for each role the pages that it works on, so that nothing hangs on a link in some other page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jiaxing_titles.accounts.roles import Role

COMPANY = Role.enterprise_side()
RESPONSIBLE = frozenset({Role.ENT_HR, Role.ENT_LEAD})
APPLICANT = frozenset({Role.APPLICANT})
EXPERT = frozenset({Role.PANEL_EXPERT, Role.LIBRARY_MEMBER})
COMMITTEE = frozenset({Role.COMMITTEE, Role.TELLER})


@dataclass(frozen=True)
class Entry:
    """One word of the menu; `also` are the addresses of pages that belong to it but do not start with `path`."""

    path: str
    label: str
    roles: frozenset[Role]
    also: tuple[str, ...] = ()


ENTRIES = (
    Entry("/ent/", "首页", COMPANY),
    Entry("/ent/pilot/", "试点申请", COMPANY),
    Entry("/ent/plan/", "试点方案", COMPANY),
    Entry("/ent/round/", "年度评审", COMPANY, ("/ent/notice/", "/ent/objections/")),
    Entry("/ent/applicants/", "申报审核", COMPANY),
    Entry("/ent/people/", "人员", RESPONSIBLE, ("/ent/import/",)),
    Entry(
        "/ent/meetings/",
        "评审会",
        COMPANY,
        ("/ent/panel/", "/ent/filing/", "/ent/items/", "/ent/report/", "/ent/sheets/", "/panel/", "/committee/"),
    ),
    Entry("/ent/appointments/", "聘任兑现", RESPONSIBLE, ("/appointments/", "/annulments/")),
    Entry("/ent/credit/", "信用档案", RESPONSIBLE, ("/ent/sanctions/",)),
    Entry("/ent/company/", "企业信息", RESPONSIBLE),
    Entry("/my/", "我的申报", APPLICANT, ("/ent/round/", "/ent/people/")),
    Entry("/my/titles/", "我的资格", APPLICANT, ("/appointments/", "/annulments/")),
    Entry("/panel/", "我的评审", EXPERT, ("/ent/",)),
    Entry("/committee/", "中评委会议", COMMITTEE),
)


@dataclass(frozen=True)
class Shown:
    """An entry on a page; `here` marks the one that the page belongs to."""

    entry: Entry
    here: bool


def menu_of(role: Role, path: str) -> list[Shown]:
    """The role's entries; the longest address that fits the page is the one that it belongs to."""
    mine = [one for one in ENTRIES if role in one.roles]
    here = _nearest(mine, path)
    return [Shown(one, one is here) for one in mine]


def _nearest(entries: Iterable[Entry], path: str) -> Entry | None:
    fitting = [(len(start), one) for one in entries for start in (one.path, *one.also) if path.startswith(start)]
    return max(fitting, key=lambda found: found[0])[1] if fitting else None
