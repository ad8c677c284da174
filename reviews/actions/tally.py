"""Sheets, two tellers, signature: the paper way of voting for panel and committee (办法五（三）)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from applications.models import TitleApplication
from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, carry, step
from jiaxing_titles.actions.views import CauseForm
from jiaxing_titles.reasons import Reason
from reviews import forms
from reviews.choices import CommitteeState, MeetingState, PanelPost, SheetState
from reviews.gates.ballot import members_here, recused_members
from reviews.gates.meeting import cycle_of, seats_of
from reviews.models import CommitteeMeeting, ReviewMeeting, TellerCount, VoteLine, VoteSheet
from reviews.rules import batches, paper, thresholds

TELLERS = (Role.TELLER, Role.PANEL_EXPERT, Role.PANEL_SEC, Role.ENT_HR)
SIGNERS = (Role.PANEL_EXPERT, Role.PANEL_SEC, Role.ENT_HR, Role.COMMITTEE_SEC)
CLAUSE = "办法五（三）"


def chair_reasons(meeting: ReviewMeeting, actor: Actor) -> list[Reason]:
    """The chair does it himself where he has an account; otherwise the secretary does it on his word."""
    chairs = [PanelPost.CHAIR, PanelPost.VICE_CHAIR]
    heads = list(meeting.panel.members.filter(post__in=chairs).exclude(user=None))
    if actor.role == Role.PANEL_EXPERT and actor.user not in [one.user for one in heads]:
        return [Reason("由主任委员或副主任委员办理。", "办法五（二）", "R-5.2.7", "G11")]
    here = {one.member_id for one in meeting.attendances.all() if one.seated}
    present = [one for one in heads if one.pk in here]
    if actor.role != Role.PANEL_EXPERT and present:
        names = "、".join(one.name for one in present)
        return [Reason(f"请到会的{names}本人办理。", "办法五（二）", "R-5.2.7", "G11")]
    return []


def prepare_sheets(
    people: Iterable[TitleApplication],
    *,
    meeting: ReviewMeeting | None = None,
    session: CommitteeMeeting | None = None,
) -> list[VoteSheet]:
    """Sheets of at most thirty names, one enterprise and one level each; numbered on from what the meeting has."""
    sitting = meeting or session
    assert sitting is not None
    organisation = meeting.round.enterprise.organisation if meeting else session.organisation  # type: ignore[union-attr]
    number = sitting.sheets.count()
    made = []
    ordered = sorted(people, key=lambda one: (one.enterprise_id, one.level, one.pk))
    for (enterprise, level), group in groupby(ordered, key=lambda one: (one.enterprise_id, one.level)):
        for batch in batches.cut(list(group)):
            number += 1
            sheet = VoteSheet.objects.create(
                meeting=meeting,
                session=session,
                organisation=organisation,
                enterprise_id=enterprise,
                level=level,
                number=number,
            )
            VoteLine.objects.bulk_create(
                [VoteLine(sheet=sheet, application=one, number=place) for place, one in enumerate(batch, start=1)]
            )
            made.append(sheet)
    return made


def is_electronic(sheet: VoteSheet, actor: Actor) -> bool:
    return sheet.electronic


def for_desk(sheet: VoteSheet, actor: Actor) -> list[Reason]:
    """A panel's sheet is handled by the company's desk or chair, the committee's by its secretary."""
    if sheet.session_id is not None:
        return []
    if actor.role == Role.PANEL_EXPERT and sheet.meeting is not None:
        return chair_reasons(sheet.meeting, actor)
    return []


@step(
    VoteSheet,
    label="发票",
    by=(Role.PANEL_SEC, Role.ENT_HR, Role.COMMITTEE_SEC),
    on="organisation",
    move="issue",
    over=is_electronic,
    effects=["按签到席位每席发一张，回避的席位须将该人划去后再发"],
)
def issue_sheet(sheet: VoteSheet, *, actor: Actor) -> None:
    """One sheet for every signed-in seat; recused seats are counted now, before anybody marks anything."""
    hand_out(sheet)


def hand_out(sheet: VoteSheet) -> dict[int, set[int]]:
    """Fix seats and recusals; line number → ids of the seated members who are recused for that name."""
    sheet.members, sheet.seats = seats_of(sheet.sitting)
    sheet.issued_at = clock.now()
    seated = {member.pk for member in members_here(sheet)}
    lines = list(sheet.lines.all())
    recused = {line.number: seated & recused_members(sheet, line.application_id) for line in lines}
    for line in lines:
        line.recused_seats = len(recused[line.number])
    VoteLine.objects.bulk_update(lines, ["recused_seats"])
    return recused


def _is_teller(sheet: VoteSheet, actor: Actor) -> list[Reason]:
    if sheet.sitting.tellers.filter(pk=actor.user.pk if actor.user else None).exists():
        return []
    return [Reason("您不是本次会议指定的监票计票人，不能录入票数。", CLAUSE, "R-5.3.6", "G18")]


