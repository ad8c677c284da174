"""G12 and G18: a ballot sheet may go out, its count may be signed (办法五（三）)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiaxing_titles.reasons import Reason
from reviews.choices import SlotState
from reviews.gates.meeting import session_running
from reviews.rules import paper, thresholds

if TYPE_CHECKING:
    from reviews.models import VoteSheet

CLAUSE = "办法五（三）"


def sheet_may_be_issued(sheet: VoteSheet) -> list[Reason]:
    """For the committee: heard, then deliberated, then the ballot, and never in another order."""
    found = []
    if not session_running(sheet.sitting):
        told = sheet.sitting.get_state_display()
        found.append(_reason(f"会议现为“{told}”，不能发票。", "G18", ""))
    if sheet.session is not None:
        slot = sheet.session.slots.filter(enterprise=sheet.enterprise_id).first()
        if slot is None or slot.state in (SlotState.WAITING, SlotState.DEFERRED, SlotState.CARRIED_OVER):
            found.append(_reason("该企业尚未向中评委汇报，不能表决。", "G16", "请先听取汇报。"))
        elif slot.state != SlotState.DELIBERATED:
            found.append(_reason("该企业的汇报尚未审议，不能表决。", "G17", "请先登记审议。"))
        found += _line_quorums(sheet)
    return found


def paper_may_be_issued(sheet: VoteSheet) -> list[Reason]:
    """An electronic sheet is opened instead."""
    if sheet.electronic:
        return [_reason("这张票已定为电子票，不发纸票。", "G18", "请“开始投票”，或先把投票方式改为纸票。")]
    return sheet_may_be_issued(sheet)


def _line_quorums(sheet: VoteSheet) -> list[Reason]:
    """Q-29: an item needs its quorum without the recused members."""
    assert sheet.session is not None  # only the committee has slots
    members = sheet.session.members.count()
    present = {one.member_id for one in sheet.session.attendances.all()}
    slot = sheet.session.slots.filter(enterprise=sheet.enterprise_id).prefetch_related("recusals").first()
    recusals = [one for one in slot.recusals.all() if one.member_id in present] if slot else []
    cycle = sheet.session.cycle
    found = []
    for line in sheet.lines.select_related("application__person"):
        out = {one.member_id for one in recusals if one.application_id in (None, line.application_id)}
        if not thresholds.quorum_met(len(present) - len(out), members, cycle.quorum_num, cycle.quorum_den):
            text = (
                f"{line.application.person.name}：回避 {len(out)} 人后实到 {len(present) - len(out)} 人，不足三分之二。"
            )
            found.append(_reason(text, "G15", "请将该企业转下次会议。"))
    return found


def tally_agrees(sheet: VoteSheet) -> list[Reason]:
    """Two tellers, equal counts, every sum right; until then there is nothing to sign (F-56)."""
    counts = list(sheet.counts.select_related("teller"))
    if len(counts) < paper.TELLERS:
        text = f"两名计票人须各自独立录入，现有 {len(counts)} 人已录入。"
        return [_reason(text, "G18", "请另一名计票人清点后录入。")]
    electorate = sheet.electorate()
    found = [reason for count in counts for reason in paper.check_count(count.as_count(), electorate)]
    differing = paper.differences(counts[0].as_count(), counts[1].as_count(), electorate.names)
    if differing:
        text = f"两名计票人录入的票数不一致：{'；'.join(differing)}。"
        found.append(_reason(text, "G18", "请各自重新清点并重新录入，一致后才能签认。"))
    return found


def result_agrees(sheet: VoteSheet) -> list[Reason]:
    """What stands against the signature: of a paper count, or of an electronic sheet that is not unsealed."""
    if not sheet.electronic:
        return tally_agrees(sheet)
    if hasattr(sheet, "board"):
        return []
    return [_reason("票箱还没有开票。", "G18", "请监票人凑齐钥匙后开票。")]


def _reason(text: str, gate: str, remedy: str) -> Reason:
    return Reason(text, clause=CLAUSE, rule="R-5.3.6", gate=gate, remedy=remedy)
