"""What the pages of this stage show, as plain tables; nothing here writes HTML or changes anything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from applications.rules.material import NAMES
from enterprises.choices import Level
from jiaxing_titles.policy.models import Cycle
from jiaxing_titles.ui.components import Cell, Column, FileRow, Row, Table
from jiaxing_titles.ui.formats import cn_date, cn_datetime
from jiaxing_titles.ui.history import state_of
from reviews.choices import AssessmentState, Outcome
from reviews.models import (
    GuidanceAssignment,
    MeetingAttendance,
    MeetingItem,
    ReportLine,
    ResultReport,
    ReviewFiling,
    ReviewMeeting,
)
from reviews.queries import Pool, applicants_told, doubles_in, reported_by_speciality
from reviews.rules.reconciliation import Ledger


def columns(*labels: str) -> list[Column]:
    """A label that ends with # heads a column of figures."""
    return [Column(label.removesuffix("#"), label.endswith("#")) for label in labels]


def state(case: Any) -> Cell:
    word, tone = state_of(case)
    return Cell(word, tone=tone)


def when(instant: Any) -> str:
    return cn_datetime(instant) if instant else ""


# -- panel and filing --------------------------------------------------------------------------------------


def filing_facts(filing: ReviewFiling, package: dict[str, Any]) -> list[Row]:
    meeting, notice = filing.meeting, package.get("公示") or {}
    period = f"{cn_date(notice['开始'])}至{cn_date(notice['结束'])}" if notice else "尚无"
    rows = [
        Row("企业", package["企业名称"]),
        Row("会议时间", cn_datetime(meeting.planned_at)),
        Row("会议地点和方式", f"{meeting.place}（{meeting.get_mode_display()}）"),
        Row("申报人数", applicants_told(package)),
        Row("评前公示", period),
        Row("外聘比例", package["外聘比例说明"]),
        Row("方案版本", f"第 {package['方案版本']} 版"),
        Row("联系人及电话", filing.contact),
    ]
    more = (
        ("超比例原因", package["超比例原因"]),
        ("备案编号", filing.receipt_number),
        ("备案时间", when(filing.acknowledged_at)),
        ("同意的外聘人数上限", filing.consented_externals),
        ("市局意见", filing.opinion),
        ("退回原因", filing.returned_reason),
        ("内容校验值", filing.package_hash if filing.frozen else ""),
    )
    return rows + [Row(label, value) for label, value in more if value not in (None, "")]


def package_people(package: dict[str, Any]) -> Table:
    names = ("序号", "姓名", "部门", "岗位", "申报资格", "申报专业", "途径")
    rows = [[person[name] for name in names] for person in package["申报人员"]]
    empty = "还没有可以提交评审会的人员：评前公示期满且无异议后自动列入。"
    return Table(columns("序号#", *names[1:]), rows, "申报人员", empty)


def package_experts(package: dict[str, Any]) -> Table:
    names = ("序号", "姓名", "来源", "工作单位", "专业技术资格", "从事专业", "评审机构职务")
    rows = [[member[name] for name in names] for member in package["评审专家"]]
    return Table(columns("序号#", *names[1:]), rows, "评审专家构成", "还没有评审专家。")


def assignment_facts(assignment: GuidanceAssignment) -> list[Row]:
    meeting = assignment.filing.meeting
    rows = [
        Row("企业", str(assignment.filing.round.enterprise)),
        Row("会议时间", cn_datetime(meeting.planned_at)),
        Row("会议地点", meeting.place),
        Row("专家", assignment.shown),
        Row("抽取时间", cn_datetime(assignment.drawn_at)),
        Row("到会身份", "到会指导，不参加评价和表决，不计入评审专家人数"),
    ]
    more = (
        ("重新抽取原因", assignment.run.reason),
        ("答复时间", when(assignment.answered_at)),
        ("不能到会原因", assignment.decline_reason),
        ("缺席情况", assignment.absence_note),
        ("指导意见", assignment.guidance_note),
    )
    return rows + [Row(label, value) for label, value in more if value]


