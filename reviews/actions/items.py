"""One person before the panel: 述职, 综合考核, the four dimensions (办法五（二）)."""

from __future__ import annotations

from applications.models import TitleApplication
from enterprises.choices import Dimension
from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, carry, step
from jiaxing_titles.actions.views import CauseForm
from jiaxing_titles.reasons import Reason
from reviews import forms, gates
from reviews.actions.panel import DESK
from reviews.actions.tally import chair_reasons
from reviews.choices import ItemState, MeetingMode, MeetingState, SelfReportMode
from reviews.models import MeetingItem, MemberAssessment
from reviews.rules import scoring

OF_ITEM = "meeting.round.enterprise.organisation"
OF_PAD = "item.meeting.round.enterprise.organisation"


def _floor_is_free(item: MeetingItem, actor: Actor) -> list[Reason]:
    found = gates.meeting_in_session(item)
    if actor.role == Role.PANEL_EXPERT:
        found += chair_reasons(item.meeting, actor)
    speaking = item.meeting.items.filter(state=ItemState.WAITING, called_at__isnull=False).exclude(pk=item.pk).first()
    if speaking is not None:
        text = f"{speaking}正在述职。"
        remedy = "请先登记其述职和综合考核，或办理缓评。"
        found.append(Reason(text, "办法五（二）", "R-5.2.4", "G11", remedy=remedy))
    return found


@step(
    MeetingItem,
    label="请其述职",
    by=(Role.PANEL_EXPERT, *DESK),
    on=OF_ITEM,
    when=[ItemState.WAITING],
    blockers=_floor_is_free,
    over=lambda item, actor: item.called_at is not None,
    effects=["开始计时，议程板显示“述职中”"],
)
def call_item(item: MeetingItem, *, actor: Actor) -> None:
    """One person at a time is before the panel; called again, his time starts anew (F-50)."""
    item.called_at = clock.now()


@step(MeetingItem, label="登记述职和综合考核", by=DESK, on=OF_ITEM, move="present", form=forms.PresentForm)
def present_item(item: MeetingItem, *, actor: Actor, report_mode: str, self_report: str, check_note: str) -> None:
    """R-5.2.4: 克服“只看材料不见人”; by video only where the filed meeting says so (Q-14)."""
    if report_mode == SelfReportMode.REMOTE and item.meeting.mode != MeetingMode.REMOTE:
        text = "本次会议备案为现场会议，述职须到会。"
        raise Blocked([Reason(text, "办法五（二）", "R-5.2.4", "G11", field="report_mode")])
    item.report_mode, item.self_report, item.check_note = report_mode, self_report, check_note
    item.reported_at = clock.now()


def _before_the_vote(item: MeetingItem, actor: Actor) -> list[Reason]:
    if item.meeting.state in (MeetingState.SIGNING_IN, MeetingState.IN_SESSION):
        return []
    told = item.meeting.get_state_display()
    return [Reason(f"评审会现为“{told}”，不能办理缓评。", "办法五（二）", "R-5.2.4", "G11")]


@step(
    MeetingItem,
    label="缓评",
    by=DESK,
    on=OF_ITEM,
    move="postpone",
    form=CauseForm,
    blockers=_before_the_vote,
    kind="danger",
    effects=["本次不评价、不表决，可以参加下一次评审会"],
)
def postpone_item(item: MeetingItem, *, actor: Actor, reason: str) -> None:
    """He did not come to 述职, or too many are recused: not decided today, nothing lost."""
    item.postponed_reason = reason[:300]
    person = TitleApplication.objects.filter(pk=item.application_id, state="in_review")
    carry(person, "postpone_review", actor=actor, because="reviews.postpone_item")


# The event would show a member's scores to whoever reads the record before the chair has closed them (decision 15).
SCORES = (*Dimension.values, "comment")


def _write(pad: MemberAssessment, scores: dict[str, int], comment: str) -> None:
    unfit = [Reason("请填 0 至 100 的整数。", field=name) for name, value in scores.items() if not 0 <= value <= 100]
    threshold = pad.item.meeting.round.plan.score_threshold
    if scoring.unexplained(scores, dict(Dimension.choices), comment, threshold):
        # Which score is low is told on the expert's own page; the record of a refusal is read by others.
        unfit.append(Reason("评价意见没有按方案的要求填写。", "办法五（二）", "R-5.2.5", "G11", field="comment"))
    if unfit:
        raise Blocked(unfit)
    for name, value in scores.items():
        setattr(pad, name, value)
    pad.comment = comment


@step(
    MemberAssessment,
    label="提交评价",
    by=[Role.PANEL_EXPERT],
    on=OF_PAD,
    move="submit",
    form=forms.AssessmentForm,
    own="member.user",
    unrecorded=SCORES,
)
def assess(
    pad: MemberAssessment,
    *,
    actor: Actor,
    ethics: int,
    innovation: int,
    performance: int,
    contribution: int,
    comment: str = "",
) -> None:
    """职业道德、创新能力、业绩水平和实际贡献, each 0–100; named, and hidden from the others until the chair closes."""
    scores = {"ethics": ethics, "innovation": innovation, "performance": performance, "contribution": contribution}
    _write(pad, scores, comment)


@step(
    MemberAssessment,
    label="修改评价",
    by=[Role.PANEL_EXPERT],
    on=OF_PAD,
    move="take_back",
    own="member.user",
)
def reopen_assessment(pad: MemberAssessment, *, actor: Actor) -> None:
    """Before the chair closes the scores."""


def _on_paper(pad: MemberAssessment, actor: Actor) -> list[Reason]:
    if pad.member.user_id is None:
        return []
    return [Reason(f"{pad.member.name}有账号，评价由本人填写。", "办法五（二）", "R-5.2.5", "G11")]


@step(
    MemberAssessment,
    label="录入纸面评价",
    by=DESK,
    on=OF_PAD,
    move="submit",
    form=forms.AssessmentForm,
    blockers=_on_paper,
    unrecorded=SCORES,
)
def copy_assessment(
    pad: MemberAssessment,
    *,
    actor: Actor,
    ethics: int,
    innovation: int,
    performance: int,
    contribution: int,
    comment: str = "",
) -> None:
    """From the signed paper of a member without an account."""
    scores = {"ethics": ethics, "innovation": innovation, "performance": performance, "contribution": contribution}
    _write(pad, scores, comment)
