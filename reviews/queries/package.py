"""The filing package: what the city receives, built from the data as it stands and then frozen (R-5.2.10)."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from jiaxing_titles import clock
from reviews.gates.panel import seats_of
from reviews.models import PanelMember, ReviewMeeting
from reviews.queries.agenda import agenda_of
from reviews.rules import composition


def package_of(meeting: ReviewMeeting) -> dict[str, Any]:
    """备案表, 申报人员一览表 and 评审专家构成表 as one JSON value; no identity numbers, no phone numbers of people."""
    round_, panel = meeting.round, meeting.panel
    seats = seats_of(panel)
    external, total = composition.counts(seats)
    members = [_member(number, member) for number, member in enumerate(panel.members.all(), start=1)]
    people = [_person(number, application) for number, application in enumerate(agenda_of(round_), start=1)]
    routes = [person["途径"] for person in people]
    period = round_.roster.period if hasattr(round_, "roster") else None
    return {
        "企业名称": str(round_.enterprise),
        "年度": round_.cycle.year,
        "方案版本": round_.plan.number,
        "会议时间": meeting.planned_at.astimezone(clock.SHANGHAI).isoformat(),
        "会议地点": meeting.place,
        "会议方式": meeting.get_mode_display(),
        "评审机构": panel.name,
        "评审机构人数": total,
        "外聘人数": external,
        "外聘比例说明": composition.meter(seats, round_.cycle.policy).sentence,
        "超比例原因": panel.over_ratio_reason,
        "申报人数": {route: routes.count(route) for route in ("评审", "破格")},
        "公示": {"开始": period.opened_on, "结束": period.ends_on} if period else None,
        "评审专家": members,
        "申报人员": people,
    }


def applicants_told(package: dict[str, Any]) -> str:
    """`评审15人，破格1人`, in this order and without the ways that nobody took."""
    counts = package["申报人数"]
    return "，".join(f"{route}{counts[route]}人" for route in ("评审", "破格") if counts.get(route)) or "0人"


def digest(package: dict[str, Any]) -> str:
    """SHA-256 over the canonical JSON of a package or report."""
    text = json.dumps(package, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _member(number: int, member: PanelMember) -> dict[str, Any]:
    return {
        "序号": number,
        "姓名": member.name,
        "工作单位": member.employer,
        "来源": member.source,
        "职务": member.duty,
        "专业技术资格": member.title,
        "取得时间": member.titled_on,
        "从事专业": member.speciality.name,
        "评审机构职务": member.get_post_display(),
    }


def _person(number: int, application: Any) -> dict[str, Any]:
    return {
        "序号": number,
        "申报": application.pk,
        "姓名": application.person.name,
        "部门": application.department,
        "岗位": application.position,
        "申报资格": application.get_level_display(),
        "申报专业": application.speciality.name,
        "途径": application.get_route_display(),
        "一线": application.front_line,
        "突出贡献": application.outstanding,
    }