def assignments(found: Iterable[GuidanceAssignment]) -> Table:
    rows = [[Cell(one.shown, url=one.console_url()), when(one.drawn_at), one.run.reason, state(one)] for one in found]
    return Table(columns("专家", "抽取时间", "重新抽取原因", "状态"), rows, "到会指导指派")


def pool(found: Pool) -> Table:
    """Who would be in the next draw and who is left out, before anybody draws."""
    rows = [
        [one.user.name, one.employer, one.speciality.name, Cell("可抽取", tone="green")] for one in found.candidates
    ]
    rows += [[one.user.name, one.employer, one.speciality.name, why.label] for one, why in found.excluded]
    return Table(columns("专家", "工作单位", "专业", "情况"), rows, "专家库", "专家库中没有在库专家。")


# -- meeting -----------------------------------------------------------------------------------------------


def meetings(rows: Iterable[ReviewMeeting]) -> Table:
    found = [
        [Cell(str(one), url=one.get_absolute_url()), cn_datetime(one.planned_at), one.place, state(one)] for one in rows
    ]
    return Table(columns("会议", "时间", "地点", "状态"), found, "评审会", "还没有安排评审会。")


def attendance(meeting: ReviewMeeting) -> Table:
    signed = {one.member_id: one for one in meeting.attendances.select_related("checked_by", "confirmed_by")}
    checked = any(one.checked_by_id for one in signed.values())
    rows = []
    for member in meeting.panel.members.all():
        one = signed.get(member.pk)
        if one is None:
            shown, at = Cell("未到", tone="grey"), ""
        elif one.seated:
            shown, at = Cell("已到", tone="green"), f"{when(one.signed_at)}（{one.get_method_display()}）"
        else:
            shown, at = Cell("当日退出", tone="amber"), one.stepped_down_reason
        seen = [_seen(one)] if checked else []
        rows.append([member.name, member.source, member.get_post_display(), shown, at, *seen])
    seated = sum(one.seated for one in signed.values())
    caption = f"应到 {len(rows)} 人，实到 {seated} 人"
    return Table(columns("姓名", "来源", "职务", "到会", "签到", *(["核对"] if checked else [])), rows, caption)


def _seen(one: MeetingAttendance | None) -> str:
    """Who has seen him in the room: one person, or two."""
    found = [user.name for user in (one.checked_by, one.confirmed_by) if user is not None] if one else []
    return "、".join(found) + ("（待另一人核对）" if len(found) == 1 else "")


def agenda(meeting: ReviewMeeting) -> Table:
    items = meeting.items.select_related("application__person", "application__speciality").prefetch_related(
        "recusals__member", "assessments"
    )
    rows = []
    for item in items:
        recused = {one.member_id for one in item.recusals.all()}
        pads = [pad for pad in item.assessments.all() if pad.member_id not in recused]
        done = sum(pad.state == AssessmentState.SUBMITTED for pad in pads)
        rows.append(
            [
                item.number,
                Cell(item.application.person.name, url=item.get_absolute_url()),
                item.application.get_level_display(),
                item.application.speciality.name,
                state(item),
                f"{done}/{len(pads)}" if pads else "",
                "、".join(one.member.name for one in item.recusals.all()),
                item.result_sentence,
            ]
        )
    heads = columns("序号#", "姓名", "申报资格", "专业", "状态", "已评价", "回避", "表决结果")
    return Table(heads, rows, "评审名单", "报送备案时自动列入公示期满且无异议的人员。")


def item_facts(item: MeetingItem) -> list[Row]:
    application = item.application
    rows = [
        Row("姓名", application.person.name),
        Row("申报", f"{application.get_level_display()}，{application.speciality.name}"),
        Row("部门和岗位", f"{application.department}，{application.position}"),
        Row("途径", application.get_route_display()),
        Row("业绩摘要", application.summary),
    ]
    flags = [("一线人员", application.front_line_basis), ("突出贡献", application.outstanding_basis)]
    rows += [Row(label, text) for label, text in flags if text]
    more = (
        ("述职", f"{item.get_report_mode_display()}，{when(item.reported_at)}" if item.reported_at else ""),
        ("述职要点", item.self_report),
        ("综合考核情况", item.check_note),
        ("缓评原因", item.postponed_reason),
        ("表决结果", item.result_sentence),
    )
    return rows + [Row(label, text) for label, text in more if text]


