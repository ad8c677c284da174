"""Printed documents of this stage: 备案表 (DOC-16), 报告单 (DOC-20), 汇总表 (DOC-21), 随机抽取记录.

The committee's own are in `committee`, the panel's in `panel`; both are registered by being imported here.
"""

from __future__ import annotations

import hashlib
from typing import Any

from jiaxing_titles import clock
from jiaxing_titles.documents.jobs import Progress
from jiaxing_titles.documents.letter import Letter
from jiaxing_titles.documents.listing import ListColumn, list_context
from jiaxing_titles.documents.models import DocumentJob
from jiaxing_titles.documents.registry import DocumentError, document
from jiaxing_titles.documents.render import render_pdf
from jiaxing_titles.ui.formats import cn_datetime
from reviews.choices import GuidanceState, Outcome, SheetState
from reviews.documents import committee as committee
from reviews.documents import panel as panel
from reviews.documents.cases import OF_SHEET, case_of, visible
from reviews.models import RandomDraw, ReportLine, ResultReport, ReviewFiling, VoteSheet
from reviews.queries import applicants_told, draw_file, names_in, package_of

FILING, TALLY, REPORT, DRAW = "reviews.filing", "reviews.tally", "reviews.report", "reviews.draw"


@document(FILING, "备案表", readers=visible(ReviewFiling))
def build_filing(job: DocumentJob, progress: Progress) -> tuple[str, bytes]:
    """备案表, 评审专家构成表 and 申报人员一览表 in one file, from the frozen package once there is one."""
    filing = case_of(ReviewFiling, job, "meeting", "panel", "round__cycle", "round__enterprise__organisation")
    return f"{filing}表.pdf", render_pdf("documents/reviews_filing.html", filing_context(filing))


def filing_context(filing: ReviewFiling) -> dict[str, Any]:
    """What the template prints. A draft says so across the page."""
    letter = Letter(
        title=f"{filing.round.cycle.year}年度企业自主评审会备案表",
        number=filing.receipt_number or "",
        signer=str(filing.round.enterprise),
        dated_on=(filing.submitted_at or clock.now()).astimezone(clock.SHANGHAI).date(),
        red_head=False,
        draft="" if filing.frozen else "草稿",
    )
    guidance = getattr(filing, "guidance", None)
    standing = filing.assignments.select_related("expert", "run__draw")
    package = filing.frozen or package_of(filing.meeting)
    return {
        "letter": letter,
        "filing": filing,
        "package": package,
        "applicants": applicants_told(package),
        "planned_at": cn_datetime(filing.meeting.planned_at),
        "acknowledged_at": cn_datetime(filing.acknowledged_at) if filing.acknowledged_at else "",
        "guidance": guidance,
        "guests": [one.shown for one in standing.exclude(state__in=GuidanceState.gone())],
    }


@document(TALLY, "投票结果报告单", readers=visible(VoteSheet))
def build_tally(job: DocumentJob, progress: Progress) -> tuple[str, bytes]:
    """Only a signed tally is printed; a first round that was replaced says so."""
    sheet = case_of(VoteSheet, job, *OF_SHEET)
    if sheet.state not in (SheetState.SIGNED, SheetState.REPLACED):
        raise DocumentError("计票结果还没有签认，不能生成投票结果报告单。")
    return f"{sheet}投票结果报告单.pdf", render_pdf("documents/reviews_tally.html", tally_context(sheet))


TALLY_COLUMNS = (
    ListColumn("序号", "number"),
    ListColumn("姓名", "name"),
    ListColumn("申报专业"),
    ListColumn("申报资格"),
    ListColumn("同意", "figure"),
    ListColumn("反对", "figure"),
    ListColumn("弃权", "figure"),
    ListColumn("无效", "figure"),
    ListColumn("回避", "figure"),
    ListColumn("结果", "centre"),
    ListColumn("计算", "text"),
)


def tally_context(sheet: VoteSheet) -> dict[str, Any]:
    """Totals per name and of the sheet; tellers and chair sign the paper."""
    letter = Letter(
        title=f"{sheet.sitting}投票结果报告单",
        signer=str(sheet.organisation),
        number=f"第{sheet.number}号票第{sheet.ballot_round}轮",
        dated_on=sheet.signed_at.astimezone(clock.SHANGHAI).date() if sheet.signed_at else None,
        red_head=False,
        draft="已由第二轮取代" if sheet.state == SheetState.REPLACED else "",
    )
    rows = [
        (
            line.number,
            line.application.person.name,
            line.application.speciality.name,
            line.application.get_level_display(),
            line.yes,
            line.no,
            line.abstain,
            line.invalid,
            line.recused,
            "通过" if line.passed else "未通过",
            line.sentence,
        )
        for line in sheet.lines.select_related("application__person", "application__speciality")
    ]
    sitting = sheet.sitting
    if sheet.electronic:
        keepers = [holder.user.name for holder in sitting.key.holders.select_related("user")]
        valid, invalid = sheet.ballots - sheet.invalid_ballots, sheet.invalid_ballots
        count: Any = {"issued": sheet.seats, "returned": sheet.ballots, "valid": valid, "invalid": invalid}
    else:
        counts = list(sheet.counts.select_related("teller").order_by("pk"))
        keepers, count = [one.teller.name for one in counts], counts[0] if counts else None
    return {
        **list_context(letter, TALLY_COLUMNS, rows),
        "sheet": sheet,
        "count": count,
        "tellers": keepers,
        "place": sitting.place,
        "held_at": cn_datetime(sitting.opened_at or sitting.planned_at),
    }


