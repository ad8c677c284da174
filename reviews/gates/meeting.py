"""G10 to G12: opening, starting and closing a company's review meeting (办法五（二）)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from applications.models import TitleApplication
from applications.queries.agenda import holds_of
from enterprises.queries import standing
from jiaxing_titles import clock
from jiaxing_titles.reasons import Reason
from jiaxing_titles.ui.formats import cn_day
from reviews.choices import AssessmentState, CommitteeState, FilingState, ItemState, MeetingState, SheetState
from reviews.gates.panel import guidance_settled
from reviews.rules import composition, thresholds

if TYPE_CHECKING:
    from reviews.models import MeetingItem, MemberAssessment, ReviewMeeting

CLAUSE = "办法五（二）"
QUORUM_CLAUSE = "人社部令第40号（年度设置）"


def meeting_opening(meeting: ReviewMeeting) -> list[Reason]:
    """G10: filed and acknowledged (PR-4), in standing, on its day, two tellers named."""
    found = list(standing(meeting.round.enterprise, meeting.round.cycle, on=clock.today()).reasons)
    filing = getattr(meeting, "filing", None)
    if filing is None or filing.state != FilingState.ACKNOWLEDGED:
        told = filing.get_state_display() if filing else "未备案"
        found.append(
            _reason(
                f"评审会开评前须向市局备案；本次会议现为“{told}”，不能开会。", "R-5.2.9", "G10", "待市局备案后再开会。"
            )
        )
    else:
        found += guidance_settled(filing)
    day = clock.now().date()
    planned = meeting.planned_at.astimezone(clock.SHANGHAI).date()
    if day < planned:
        found.append(_reason(f"会议定于{cn_day(planned)}，还没有到会议日期。", "R-5.2.9", "G10", ""))
    if len(meeting.tellers.all()) != 2:
        found.append(_reason("还没有指定两名监票计票人。", "R-5.3.6", "G10", "请先“指定监票计票人”。"))
    return found


def meeting_start(meeting: ReviewMeeting) -> list[Reason]:
    """G11: quorum of the listed members, the third of externals again at sign-in (decision 43), somebody to review."""
    found = list(standing(meeting.round.enterprise, meeting.round.cycle, on=clock.today()).reasons)
    found += _quorum(meeting) + sign_in_ratio(meeting)
    waiting = TitleApplication.objects.filter(agenda_items__in=meeting.items.filter(state=ItemState.WAITING))
    if all(holds_of(waiting).values()):
        found.append(_reason("没有可以评审的人员：名单上的人员都有未了结的异议或已退出。", "R-5.2.2", "G9", ""))
    return found


def sign_in_ratio(meeting: ReviewMeeting) -> list[Reason]:
    """Externals among those seated: within the third, or within what the city consented to with the filing."""
    seated = [one.member for one in meeting.attendances.select_related("member") if one.seated]
    seats = [composition.Seat(m.name, m.external, m.rank, False, False, False) for m in seated]
    policy = meeting.round.cycle.policy
    external, _ = composition.counts(seats)
    consented = meeting.filing.consented_externals if hasattr(meeting, "filing") else None
    if composition.ratio_kept(seats, policy) or (consented is not None and external <= consented):
        return []
    allowed = f"市局同意的外聘人数为 {consented} 人。" if consented is not None else ""
    return [
        _reason(
            f"签到 {len(seats)} 人中外聘 {external} 人，超过三分之一。{allowed}",
            "R-5.2.8",
            "G11",
            "请等本企业专家到会，或请一名外聘专家当日退出。",
        )
    ]


def quorum_really_missing(sitting: Any) -> list[Reason]:
    """A meeting with enough members may not be called off for want of them; panel and committee alike."""
    if _quorum(sitting):
        return []
    return [Reason("到会人数已达三分之二，不能按人数不足处理。", clause=QUORUM_CLAUSE, rule="T-5", gate="G11")]


def _quorum(sitting: Any) -> list[Reason]:
    members, present = seats_of(sitting)
    cycle = cycle_of(sitting)
    if thresholds.quorum_met(present, members, cycle.quorum_num, cycle.quorum_den):
        return []
    needed = thresholds.quorum_needed(members, cycle.quorum_num, cycle.quorum_den)
    text = f"应到 {members} 人，实到 {present} 人，至少须到 {needed} 人。"
    remedy = "请等候其余成员签到；无法到齐的，请按“人数不足”或“延期”办理。"
    return [Reason(text, clause=QUORUM_CLAUSE, rule="T-5", gate="G11", remedy=remedy)]


def seats_of(sitting: Any) -> tuple[int, int]:
    """(应到, 实到): a panel's listed members or a committee's, and those signed in and still seated."""
    listed = sitting.panel.members if hasattr(sitting, "panel_id") else sitting.members
    present = sum(getattr(one, "seated", True) for one in sitting.attendances.all())
    return listed.count(), present


def unchecked_seats(sitting: Any, gate: str, remedy: str) -> list[Reason]:
    """G8 of the ballot: two people have seen everybody who sits there, none of them himself."""
    unseen = sitting.attendances.filter(confirmed_by=None).select_related("member__user")
    waiting = [one.member.name for one in unseen if getattr(one, "seated", True)]
    if not waiting:
        return []
    text = f"{'、'.join(waiting)}的签到还没有经两名工作人员核对。"
    return [Reason(text, clause=QUORUM_CLAUSE, rule="PR-11", gate=gate, remedy=remedy)]


def cycle_of(sitting: Any) -> Any:
    return sitting.round.cycle if hasattr(sitting, "round_id") else sitting.cycle


def meeting_in_session(item: MeetingItem) -> list[Reason]:
    if item.meeting.state == MeetingState.IN_SESSION:
        return []
    told = item.meeting.get_state_display()
    return [_reason(f"评审会现为“{told}”，只有评审中才能登记述职和考核。", "R-5.2.4", "G11", "")]


def pad_is_open(pad: MemberAssessment) -> list[Reason]:
    """Scores stand once the chair closed them; a recused or postponed item takes none."""
    meeting = pad.item.meeting
    if meeting.scores_closed_at is not None or meeting.state != MeetingState.IN_SESSION:
        return [_reason("主任委员已关闭评分，不能再填写或修改。", "R-5.2.5", "G11", "")]
    if pad.item.recusals.filter(member=pad.member_id).exists():
        return [_reason("您已对该申报人回避，不能评价。", "R-5.2.5", "G11", "")]
    if pad.item.state == ItemState.POSTPONED:
        return [_reason("该申报人本次缓评，不需要评价。", "R-5.2.5", "G11", "")]
    if pad.item.state == ItemState.WAITING:
        return [_reason("该申报人还没有述职，述职并登记后才能评价。", "R-5.2.4", "G11", "")]
    return []


def scoring_closed(meeting: ReviewMeeting) -> list[Reason]:
    """Nobody reaches the vote without 述职, 综合考核 and four dimensions from every seat (F-53)."""
    found = []
    waiting = meeting.items.filter(state=ItemState.WAITING).count()
    if waiting:
        found.append(_reason(f"还有 {waiting} 人没有述职和综合考核。", "R-5.2.4", "G11", "请逐人登记，或按缓评办理。"))
    if not meeting.items.filter(state=ItemState.PRESENTED).exists():
        found.append(_reason("没有一人完成述职，不能进入表决。", "R-5.2.4", "G11", ""))
    found += _empty_pads(meeting)
    return found + _item_quorums(meeting)


def _empty_pads(meeting: ReviewMeeting) -> list[Reason]:
    names: dict[str, int] = {}
    presented = ItemState.PRESENTED
    for item in meeting.items.filter(state=presented).prefetch_related("assessments__member", "recusals"):
        recused = {one.member_id for one in item.recusals.all()}
        for pad in item.assessments.all():
            if pad.state == AssessmentState.OPEN and pad.member_id not in recused:
                names[pad.member.name] = names.get(pad.member.name, 0) + 1
    if not names:
        return []
    told = "、".join(f"{name}（{count} 人）" for name, count in names.items())
    return [_reason(f"还有评审专家没有完成四个方面的评价：{told}。", "R-5.2.5", "G11", "请其评完后再关闭评分。")]


def _item_quorums(meeting: ReviewMeeting) -> list[Reason]:
    """Q-29: a person needs the quorum without the members recused for him."""
    members, present = seats_of(meeting)
    seated = {one.member_id for one in meeting.attendances.all() if one.seated}
    cycle = meeting.round.cycle
    needed = thresholds.quorum_needed(members, cycle.quorum_num, cycle.quorum_den)
    presented = meeting.items.filter(state=ItemState.PRESENTED)
    found = []
    for item in presented.select_related("application__person").prefetch_related("recusals"):
        out = sum(one.member_id in seated for one in item.recusals.all())
        if thresholds.quorum_met(present - out, members, cycle.quorum_num, cycle.quorum_den):
            continue
        name = item.application.person.name
        text = f"{name}：回避 {out} 人后实到 {present - out} 人，不足 {needed} 人，本次不能表决。"
        found.append(Reason(text, clause=QUORUM_CLAUSE, rule="T-5", gate="G11", remedy="请对其办理缓评。"))
    return found


def all_sheets_signed(meeting: ReviewMeeting) -> list[Reason]:
    """G12."""
    states = list(meeting.sheets.values_list("state", flat=True))
    unsigned = [state for state in states if state not in (SheetState.SIGNED, SheetState.REPLACED)]
    if states and not unsigned:
        return []
    return [_reason(f"还有 {len(unsigned)} 张表决票没有签认计票结果。", "R-5.3.6", "G12", "")]


def session_running(sitting: Any) -> bool:
    """Whether ballots may go out: a panel that is voting, a committee in session."""
    return sitting.state in (MeetingState.VOTING, CommitteeState.IN_SESSION)


def _reason(text: str, rule: str, gate: str, remedy: str) -> Reason:
    return Reason(text, clause=CLAUSE, rule=rule, gate=gate, remedy=remedy)
