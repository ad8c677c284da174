"""What the scores say once the chair has closed them: a mean a person, beside the vote that alone decides (F-54)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from enterprises.choices import Dimension
from reviews.choices import AssessmentState, ItemState, SheetState
from reviews.models import MeetingItem, MemberAssessment, PanelMember, ReviewMeeting, VoteLine
from reviews.rules import scoring


@dataclass(frozen=True)
class Vote:
    """One signed line; `replaced` by a second round."""

    ballot_round: int
    passed: bool
    sentence: str
    replaced: bool


@dataclass(frozen=True)
class Person:
    """One person of the meeting. `mean` is None for who is postponed; `votes` are in the order of their rounds."""

    item: MeetingItem
    mean: scoring.Mean | None
    advice: str
    advised: bool
    votes: Sequence[Vote]

    @property
    def vote(self) -> Vote | None:
        """The one that holds."""
        return next((one for one in self.votes if not one.replaced), None)

    @property
    def departs(self) -> bool:
        """Whether the ballot decided otherwise than the scores suggest, which it may."""
        return self.vote is not None and self.mean is not None and self.vote.passed != self.advised


def total_of(pad: MemberAssessment, weights: Mapping[str, int]) -> int:
    """Hundredths of a point of a submitted pad."""
    return scoring.total({name: getattr(pad, name) for name in Dimension.values}, weights)


def people_of(meeting: ReviewMeeting) -> list[Person]:
    """Everybody on the agenda. Only for a meeting whose scores are closed (decision 15)."""
    assert meeting.scores_closed_at is not None
    plan = meeting.round.plan
    weights = plan.weights()
    items = meeting.items.select_related("application__person", "application__speciality")
    votes = _votes(meeting)
    found = []
    for item in items.prefetch_related("assessments", "recusals__member"):
        mean = None
        if item.state != ItemState.POSTPONED:
            totals = [total_of(pad, weights) for pad in counted(item)]
            mean = scoring.mean(totals, drops_extremes=plan.drops_extremes)
        found.append(
            Person(
                item,
                mean,
                scoring.advice(mean, plan.score_threshold) if mean else "",
                mean is not None and scoring.reaches(mean, plan.score_threshold),
                votes.get(item.application_id, []),
            )
        )
    return found


def counted(item: MeetingItem) -> Iterable[MemberAssessment]:
    """The pads that count for one person: submitted, and not by somebody recused since. Wants both prefetched."""
    out = {one.member_id for one in item.recusals.all()}
    return [
        pad for pad in item.assessments.all() if pad.state == AssessmentState.SUBMITTED and pad.member_id not in out
    ]


@dataclass(frozen=True)
class ScoreRow:
    """One person on an expert's sheet; `recused` rows hold no figures."""

    item: MeetingItem
    scores: Sequence[int | str]
    total: str
    comment: str
    recused: bool


@dataclass(frozen=True)
class ScoreSheet:
    """What one expert gave, for him to sign."""

    member: PanelMember
    rows: Sequence[ScoreRow]


def score_sheets(meeting: ReviewMeeting) -> list[ScoreSheet]:
    """A sheet for each seated expert, everybody on the agenda who was assessed in its order."""
    assert meeting.scores_closed_at is not None
    weights = meeting.round.plan.weights()
    items = meeting.items.exclude(state=ItemState.POSTPONED)
    items = items.select_related("application__person", "application__speciality")
    people = list(items.prefetch_related("assessments", "recusals"))
    seats = meeting.attendances.filter(stepped_down_reason="").select_related("member").order_by("member")
    return [ScoreSheet(one.member, [_score_row(item, one.member_id, weights) for item in people]) for one in seats]


def _score_row(item: MeetingItem, member: int, weights: Mapping[str, int]) -> ScoreRow:
    pad = next((one for one in counted(item) if one.member_id == member), None)
    if pad is None:
        return ScoreRow(item, [""] * len(weights), "", "", recused=True)
    scores = [getattr(pad, name) for name in weights]
    return ScoreRow(item, scores, scoring.points(total_of(pad, weights)), pad.comment, recused=False)


def _votes(meeting: ReviewMeeting) -> dict[int, list[Vote]]:
    lines = VoteLine.objects.filter(sheet__meeting=meeting, sheet__state__in=[SheetState.SIGNED, SheetState.REPLACED])
    found: dict[int, list[Vote]] = {}
    for line in lines.select_related("sheet").order_by("sheet__ballot_round", "sheet__number", "number"):
        replaced = line.sheet.state == SheetState.REPLACED
        vote = Vote(line.sheet.ballot_round, bool(line.passed), line.sentence, replaced)
        found.setdefault(line.application_id, []).append(vote)
    return found
