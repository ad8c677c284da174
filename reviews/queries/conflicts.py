"""回避 of committee members as the records show it, and how many vote on each sheet (S-11, F-52)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from applications.models import TitleApplication
from jiaxing_titles import clock
from jiaxing_titles.accounts.models import Membership
from jiaxing_titles.accounts.roles import Role
from reviews.choices import CommitteeState, RecusalKind, SheetState
from reviews.models import (
    CommitteeMeeting,
    CommitteeMember,
    CommitteeRecusal,
    GuidanceAssignment,
    LibraryExpert,
    PanelMember,
    ReportSlot,
    VoteLine,
    VoteSheet,
)

STAFF = (*sorted(Role.enterprise_side()), Role.APPLICANT)


@dataclass(frozen=True)
class Conflict:
    """`application` None: with the whole company."""

    slot: ReportSlot
    member: CommitteeMember
    kind: RecusalKind
    note: str
    application: TitleApplication | None = None


def certain_conflicts(meeting: CommitteeMeeting) -> list[Conflict]:
    """What the records leave no doubt about: works there, sat on its panel this year, is voted on himself."""
    slots, members = _agenda(meeting)
    users = [one.user_id for one in members]
    employed = set(LibraryExpert.objects.filter(user__in=users).values_list("user_id", "works_at"))
    roles = Membership.objects.current().filter(user__in=users, role__in=STAFF)
    employed |= set(roles.values_list("user_id", "organisation_id"))
    panels = PanelMember.objects.filter(user__in=users, panel__round__cycle=meeting.cycle_id)
    seated = set(panels.values_list("user_id", "panel__round__enterprise_id"))
    lines = VoteLine.objects.filter(sheet__session=meeting, application__person__in=users)
    people = [one.application for one in lines.select_related("application")]
    own = {(one.person_id, one.enterprise_id): one for one in people}
    found = []
    for slot in slots:
        for member in members:
            if (member.user_id, slot.enterprise.organisation_id) in employed:
                found.append(Conflict(slot, member, RecusalKind.EMPLOYED, "系统比对"))
            elif (member.user_id, slot.enterprise_id) in seated:
                found.append(Conflict(slot, member, RecusalKind.PANEL, "系统比对"))
            elif application := own.get((member.user_id, slot.enterprise_id)):
                found.append(Conflict(slot, member, RecusalKind.SELF, "系统比对", application))
    return found


def proposed_conflicts(meeting: CommitteeMeeting) -> list[Conflict]:
    """What the records only suggest, for the secretary to decide; settled ones are not proposed again."""
    slots, members = _agenda(meeting)
    users = [one.user_id for one in members]
    whole = CommitteeRecusal.objects.filter(slot__meeting=meeting, application=None)
    settled = set(whole.values_list("slot_id", "member_id"))
    settled |= {(slot.pk, one.member_id) for slot in slots for one in slot.dismissals.all()}
    hints: dict[tuple[int, int], str] = {}
    for one in Membership.objects.filter(user__in=users, role__in=STAFF, ended_at__isnull=False).order_by("ended_at"):
        assert one.ended_at is not None, "filtered"
        ended = one.ended_at.astimezone(clock.SHANGHAI)
        hints[one.user_id, one.organisation_id] = f"曾在该企业任职，至{ended.year}年{ended.month}月"
    panels = PanelMember.objects.filter(user__in=users).exclude(panel__round__cycle=meeting.cycle_id)
    for user, place, year in panels.values_list(
        "user_id", "panel__round__enterprise__organisation_id", "panel__round__cycle__year"
    ).order_by("panel__round__cycle__year"):
        hints.setdefault((user, place), f"{year}年度任该企业评审专家")
    before = CommitteeRecusal.objects.filter(member__user__in=users).exclude(slot__meeting=meeting)
    for earlier in before.exclude(declared_by=None).select_related(
        "slot__enterprise", "slot__meeting__cycle", "member"
    ):
        place = earlier.slot.enterprise.organisation_id
        told = f"{earlier.slot.meeting.cycle.year}年度曾对该企业回避（{earlier.get_kind_display()}）"
        hints.setdefault((earlier.member.user_id, place), told)
    sent = GuidanceAssignment.objects.filter(expert__in=users, filing__round__cycle=meeting.cycle_id)
    for user, place in sent.values_list("expert_id", "filing__round__enterprise__organisation_id"):
        hints.setdefault((user, place), "本年度受指派到该企业评审会指导")
    found = []
    for slot in slots:
        organisation = slot.enterprise.organisation
        for member in members:
            hint = hints.get((member.user_id, organisation.pk), "")
            if not hint and member.employer in (organisation.name, organisation.short_name):
                hint = "登记的工作单位与该企业同名"
            if hint and (slot.pk, member.pk) not in settled:
                found.append(Conflict(slot, member, RecusalKind.OTHER, hint))
    return found


def _agenda(meeting: CommitteeMeeting) -> tuple[list[ReportSlot], list[CommitteeMember]]:
    slots = meeting.slots.select_related("enterprise__organisation").prefetch_related("dismissals")
    return list(slots), list(meeting.members.select_related("user"))


@dataclass(frozen=True)
class Voters:
    """应投 of one sheet: `present` seats less those recused for all of it (`whole`) or for one name (`single`).

    `present` counts the members signed in; before sign-in the listed ones.
    """

    sheet: VoteSheet
    present: int
    whole: list[CommitteeRecusal] = field(default_factory=list)
    single: dict[VoteLine, list[CommitteeRecusal]] = field(default_factory=dict)

    @property
    def most(self) -> int:
        return self.present - len(self.whole)

    def voting(self, line: VoteLine) -> int:
        out = {one.member_id for one in [*self.whole, *self.single.get(line, [])]}
        return self.present - len(out)


def voters_of(meeting: CommitteeMeeting, sheets: Iterable[VoteSheet] | None = None) -> list[Voters]:
    """实到 − 回避 = 应投 of each sheet that stands, constant queries (F-52)."""
    if sheets is None:
        found = meeting.sheets.exclude(state=SheetState.REPLACED).select_related("enterprise__organisation")
        sheets = list(found.prefetch_related("lines__application__person"))
    doors = meeting.state in (CommitteeState.PLANNED, CommitteeState.POSTPONED)
    seats = meeting.members if doors else meeting.attendances
    here = set(seats.values_list("pk" if doors else "member_id", flat=True))
    recusals = defaultdict(list)
    for one in CommitteeRecusal.objects.filter(slot__meeting=meeting, member__in=here).select_related(
        "slot", "member__user", "application__person"
    ):
        recusals[one.slot.enterprise_id].append(one)
    rows = []
    for sheet in sheets:
        mine = recusals[sheet.enterprise_id]
        single = {
            line: out
            for line in sheet.lines.all()
            if (out := [one for one in mine if one.application_id == line.application_id])
        }
        rows.append(Voters(sheet, len(here), [one for one in mine if one.application_id is None], single))
    return rows