@step(
    VoteSheet,
    label="录入票数",
    by=TELLERS,
    on="organisation",
    when=[SheetState.COUNTING],
    form=forms.CountForm,
    blockers=_is_teller,
    hidden=True,  # the sheet's page leads to the grid of the whole sheet
)
def key_count(
    sheet: VoteSheet,
    *,
    actor: Actor,
    issued: int,
    returned: int,
    missing: int,
    valid: int,
    invalid: int,
    marks: dict[str, dict[str, int]],
) -> None:
    """One teller's own count. `marks`: number on the sheet → yes, no, abstain, invalid, recused.

    Until the tally is signed a teller may count again; what he keyed before is replaced, the event stays.
    """
    assert actor.user is not None
    lines = {int(number): paper.LineCount(**values) for number, values in marks.items()}
    count = paper.SheetCount(issued, returned, missing, valid, invalid, lines)
    if found := paper.check_count(count, sheet.electorate()):
        raise Blocked(found)
    totals = {"issued": issued, "returned": returned, "missing": missing, "valid": valid, "invalid": invalid}
    TellerCount.objects.update_or_create(
        sheet=sheet, teller=actor.user, defaults={**totals, "marks": marks, "entered_at": clock.now()}
    )


def _may_sign(sheet: VoteSheet, actor: Actor) -> list[Reason]:
    if sheet.counts.filter(teller=actor.user).exists():
        return [Reason("计票人不能签认自己的计票结果。", CLAUSE, "R-5.3.6", "G18", remedy="请由主任委员或秘书签认。")]
    return for_desk(sheet, actor)


@step(
    VoteSheet,
    label="签认计票结果",
    by=SIGNERS,
    on="organisation",
    move="sign",
    blockers=_may_sign,
    effects=["两名计票人的票数一致（电子票：已开票），按规则得出每人结果", "签认后不能再修改"],
)
def sign_tally(sheet: VoteSheet, *, actor: Actor) -> None:
    """G12 and G18. The pass rule counts seats: present less recused; abstained, invalid and missing are not yes."""
    cycle = cycle_of(sheet.sitting)
    lines = list(sheet.lines.all())
    if not sheet.electronic:  # an electronic sheet has its totals since it was unsealed
        first = sheet.counts.order_by("pk")[0].as_count()
        for line in lines:
            marks = first.lines[line.number]
            line.yes, line.no, line.abstain = marks.yes, marks.no, marks.abstain
            line.invalid, line.recused = marks.invalid, marks.recused
    for line in lines:
        attending = sheet.seats - line.recused_seats
        result = thresholds.vote(line.yes or 0, attending, sheet.members, cycle.pass_num, cycle.pass_den)
        recused = f"（另有 {line.recused_seats} 人回避）" if line.recused_seats else ""
        line.passed, line.sentence = result.holds, f"{result.sentence}{recused}"
    VoteLine.objects.bulk_update(lines, ["yes", "no", "abstain", "invalid", "recused", "passed", "sentence"])
    sheet.signed_at, sheet.signed_by = clock.now(), actor.user


def _may_repeat(sheet: VoteSheet, actor: Actor) -> list[Reason]:
    found = for_desk(sheet, actor)
    if sheet.state != SheetState.SIGNED:
        found.append(Reason("只有已签认的表决票才能决定第二轮表决。", CLAUSE, "Q-20", "G18"))
    if sheet.ballot_round == 2:
        found.append(Reason("第二轮表决最多一次。", CLAUSE, "Q-20", "G18"))
    running = (MeetingState.VOTING, MeetingState.COUNTED, CommitteeState.IN_SESSION)
    if sheet.sitting.state not in running:
        found.append(Reason("会议已形成结论，不能再次表决。", CLAUSE, "Q-20", "G18"))
    return found


@step(
    VoteSheet,
    label="决定第二轮表决",
    by=SIGNERS,
    on="organisation",
    when=[SheetState.SIGNED],
    form=CauseForm,
    blockers=_may_repeat,
    creates=True,
    kind="danger",
    effects=["建立第二轮表决票，以第二轮结果为准", "两轮结果都写入会议纪要"],
)
def second_round(sheet: VoteSheet, *, actor: Actor, reason: str) -> VoteSheet:
    """Q-20: once at most, by the chair, with the reason; both rounds stay on record."""
    because = "reviews.second_round"
    again = VoteSheet.objects.create(
        meeting=sheet.meeting,
        session=sheet.session,
        organisation=sheet.organisation,
        enterprise=sheet.enterprise,
        level=sheet.level,
        number=sheet.number,
        mode=sheet.mode,
        ballot_round=2,
        second_round_reason=reason,
    )
    VoteLine.objects.bulk_create(
        [VoteLine(sheet=again, application_id=line.application_id, number=line.number) for line in sheet.lines.all()]
    )
    carry(VoteSheet.objects.filter(pk=sheet.pk), "replace", actor=actor, because=because)
    if sheet.meeting is not None and sheet.meeting.state == MeetingState.COUNTED:
        carry(ReviewMeeting.objects.filter(pk=sheet.meeting_id), "vote_again", actor=actor, because=because)
    return again
