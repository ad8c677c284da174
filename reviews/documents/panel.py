"""The panel's papers: 会议纪要 (DOC-20) of a meeting, 评分表 (DOC-19) of its experts."""

from __future__ import annotations

from typing import Any

from enterprises.choices import Dimension
from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.documents.jobs import Progress
from jiaxing_titles.documents.letter import Letter
from jiaxing_titles.documents.models import DocumentJob
from jiaxing_titles.documents.registry import DocumentError, document
from jiaxing_titles.documents.render import render_pdf
from jiaxing_titles.ui.formats import cn_datetime
from reviews.documents.cases import case_of, visible
from reviews.models import ReviewMeeting
from reviews.queries.summary import score_sheets

MINUTES, SCORES = "reviews.panel_minutes", "reviews.scores"
PRINTERS = (Role.ENT_HR, Role.ENT_LEAD, Role.PANEL_SEC, *Role.officials())


def _of_meeting(job: DocumentJob, actor: Actor) -> bool:
    """Not for the experts: the paper holds also the people for whom one of them is recused."""
    return actor.role in PRINTERS and visible(ReviewMeeting)(job, actor)


def _meeting(job: DocumentJob) -> ReviewMeeting:
    found: ReviewMeeting = case_of(ReviewMeeting, job, "round__cycle", "round__plan", "round__enterprise__organisation")
    return found


@document(MINUTES, "会议纪要", readers=_of_meeting)
def build_minutes(job: DocumentJob, progress: Progress) -> tuple[str, bytes]:
    """From the record that the conclusion froze, so that the paper comes out the same at any time."""
    meeting = _meeting(job)
    if not meeting.record:
        raise DocumentError("评审会还没有形成结论，不能生成会议纪要。")
    return f"{meeting}会议纪要.pdf", render_pdf("documents/reviews_panel_minutes.html", minutes_context(meeting))


def minutes_context(meeting: ReviewMeeting) -> dict[str, Any]:
    record = meeting.record
    assert record is not None, "checked by build_minutes"
    letter = Letter(
        title=f"{record['年度']}年度企业自主评审会会议纪要",
        signer=record["企业名称"],
        dated_on=meeting.concluded_at.astimezone(clock.SHANGHAI).date() if meeting.concluded_at else None,
        red_head=False,
    )
    weights = "，".join(f"{name}{percent}%" for name, percent in record["评分办法"]["权重"])
    ends = "，".join(f"{label}{count}人" for label, count in record["结论"])
    return {"letter": letter, "record": record, "record_hash": meeting.record_hash, "weights": weights, "ends": ends}


@document(SCORES, "评分表", readers=_of_meeting)
def build_scores(job: DocumentJob, progress: Progress) -> tuple[str, bytes]:
    """A page for each expert to sign; only of closed scores, which the database keeps as they are (decision 15)."""
    meeting = _meeting(job)
    if meeting.scores_closed_at is None:
        raise DocumentError("主任委员还没有关闭评分，不能生成评分表。")
    return f"{meeting}评分表.pdf", render_pdf("documents/reviews_scores.html", scores_context(meeting))


def scores_context(meeting: ReviewMeeting) -> dict[str, Any]:
    assert meeting.scores_closed_at is not None
    letter = Letter(
        title=f"{meeting.round.cycle.year}年度评审会评分表",
        signer=str(meeting.round.enterprise),
        dated_on=meeting.scores_closed_at.astimezone(clock.SHANGHAI).date(),
        red_head=False,
    )
    return {
        "letter": letter,
        "weights": [(Dimension(name).label, percent) for name, percent in meeting.round.plan.weights().items()],
        "threshold": meeting.round.plan.score_threshold,
        "held_at": cn_datetime(meeting.opened_at or meeting.planned_at),
        "closed_at": cn_datetime(meeting.scores_closed_at),
        "sheets": score_sheets(meeting),
    }
