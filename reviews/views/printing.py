"""Asking for this stage's documents; they are made in the worker and fetched from the job's page."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views import View

from jiaxing_titles.accounts.access import RoleRequired
from jiaxing_titles.actions.case import get_visible
from jiaxing_titles.documents.jobs import request_document
from reviews.documents.panel import PRINTERS
from reviews.models import CommitteeMeeting, RandomDraw, ResultReport, ReviewFiling, ReviewMeeting, VoteSheet


class PrintView(RoleRequired, View):
    """POST only: a document job for a case that the acting person may see."""

    model: type[Any]
    kind = ""
    label = ""
    http_method_names = ["post"]

    def post(self, request: Any, pk: int) -> HttpResponse:
        case = get_visible(self.model, request.actor, pk)
        job = request_document(self.kind, actor=request.actor, title=f"{self.label}：{case}", pk=case.pk)
        return redirect(job)


class FilingPdf(PrintView):
    model, kind, label = ReviewFiling, "reviews.filing", "备案表"


class ReportPdf(PrintView):
    model, kind, label = ResultReport, "reviews.report", "评审通过人员汇总表"


class TallyPdf(PrintView):
    model, kind, label = VoteSheet, "reviews.tally", "投票结果报告单"


class PanelMinutesPdf(PrintView):
    roles = PRINTERS
    model, kind, label = ReviewMeeting, "reviews.panel_minutes", "会议纪要"


class ScoresPdf(PrintView):
    roles = PRINTERS
    model, kind, label = ReviewMeeting, "reviews.scores", "评分表"


class DrawPdf(PrintView):
    model, kind, label = RandomDraw, "reviews.draw", "随机抽取记录"


class CountPdf(PrintView):
    model, kind, label = VoteSheet, "reviews.count", "计票单"


class MinutesPdf(PrintView):
    model, kind, label = CommitteeMeeting, "reviews.committee_minutes", "会议纪要"


class ResultPdf(PrintView):
    model, kind, label = CommitteeMeeting, "reviews.committee_result", "表决结果报告"
