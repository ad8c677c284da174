"""回避 of the committee's members: by the records, by the member himself, by the secretary (S-11, R-5.3.6)."""

from __future__ import annotations

from applications.models import TitleApplication
from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, Tell, step
from jiaxing_titles.reasons import Reason
from reviews import forms
from reviews.choices import SheetState, SlotState
from reviews.models import CommitteeMeeting, CommitteeMember, CommitteeRecusal, ConflictDismissal, ReportSlot
from reviews.queries.conflicts import certain_conflicts

CLAUSE = "办法五（三）"
CITY = "meeting.organisation"
BEFORE_THE_VOTE = [SlotState.WAITING, SlotState.DEFERRED, SlotState.HEARD, SlotState.DELIBERATED]


def enter_conflicts(meeting: CommitteeMeeting) -> None:
    """What the records leave no doubt about is entered anew; what people declared stays as it is."""
    CommitteeRecusal.objects.filter(slot__meeting=meeting, declared_by=None).delete()
    now = clock.now()
    CommitteeRecusal.objects.bulk_create(
        [
            CommitteeRecusal(
                slot=one.slot,
                member=one.member,
                application=one.application,
                kind=one.kind,
                note=one.note,
                declared_by=None,
                declared_at=now,
            )
            for one in certain_conflicts(meeting)
        ],
        ignore_conflicts=True,
    )


def _before_the_sheet(slot: ReportSlot, actor: Actor) -> list[Reason]:
    sheets = slot.meeting.sheets.filter(enterprise=slot.enterprise_id)
    if sheets.exclude(state=SheetState.PREPARED).exists():
        return [Reason("表决票已经发出，回避须在发票之前登记。", CLAUSE, "S-11", "G18")]
    return []


@step(
    ReportSlot,
    label="登记回避",
    by=[Role.COMMITTEE_SEC],
    on=CITY,
    when=BEFORE_THE_VOTE,
    form=forms.CommitteeRecusalForm,
    blockers=_before_the_sheet,
)
def recuse_from_company(
    slot: ReportSlot,
    *,
    actor: Actor,
    member: CommitteeMember,
    kind: str,
    application: TitleApplication | None = None,
    note: str = "",
) -> None:
    """S-11: for the whole company or for one person, before the sheet goes out."""
    _recuse(slot, actor, member, kind, application, note)


def _sits_in(slot: ReportSlot, actor: Actor) -> list[Reason]:
    if not slot.meeting.members.filter(user=actor.user).exists():
        return [Reason("您不是本次会议评委。", CLAUSE, "S-11", "G18")]
    return _before_the_sheet(slot, actor)


def _declared(slot: ReportSlot, actor: Actor) -> bool:
    return slot.recusals.filter(member__user=actor.user, application=None).exists()


@step(
    ReportSlot,
    label="申请回避",
    by=[Role.COMMITTEE],
    on=CITY,
    when=BEFORE_THE_VOTE,
    form=forms.OwnRecusalForm,
    blockers=_sits_in,
    over=_declared,
    tells=[Tell(Role.COMMITTEE_SEC, CITY, "{case}：有评委申请回避。")],
    effects=["您不参加所选对象的表决，应投席数相应减少", "情形写入会议纪要"],
)
def recuse_myself(
    slot: ReportSlot, *, actor: Actor, kind: str, application: TitleApplication | None = None, note: str = ""
) -> None:
    """S-11 by his own declaration; it stands without anybody's consent."""
    _recuse(slot, actor, slot.meeting.members.get(user=actor.user), kind, application, note)


def _recuse(
    slot: ReportSlot,
    actor: Actor,
    member: CommitteeMember,
    kind: str,
    application: TitleApplication | None,
    note: str,
) -> None:
    if member.meeting_id != slot.meeting_id:
        raise Blocked([Reason("这名评委不在本次会议中。", field="member")])
    sheets = slot.meeting.sheets.filter(enterprise=slot.enterprise)
    if application is not None and not sheets.filter(lines__application=application).exists():
        raise Blocked([Reason("这名申报人不在该企业的表决票上。", field="application")])
    CommitteeRecusal.objects.get_or_create(
        slot=slot,
        member=member,
        application=application,
        defaults={"kind": kind, "note": note, "declared_by": actor.person, "declared_at": clock.now()},
    )


@step(
    ReportSlot,
    label="不予回避",
    by=[Role.COMMITTEE_SEC],
    on=CITY,
    when=BEFORE_THE_VOTE,
    form=forms.DismissalForm,
    blockers=_before_the_sheet,
    over=lambda slot, actor: True,  # offered beside each proposal, with the member filled in
    effects=["不再提示这一情形，理由写入会议纪要"],
)
def dismiss_conflict(slot: ReportSlot, *, actor: Actor, member: CommitteeMember, reason: str) -> None:
    """F-43: what the records suggest is no conflict; why not stays on record."""
    if member.meeting_id != slot.meeting_id:
        raise Blocked([Reason("这名评委不在本次会议中。", field="member")])
    ConflictDismissal.objects.update_or_create(
        slot=slot,
        member=member,
        defaults={"reason": reason, "decided_by": actor.person, "decided_at": clock.now()},
    )
