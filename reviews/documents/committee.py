"""The committee's papers: 会议纪要 and 表决结果报告 of a meeting, 计票单 of a sheet (DOC-23, F-58, F-74)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jiaxing_titles import clock
from jiaxing_titles.documents.jobs import Progress
from jiaxing_titles.documents.letter import Letter
from jiaxing_titles.documents.listing import ListColumn, list_context
from jiaxing_titles.documents.models import DocumentJob
from jiaxing_titles.documents.registry import DocumentError, document
from jiaxing_titles.documents.render import render_pdf
from jiaxing_titles.ui.formats import cn_datetime
from reviews.choices import CommitteeState, PanelPost, SheetState
from reviews.documents.cases import OF_SHEET, case_of, visible
from reviews.models import CommitteeMeeting, CommitteeRecusal, TellerCount, VoteLine, VoteSheet
from reviews.rules import thresholds

MINUTES, RESULT, COUNT = "reviews.committee_minutes", "reviews.committee_result", "reviews.count"
COUNTED = (SheetState.SIGNED, SheetState.REPLACED)
SITTING = (CommitteeState.IN_SESSION, CommitteeState.CLOSED)
MARKS = (("同意", "yes"), ("反对", "no"), ("弃权", "abstain"), ("无效", "invalid"), ("回避", "recused"))


def _letter(meeting: CommitteeMeeting, title: str, **more: Any) -> Letter:
    at = (meeting.closed_at or clock.now()).astimezone(clock.SHANGHAI)
    return Letter(title=title, signer=str(meeting.organisation), dated_on=at.date(), red_head=False, **more)


def _sheets(meeting: CommitteeMeeting) -> list[VoteSheet]:
    found = meeting.sheets.filter(state__in=COUNTED).select_related("enterprise__organisation", "board", "session")
    people = ("lines__application__person", "lines__application__speciality", "counts__teller")
    return list(found.prefetch_related(*people).order_by("number", "ballot_round"))


@document(MINUTES, "中评委会议纪要", readers=visible(CommitteeMeeting))
def build_minutes(job: DocumentJob, progress: Progress) -> tuple[str, bytes]:
    """A draft while the committee sits, so that it is read before people leave; both rounds of a vote stand in it."""
    meeting = case_of(CommitteeMeeting, job, "cycle", "organisation")
    if meeting.state not in SITTING:
        raise DocumentError("会议还没有召开，不能生成会议纪要。")
    return f"{meeting}纪要.pdf", render_pdf("documents/reviews_minutes.html", minutes_context(meeting))


def minutes_context(meeting: CommitteeMeeting) -> dict[str, Any]:
    cycle = meeting.cycle
    members = list(meeting.members.select_related("user"))
    seats = list(meeting.attendances.select_related("member__user", "checked_by", "confirmed_by"))
    here = {one.member_id for one in seats}
    recusals = CommitteeRecusal.objects.filter(slot__meeting=meeting)
    slots = meeting.slots.select_related("enterprise__organisation").prefetch_related("dismissals__member__user")
    dismissed = [(slot.enterprise, one.member, one.reason) for slot in slots for one in slot.dismissals.all()]
    assert meeting.opened_at is not None, "checked by build_minutes"
    draft = "" if meeting.state == CommitteeState.CLOSED else "草稿"
    key = getattr(meeting, "key", None)
    return {
        "letter": _letter(meeting, f"{cycle.year}年度嘉兴市工程技术中级职称资格评审会议纪要", draft=draft),
        "meeting": meeting,
        "held": f"{cn_datetime(meeting.opened_at)}至{cn_datetime(meeting.closed_at) if meeting.closed_at else ''}",
        "quorum": thresholds.quorum_needed(len(members), cycle.quorum_num, cycle.quorum_den),
        "chair": "、".join(one.name for one in members if one.post == PanelPost.CHAIR),
        "members": members,
        "present": [one.name for one in members if one.pk in here],
        "absent": [one.name for one in members if one.pk not in here],
        "replaced": meeting.invitations.exclude(replaced_by=None).select_related("replaced_by"),
        "checkers": _names(one.checked_by for one in seats),
        "confirmers": _names(one.confirmed_by for one in seats),
        "tellers": [one.name for one in meeting.tellers.order_by("pk")],
        "keepers": [one.user.name for one in key.holders.select_related("user")] if key else [],
        "slots": slots,
        "recusals": recusals.select_related("slot__enterprise__organisation", "member__user", "application__person"),
        "dismissed": dismissed,
        "sheets": [(sheet, *_issue(sheet), _tally(sheet)) for sheet in _sheets(meeting)],
    }


def _names(users: Iterable[Any]) -> str:
    return "、".join(dict.fromkeys(user.name for user in users if user is not None))


def _issue(sheet: VoteSheet) -> tuple[int, int, int, int]:
    """发票, 收票, 有效, 无效."""
    if sheet.electronic:
        return sheet.seats, sheet.ballots, sheet.ballots - sheet.invalid_ballots, sheet.invalid_ballots
    counts: list[TellerCount] = list(sheet.counts.all())
    one = counts[0]
    return one.issued, one.returned, one.valid, one.invalid


def _tally(sheet: VoteSheet) -> str:
    passed = sum(bool(line.passed) for line in sheet.lines.all())
    return f"通过{passed}人，未通过{len(sheet.lines.all()) - passed}人"


RESULT_COLUMNS = (
    ListColumn("序号", "number"),
    ListColumn("企业", "text"),
    ListColumn("姓名", "name"),
    ListColumn("申报专业"),
    ListColumn("申报资格"),
    ListColumn("票号", "centre"),
    *(ListColumn(label, "figure") for label, _ in MARKS),
    ListColumn("结果", "centre"),
    ListColumn("计算", "text"),
)


@document(RESULT, "中评委表决结果报告", readers=visible(CommitteeMeeting))
def build_result(job: DocumentJob, progress: Progress) -> tuple[str, bytes]:
    """Everybody voted on with his one result; a first round that was replaced is in the minutes only."""
    meeting = case_of(CommitteeMeeting, job, "cycle", "organisation")
    if meeting.state != CommitteeState.CLOSED:
        raise DocumentError("会议还没有闭会，结果没有确认，不能生成表决结果报告。")
    return f"{meeting}表决结果报告.pdf", render_pdf("documents/reviews_result.html", result_context(meeting))


def result_context(meeting: CommitteeMeeting) -> dict[str, Any]:
    standing = [sheet for sheet in _sheets(meeting) if sheet.state == SheetState.SIGNED]
    lines = [(sheet, line) for sheet in standing for line in sheet.lines.all()]
    rows = [
        (
            number,
            str(sheet.enterprise),
            line.application.person.name,
            line.application.speciality.name,
            line.application.get_level_display(),
            f"{sheet.number}",
            *(getattr(line, mark) for _, mark in MARKS),
            "通过" if line.passed else "未通过",
            line.sentence,
        )
        for number, (sheet, line) in enumerate(lines, start=1)
    ]
    passed = sum(bool(line.passed) for _, line in lines)
    carried = [one.enterprise for one in meeting.slots.select_related("enterprise__organisation") if one.carried_reason]
    return {
        **list_context(_letter(meeting, f"{meeting}表决结果报告"), RESULT_COLUMNS, rows),
        "meeting": meeting,
        "members": meeting.members.count(),
        "seats": meeting.attendances.count(),
        "passed": passed,
        "failed": len(lines) - passed,
        "carried": carried,
        "electronic": [sheet for sheet in standing if sheet.electronic],
        "tellers": _names(meeting.tellers.order_by("pk")),
    }


COUNT_COLUMNS = (
    ListColumn("序号", "number"),
    ListColumn("姓名", "name"),
    ListColumn("申报专业"),
    ListColumn("应投", "figure"),
)


@document(COUNT, "计票单", readers=visible(VoteSheet))
def build_count(job: DocumentJob, progress: Progress) -> tuple[str, bytes]:
    """Empty for a teller's pen while paper is counted; afterwards what both keyed, or what the box held."""
    sheet = case_of(VoteSheet, job, *OF_SHEET)
    if sheet.state not in (SheetState.COUNTING, SheetState.UNSEALED, *COUNTED):
        raise DocumentError("表决票还没有发出或开票，不能生成计票单。")
    return f"{sheet}计票单.pdf", render_pdf("documents/reviews_count.html", count_context(sheet))