REPORT_COLUMNS = (
    ListColumn("序号", "number"),
    ListColumn("姓名", "name"),
    ListColumn("部门"),
    ListColumn("岗位"),
    ListColumn("申报资格"),
    ListColumn("专业"),
    ListColumn("途径", "centre"),
    ListColumn("公示情况", "centre"),
    ListColumn("评审结果", "text"),
)


@document(REPORT, "评审通过人员汇总表", readers=visible(ResultReport))
def build_report(job: DocumentJob, progress: Progress) -> tuple[str, bytes]:
    """The passed people as reported; identity numbers travel in the certificate data, not on this paper."""
    report = case_of(ResultReport, job, "round__cycle", "round__enterprise__organisation")
    return f"{report}汇总表.pdf", render_pdf("documents/reviews_report.html", report_context(report))


def report_context(report: ResultReport) -> dict[str, Any]:
    """Passed people, then how many ended otherwise, so that the sum can be checked on paper."""
    lines = ReportLine.objects.filter(report=report).select_related("application__person", "application__speciality")
    passed = [line for line in lines if line.outcome == Outcome.PASSED]
    letter = Letter(
        title=f"{report.round.cycle.year}年度评审通过人员汇总表",
        signer=str(report.round.enterprise),
        dated_on=(report.submitted_at or clock.now()).astimezone(clock.SHANGHAI).date(),
        red_head=False,
        draft="" if report.submitted_at else "未上报",
    )
    rows = [
        (
            number,
            line.application.person.name,
            line.application.department,
            line.application.position,
            line.application.get_level_display(),
            line.application.speciality.name,
            line.application.get_route_display(),
            "无异议",
            line.basis,
        )
        for number, line in enumerate(passed, start=1)
    ]
    ends = {outcome.label: sum(line.outcome == outcome for line in lines) for outcome in Outcome}
    applied = sum(ends.values())
    return {
        **list_context(letter, REPORT_COLUMNS, rows),
        "ends": [(label, count) for label, count in ends.items() if count],
        "applied": applied,
        "report": report,
    }


RUN_COLUMNS = (
    ListColumn("次", "number"),
    ListColumn("抽取时间"),
    ListColumn("抽中编号", "centre"),
    ListColumn("抽中", "name"),
    ListColumn("单位", "text"),
    ListColumn("重新抽取原因", "text"),
    ListColumn("不能抽取的", "text"),
    ListColumn("经办"),
    ListColumn("同意"),
)


@document(DRAW, "随机抽取记录", readers=visible(RandomDraw))
def build_draw(job: DocumentJob, progress: Progress) -> tuple[str, bytes]:
    """One page: the pool, both commitments, every run. Only what was drawn is printed; blind, only its code."""
    related = ("filing__meeting__round__cycle", "filing__meeting__round__enterprise__organisation", "cycle")
    draw = case_of(RandomDraw, job, "organisation", "supervisor", *related)
    if not draw.runs.exists():
        raise DocumentError("还没有抽取，不能生成抽取记录。")
    return f"{draw.pool['subject']}随机抽取记录.pdf", render_pdf("documents/reviews_draw.html", draw_context(draw))


def draw_context(draw: RandomDraw) -> dict[str, Any]:
    runs, names = list(draw.runs.select_related("drawn_by", "agreed_by")), names_in(draw)
    letter = Letter(
        title="随机指派专家抽取记录" if draw.filing_id else "随机抽查企业抽取记录",
        signer=draw.organisation.name,
        dated_on=runs[-1].at.astimezone(clock.SHANGHAI).date(),
        red_head=False,
    )
    rows = [
        (
            run.run_no,
            cn_datetime(run.at),
            "、".join(run.chosen),
            "、".join(names[code][0] for code in run.chosen) if names else "未到公开时间",
            "、".join(names[code][1] for code in run.chosen) if names else "",
            run.reason,
            "；".join(f"{one['code']} {one['why']}" for one in run.unavailable),
            run.drawn_by.name if run.drawn_by else "系统",
            run.agreed_by.name if run.agreed_by else "",
        )
        for run in runs
    ]
    return {
        **list_context(letter, RUN_COLUMNS, rows),
        "draw": draw,
        "runs": runs,
        "unit": "人" if draw.filing_id else "家",
        "inside": len(draw.pool["experts"]),
        "outside": len(draw.pool["excluded"]),
        "file_hash": hashlib.sha256(draw_file(draw)).hexdigest(),
    }