HIDDEN_TOPICS = frozenset({"person"})
"""Birthday, ethnicity and the like are no matter of the assessment."""


def materials(item: MeetingItem) -> list[tuple[str, list[Row], list[FileRow]]]:
    """(topic, its facts, its files) of the version handed in, for reading beside the score pad."""
    taken = item.application.snapshot
    found = []
    for topic, facts in taken.get("topics", {}).items():
        if topic in HIDDEN_TOPICS:
            continue
        rows = [Row(fact["label"], "；".join(f"{name}：{text}" for name, text in fact["shown"])) for fact in facts]
        files = [
            FileRow(one["name"], "", reverse("attachments:view", args=[one["attachment"]]))
            for one in taken.get("files", [])
            if one["topic"] == topic
        ]
        found.append((NAMES[topic], rows, files))
    return found


def recusals(item: MeetingItem) -> Table:
    rows = [
        [one.member.name, one.get_kind_display(), one.note, when(one.declared_at)]
        for one in item.recusals.select_related("member")
    ]
    return Table(columns("评审专家", "情形", "说明", "登记时间"), rows, "回避", "没有登记回避。")


# -- report ------------------------------------------------------------------------------------------------


def ledger(found: Ledger) -> Table:
    rows = [[Outcome(end).label, count] for end, count in sorted(found.ends.items())]
    rows.append(["尚无结果", found.difference])
    caption = f"申报 {found.applied} 人，已有结果 {found.settled} 人，差 {found.difference} 人"
    return Table(columns("结果", "人数#"), rows, caption)


def report_people(report: ResultReport) -> Table:
    lines = ReportLine.objects.filter(report=report).select_related("application__person", "application__speciality")
    rows = [
        [
            line.number,
            line.application.person.name,
            line.application.get_level_display(),
            line.application.speciality.name,
            line.application.get_route_display(),
            line.get_outcome_display(),
            line.basis,
        ]
        for line in lines
    ]
    heads = columns("序号#", "姓名", "申报资格", "专业", "途径", "结果", "依据")
    return Table(heads, rows, "上报人员", "提交负责人确认时自动生成名单。")


def standing_rows(found: Sequence[dict[str, Any]]) -> Table:
    words = {
        "received": ("已接收", "green"),
        "submitted": ("待接收", "blue"),
        "suspended": ("暂停或收回", "red"),
        "excused": ("除外", "grey"),
        "missing": ("未报", "amber"),
    }
    rows = []
    for one in found:
        word, tone = words[one["status"]]
        report = one["report"]
        page = report or one["round"]
        link = page.console_url() if page is not None else ""
        county = one["enterprise"].organisation.supervisor.short_name
        when_sent = cn_date(report.submitted_at) if report is not None and report.submitted_at else ""
        rows.append([county, Cell(str(one["enterprise"]), url=link), Cell(word, tone=tone), when_sent])
    return Table(columns("县(市、区)", "企业", "情况", "上报时间"), rows, "各企业上报情况", "本年度没有核准的企业。")


def reported_counts(cycle: Cycle) -> Table:
    """Per speciality and level, how many were reported (F-62)."""
    rows = [
        [one["speciality__name"], Level(one["level"]).label, one["people"]] for one in reported_by_speciality(cycle)
    ]
    return Table(columns("专业", "申报资格", "人数#"), rows, "上报人数", "还没有企业上报。")


def doubles(cycle: Cycle) -> Table:
    """People whom two companies reported, or one company twice; somebody has to look."""
    rows = [[one.person.name, str(one.enterprise), one.get_level_display(), state(one)] for one in doubles_in(cycle)]
    return Table(columns("姓名", "企业", "申报资格", "状态"), rows, "重复上报", "没有同一人重复上报。")
