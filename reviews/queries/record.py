"""The record of a meeting (S-9): who was there, who stepped back, what was decided; frozen with the conclusion."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from enterprises.choices import Dimension
from jiaxing_titles.accounts.models import User
from jiaxing_titles.ui.formats import cn_datetime
from reviews.choices import GuidanceState, ItemState, SheetState
from reviews.gates.meeting import seats_of
from reviews.models import ReviewMeeting, VoteSheet
from reviews.queries.package import digest
from reviews.queries.summary import Person, Vote, people_of
from reviews.rules import scoring, thresholds


def record_of(meeting: ReviewMeeting) -> dict[str, Any]:
    """As one JSON value, in the words of the printed minutes; what has an order is a list, for objects keep none.

    No single expert's scores: those are on his own sheet.
    """
    round_ = meeting.round
    cycle, plan = round_.cycle, round_.plan
    seats = list(meeting.attendances.select_related("member", "checked_by", "confirmed_by").order_by("pk"))
    present = {one.member_id for one in seats}
    members = list(meeting.panel.members.all())
    guests = meeting.filing.assignments.filter(state__in=[GuidanceState.ATTENDED, GuidanceState.REPORTED])
    people = people_of(meeting)
    sheets = meeting.sheets.filter(state__in=[SheetState.SIGNED, SheetState.REPLACED])
    return {
        "企业名称": str(round_.enterprise),
        "年度": cycle.year,
        "评审机构": meeting.panel.name,
        "备案编号": meeting.filing.receipt_number or "",
        "方案版本": plan.number,
        "方案校验值": plan.content_hash,
        "开会时间": _at(meeting.opened_at),
        "会议地点": meeting.place,
        "会议方式": meeting.get_mode_display(),
        "到会情况": _quorum(meeting).sentence,
        "到会专家": [
            {
                "姓名": one.member.name,
                "来源": one.member.source,
                "职务": one.member.get_post_display(),
                "签到时间": _at(one.signed_at),
                "签到方式": one.get_method_display(),
            }
            for one in seats
            if one.seated
        ],
        "到会核对": _names(one.checked_by for one in seats if one.seated),
        "到会复核": _names(one.confirmed_by for one in seats if one.seated),
        "未到专家": [one.name for one in members if one.pk not in present],
        "当日退出": [{"姓名": one.member.name, "原因": one.stepped_down_reason} for one in seats if not one.seated],
        "到会指导": [one.expert.name for one in guests.select_related("expert").order_by("pk")],
        "监票计票": [one.name for one in meeting.tellers.order_by("pk")],
        "评分办法": {
            "权重": [[Dimension(name).label, percent] for name, percent in plan.weights().items()],
            "阈值": plan.score_threshold,
            "去掉最高最低": plan.drops_extremes,
            "关闭时间": _at(meeting.scores_closed_at),
        },
        "评审对象": [_person(one) for one in people],
        "表决票": [_sheet(one) for one in sheets.select_related("signed_by").order_by("number", "ballot_round")],
        "结论": [
            [state.label, sum(one.item.state == state for one in people)]
            for state in (ItemState.PASSED, ItemState.FAILED, ItemState.POSTPONED)
        ],
        "纪要": meeting.minutes,
    }


def frozen_record(meeting: ReviewMeeting) -> tuple[dict[str, Any], str]:
    """The record with its SHA-256, as the conclusion keeps both."""
    record = record_of(meeting)
    return record, digest(record)


def minutes_draft(meeting: ReviewMeeting) -> str:
    """A first text of the minutes from what is on record, for the desk to go over (F-58)."""
    people = people_of(meeting)
    lines = [
        f"会议在{meeting.place}召开，{_quorum(meeting).sentence}。",
        "到会专家作出保密与回避承诺，申报人逐人述职，评审专家在综合考核的基础上，对职业道德、创新能力、业绩水平和实际贡献"
        "四个方面逐人评价，随后无记名投票。",
    ]
    ends = (
        ("表决通过", [one for one in people if one.vote and one.vote.passed]),
        ("未通过", [one for one in people if one.vote and not one.vote.passed]),
        ("缓评", [one for one in people if one.item.state == ItemState.POSTPONED]),
    )
    for label, those in ends:
        names = "、".join(one.item.application.person.name for one in those)
        lines += [f"{label}{len(those)}人：{names}。"] if those else []
    return "\n".join(lines)


def _quorum(meeting: ReviewMeeting) -> thresholds.Quorum:
    cycle = meeting.round.cycle
    members, present = seats_of(meeting)
    return thresholds.quorum(present, members, cycle.quorum_num, cycle.quorum_den)


def _person(one: Person) -> dict[str, Any]:
    item = one.item
    application = item.application
    return {
        "序号": item.number,
        "申报": application.pk,
        "姓名": application.person.name,
        "申报资格": application.get_level_display(),
        "申报专业": application.speciality.name,
        "途径": application.get_route_display(),
        "述职": item.get_report_mode_display(),
        "述职时间": _at(item.reported_at),
        "回避": [
            {"姓名": recusal.member.name, "情形": recusal.get_kind_display()}
            for recusal in sorted(item.recusals.all(), key=lambda found: found.member_id)
        ],
        "平均分": scoring.points(one.mean.hundredths) if one.mean else "",
        "评分说明": one.mean.sentence if one.mean else "",
        "表决": [_vote(vote) for vote in one.votes],
        "结果": item.get_state_display(),
        "缓评原因": item.postponed_reason,
    }


def _vote(vote: Vote) -> str:
    ballot_round = "第二轮：" if vote.ballot_round == 2 else ""
    return f"{ballot_round}{vote.sentence}{'（由第二轮取代）' if vote.replaced else ''}"


def _sheet(sheet: VoteSheet) -> dict[str, Any]:
    count = None if sheet.electronic else sheet.counts.order_by("pk").first()
    invalid = sheet.invalid_ballots if sheet.electronic else count.invalid if count else 0
    returned = sheet.ballots if sheet.electronic else count.returned if count else 0
    return {
        "票号": f"第{sheet.number}号{'（第二轮）' if sheet.ballot_round == 2 else ''}",
        "方式": sheet.get_mode_display(),
        "申报资格": sheet.get_level_display(),
        "发票": sheet.seats,
        "收票": returned,
        "有效": returned - invalid,
        "无效": invalid,
        "签认": f"{sheet.signed_by.name if sheet.signed_by else ''}，{_at(sheet.signed_at)}",
        "第二轮理由": sheet.second_round_reason,
        "计票文件校验值": sheet.board_hash,
        "状态": sheet.get_state_display(),
    }


def _names(users: Iterable[User | None]) -> list[str]:
    """Each once, in the order of the seats."""
    return list(dict.fromkeys(user.name for user in users if user is not None))


def _at(instant: Any) -> str:
    return cn_datetime(instant) if instant else ""
