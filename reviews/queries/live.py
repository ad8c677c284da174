"""The agenda board of a running meeting (F-50 … F-52): who is where, since when, before how many seats.

No score is read here. An expert's board holds nothing of the people for whom he is recused.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from reviews.choices import AssessmentState, ItemState, Phase
from reviews.models import MeetingItem, Recusal, ReviewMeeting
from reviews.rules import thresholds


@dataclass(frozen=True)
class Line:
    """One person: `scored` of `seats` have scored him; `since` is when the present phase began, if it is timed."""

    item: MeetingItem
    phase: Phase
    scored: int
    seats: int
    recusals: Sequence[Recusal]
    since: dt.datetime | None

    seconds: int = 0
    """How long the present phase had lasted when the board was read."""

    @property
    def timed(self) -> bool:
        return self.since is not None

    @property
    def elapsed(self) -> str:
        """`07:12`, with hours in front once there are any."""
        minutes, seconds = divmod(self.seconds, 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes:02d}:{seconds:02d}"


@dataclass(frozen=True)
class Board:
    """`hidden` people are on the agenda but not on this reader's board."""

    lines: Sequence[Line]
    hidden: int
    quorum: thresholds.Quorum

    @property
    def current(self) -> Line | None:
        """Who speaks, or else the first whom the experts are scoring."""
        for phase in (Phase.SPEAKING, Phase.SCORING):
            for line in self.lines:
                if line.phase == phase:
                    return line
        return None

    @property
    def next(self) -> Line | None:
        return next((line for line in self.lines if line.phase == Phase.AHEAD), None)

    @property
    def done(self) -> int:
        return sum(line.phase == Phase.DONE for line in self.lines)

    @property
    def expected(self) -> int:
        """How many are to be finished today; who is postponed is not."""
        return sum(line.phase != Phase.POSTPONED for line in self.lines)


def board_of(meeting: ReviewMeeting, actor: Actor) -> Board:
    """The meeting as this reader may follow it, at this instant."""
    seated = [one.member_id for one in meeting.attendances.all() if one.seated]
    items = meeting.items.select_related("application__person", "application__speciality")
    items = items.prefetch_related("recusals__member", "assessments")
    everybody = list(items)
    shown = everybody
    if actor.role == Role.PANEL_EXPERT:
        mine = set(MeetingItem.objects.visible_to(actor).filter(meeting=meeting).values_list("pk", flat=True))
        shown = [item for item in everybody if item.pk in mine]
    cycle = meeting.round.cycle
    members = meeting.panel.members.count()
    now = clock.now()
    return Board(
        [_line(item, seated, now) for item in shown],
        len(everybody) - len(shown),
        thresholds.quorum(len(seated), members, cycle.quorum_num, cycle.quorum_den),
    )


def _line(item: MeetingItem, seated: Sequence[int], now: dt.datetime) -> Line:
    recusals = sorted(item.recusals.all(), key=lambda one: one.member_id)
    out = {one.member_id for one in recusals}
    pads = [pad.state for pad in item.assessments.all() if pad.member_id not in out]
    scored = pads.count(AssessmentState.SUBMITTED)
    if item.state == ItemState.POSTPONED:
        phase, since = Phase.POSTPONED, None
    elif item.state == ItemState.WAITING:
        phase, since = (Phase.SPEAKING if item.called_at else Phase.AHEAD), item.called_at
    elif item.state == ItemState.PRESENTED and scored < len(pads):
        phase, since = Phase.SCORING, item.reported_at
    else:
        phase, since = Phase.DONE, None
    seconds = max(0, int((now - since).total_seconds())) if since else 0
    return Line(item, phase, scored, sum(one not in out for one in seated), recusals, since, seconds)
