"""Score pads as pages show them: an expert's own queue, and all of them once the chair has closed the scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from enterprises.choices import Dimension
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.ui.components import Cell, Table
from reviews.choices import AssessmentState, ItemState
from reviews.models import MeetingItem, MemberAssessment
from reviews.queries.summary import Person
from reviews.rules import scoring
from reviews.tables.review import columns, state

Weights = Mapping[str, int]


def heads_of(weights: Weights) -> list[str]:
    """A column of figures for each dimension with its weight, then the total."""
    return [*(f"{Dimension(name).label}（{percent}%）#" for name, percent in weights.items()), "合计#"]


def scores_of(pad: MemberAssessment, weights: Weights) -> list[Any]:
    """The cells under `heads_of`; empty until the pad is full."""
    scores = {name: getattr(pad, name) for name in weights}
    if None in scores.values():
        return ["" if value is None else value for value in scores.values()] + [""]
    return [*scores.values(), scoring.points(scoring.total(scores, weights))]


def assessments(item: MeetingItem, actor: Any) -> Table:
    """What the reader may see of this person's pads: his own, and after the chair closed all of them."""
    weights = item.meeting.round.plan.weights()
    pads = MemberAssessment.objects.visible_to(actor).filter(item=item).select_related("member")
    rows = [[pad.member.name, *scores_of(pad, weights), pad.comment, state(pad)] for pad in pads]
    heads = columns("评审专家", *heads_of(weights), "评价意见", "状态")
    return Table(heads, rows, "评价", "主任委员关闭评分之前，各人的评价只有本人能看。")


def score_url(pad: MemberAssessment) -> str:
    return reverse("reviews:score", args=[pad.pk])


@dataclass(frozen=True)
class Waiting:
    """One person in an expert's own queue; no `url` while he has not spoken yet or is the one on the page."""

    label: str
    word: str
    url: str = ""
    current: bool = False


def queue(pads: Sequence[MemberAssessment], shown: MemberAssessment) -> list[Waiting]:
    """The expert's own list beside the pad."""
    found = []
    for pad in pads:
        if pad.state == AssessmentState.SUBMITTED:
            word = "已评"
        else:
            word = "待述职" if pad.item.state == ItemState.WAITING else "未评"
        url = score_url(pad) if word == "未评" and pad.pk != shown.pk else ""
        found.append(Waiting(str(pad.item), word, url, pad.pk == shown.pk))
    return found


def pads(own: Sequence[MemberAssessment], weights: Weights) -> Table:
    rows = []
    for pad in own:
        given = pad.state == AssessmentState.SUBMITTED
        ready = not given and pad.item.state == ItemState.PRESENTED
        name = Cell(pad.item.application.person.name, url=score_url(pad) if ready else "")
        shown = state(pad) if pad.item.state != ItemState.WAITING else Cell("待述职", tone="grey")
        link = Cell("修改", url=reverse("do", args=["reviews.reopen_assessment", pad.pk]))
        may_change = given and pad.item.meeting.scores_closed_at is None
        scores = scores_of(pad, weights) if given else [""] * (len(weights) + 1)
        rows.append(
            [
                pad.item.number,
                name,
                pad.item.application.speciality.name,
                *scores,
                shown,
                link if may_change else "",
            ]
        )
    heads = columns("序号#", "姓名", "专业", *heads_of(weights), "状态", "修改")
    return Table(heads, rows, "我要评价的人员", "现在没有需要您评价的人员：签到开会后，逐人述职，再来评价。")


def others_pads(found: Any, actor: Any, weights: Weights) -> Table:
    """The other experts' pads as far as visible; for the desk, also open paper pads with a link to copy them."""
    rows = []
    pads_ = found.select_related("member", "item__application__person").order_by("item__number", "pk")
    may_copy = actor.role in (Role.ENT_HR, Role.PANEL_SEC)
    for pad in pads_:
        is_open = pad.state == AssessmentState.OPEN and pad.member.user_id is None
        url = reverse("do", args=["reviews.copy_assessment", pad.pk]) if may_copy and is_open else ""
        person = Cell(pad.item.application.person.name, url=url)
        rows.append([pad.item.number, person, pad.member.name, *scores_of(pad, weights), pad.comment])
    heads = columns("序号#", "姓名", "评审专家", *heads_of(weights), "评价意见")
    return Table(heads, rows, "各评审专家评价", "主任委员关闭评分之后，才能看到其他专家的评价。")


def summary(people: Sequence[Person]) -> Table:
    """After the close: the mean with how it came about, what it suggests, and what the vote decided."""
    rows = []
    for one in people:
        vote = one.vote
        if vote is None:
            decided: Any = state(one.item) if one.item.state == ItemState.POSTPONED else ""
        else:
            decided = Cell("通过", tone="green") if vote.passed else Cell("未通过", tone="grey")
        rows.append(
            [
                one.item.number,
                Cell(one.item.application.person.name, url=one.item.get_absolute_url()),
                one.item.application.get_level_display(),
                scoring.points(one.mean.hundredths) if one.mean else "",
                one.mean.sentence if one.mean else "",
                one.advice,
                decided,
                f"{vote.sentence}{'（与评分建议不同，以表决为准）' if one.departs else ''}" if vote else "",
            ]
        )
    heads = columns("序号#", "姓名", "申报资格", "平均分#", "怎样平均", "评分建议", "表决结果", "票数")
    return Table(heads, rows, "评分汇总和表决结果", "没有可以显示的人员。")