def count_context(sheet: VoteSheet) -> dict[str, Any]:
    counts = list(sheet.counts.select_related("teller")) if sheet.state in COUNTED and not sheet.electronic else []
    blank = sheet.state == SheetState.COUNTING
    blocks = [f"（{one.teller.name}）" for one in counts] or [""]
    columns = [*COUNT_COLUMNS]
    columns += [ListColumn(f"{label}{who}", "figure") for who in blocks for label, _ in MARKS]
    rows = []
    for line in sheet.lines.select_related("application__person", "application__speciality"):
        row = [
            line.number,
            line.application.person.name,
            line.application.speciality.name,
            sheet.seats - line.recused_seats,
        ]
        rows.append(row + _figures(line, counts, blank))
    at = (sheet.signed_at or clock.now()).astimezone(clock.SHANGHAI)
    letter = Letter(
        title=f"{sheet.sitting}计票单",
        signer=str(sheet.organisation),
        number=f"第{sheet.number}号票第{sheet.ballot_round}轮",
        dated_on=None if blank else at.date(),
        red_head=False,
        draft="已由第二轮取代" if sheet.state == SheetState.REPLACED else "",
    )
    key = getattr(sheet.sitting, "key", None)
    return {
        **list_context(letter, columns, rows),
        "sheet": sheet,
        "blank": blank,
        "counts": counts,
        "keepers": [one.user.name for one in key.holders.select_related("user")] if sheet.electronic and key else [],
        "needed": key.needed if sheet.electronic and key else 0,
    }


def _figures(line: VoteLine, counts: list[TellerCount], blank: bool) -> list[Any]:
    if blank:
        return [""] * len(MARKS)
    if counts:
        return [one.marks[str(line.number)][mark] for one in counts for _, mark in MARKS]
    return [getattr(line, mark) for _, mark in MARKS]
