"""G18 by electronic ballot: the key, the box and the seat (办法五（三）：无记名投票)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from jiaxing_titles import clock
from jiaxing_titles.reasons import Reason
from jiaxing_titles.ui.formats import cn_datetime
from reviews.choices import KeyState, SheetState
from reviews.gates.meeting import cycle_of, session_running, unchecked_seats
from reviews.gates.tally import sheet_may_be_issued

if TYPE_CHECKING:
    from reviews.models import BallotSeat, KeyCeremony, VoteSheet

CLAUSE = "办法五（三）"


def key_unused(key: KeyCeremony) -> list[Reason]:
    """A key under which a box was opened is kept to the end."""
    if key.sitting.sheets.exclude(form="").exists():
        return [_reason("已经用这把钥匙开始过投票，不能作废。", "换了钥匙，票箱里的选票就打不开了。")]
    return []


def key_no_longer_needed(key: KeyCeremony) -> list[Reason]:
    """Every box is unsealed."""
    waiting = key.sitting.sheets.filter(state__in=[SheetState.CASTING, SheetState.SEALED]).count()
    return [_reason(f"还有 {waiting} 个票箱没有开票，不能销毁钥匙。", "请先开票。")] if waiting else []


def ballots_may_go(key: KeyCeremony) -> list[Reason]:
    """Every result is signed, and the year's days for asking about it are over."""
    sheets = key.sitting.sheets.exclude(form="")
    if waiting := sheets.filter(signed_at=None).count():
        return [_reason(f"还有 {waiting} 张电子票没有签认，不能删除密封的选票。", "请先签认。")]
    days = cycle_of(key.sitting).ballots_kept_days
    last = max((one.signed_at for one in sheets), default=None)
    if last is not None and clock.now() < last + dt.timedelta(days=days):
        until = cn_datetime(last + dt.timedelta(days=days))
        return [_reason(f"密封的选票在签认后保留 {days} 天，{until}以后才能删除。", "复核期满后再办理。")]
    return []


def box_may_open(sheet: VoteSheet) -> list[Reason]:
    """Everything that a paper sheet needs, and a key that was tried, an account for every seat, enough seats.

    A committee checked its seats before it started; a panel does so for the box.
    """
    if not sheet.electronic:
        return [_reason("这张票是纸票。", "请“发票”，或先把投票方式改为电子票。")]
    found = sheet_may_be_issued(sheet)
    key = getattr(sheet.sitting, "key", None)
    if key is None or key.state != KeyState.CHECKED:
        told = key.get_state_display() if key else "还没有指定保管人"
        found.append(_reason(f"开票钥匙{told}，不能开始投票。", "请监票人建钥，并逐份输回核对。"))
    if without := [member.name for member in members_here(sheet) if member.user_id is None]:
        found.append(_reason(f"{'、'.join(without)}没有账号，不能投电子票。", "请把这张票改为纸票。"))
    if both := keepers_among(sheet.sitting, _listed(sheet)):
        found.append(
            _reason(f"{'、'.join(both)}是表决的评委，又保管钥匙，不能开始投票。", "请作废钥匙，另行指定保管人。")
        )
    if sheet.meeting is not None:
        remedy = "请企业经办、秘书、负责人、主任委员中的两人先后办理“核对到会名单”，或把这张票改为纸票。"
        found += unchecked_seats(sheet.meeting, "G18", remedy)
    if sheet.session_id is not None:
        found += [_reason(sentence, "请把这张票改为纸票。") for sentence in small_electorates(sheet)]
    return found


def small_electorates(sheet: VoteSheet) -> list[str]:
    """G16: names on whom so few vote that totals tell on them. The committee is refused, a panel is warned."""
    least = cycle_of(sheet.sitting).ballot_least
    seated = {member.pk for member in members_here(sheet)}
    found = []
    for line in sheet.lines.select_related("application__person"):
        voters = len(seated - recused_members(sheet, line.application_id))
        if voters < least:
            name = line.application.person.name
            found.append(f"{name}只有 {voters} 席表决，少于 {least} 席，结果可能被推断。")
    return found


def revealing(sheet: VoteSheet) -> list[str]:
    """G16: where all marks of a name are alike, the total tells what everybody chose. Nothing can be done, but said."""
    found = []
    for line in sheet.lines.select_related("application__person"):
        given = [mark for mark in (line.yes, line.no, line.abstain) if mark]
        if len(given) == 1:
            found.append(f"{line.application.person.name}的表决完全一致，公布票数等于公布每名评委的选择。")
    return found


def spoilt(sheet: VoteSheet) -> list[str]:
    """Ballots that did not open or were none: they count as spoilt papers do, and everybody is told."""
    if not sheet.invalid_ballots:
        return []
    told = f"票箱里有 {sheet.invalid_ballots} 张选票打不开，或不是按票样填写的，每人都按无效票计入，仍在实到席数之内。"
    return [told + "选票不记名，查不出是谁的；请记入会议纪要，并请网站管理员查明原因。"]


def keepers_among(sitting: Any, users: Any) -> list[str]:
    """Names of those of `users` who hold a share of the meeting's key: with enough shares they could open the box."""
    key = getattr(sitting, "key", None)
    return [] if key is None else list(key.holders.filter(user__in=users).values_list("user__name", flat=True))


def _listed(sheet: VoteSheet) -> Any:
    """Accounts of all members of the panel or committee, present or not."""
    body: Any = getattr(sheet.sitting, "panel", sheet.sitting)
    return body.members.exclude(user=None).values("user")


def members_here(sheet: VoteSheet) -> list[Any]:
    """Members of panel or committee who signed in and are still seated."""
    found = sheet.sitting.attendances.select_related("member").order_by("member_id")
    return [one.member for one in found if getattr(one, "seated", True)]


def recused_members(sheet: VoteSheet, application: int) -> set[int]:
    """Ids of members who are recused for this person, seated or not."""
    if sheet.meeting is not None:
        item = sheet.meeting.items.filter(application_id=application).first()
        return set(item.recusals.values_list("member_id", flat=True)) if item else set()
    assert sheet.session is not None
    slot = sheet.session.slots.filter(enterprise_id=sheet.enterprise_id).first()
    recusals = slot.recusals.all() if slot else []
    return {one.member_id for one in recusals if one.application_id in (None, application)}


def seat_may_vote(seat: BallotSeat) -> list[Reason]:
    """In an open box of a running meeting, on at least one name."""
    sheet = seat.sheet
    if sheet.state != SheetState.CASTING or not session_running(sheet.sitting):
        text = f"这张票现在是“{sheet.get_state_display()}”，不能投票；不得事后补投。"
        return [Reason(text, CLAUSE, "PR-11", "G18")]
    if not seat.may_vote:
        return [_reason("您对这张票上的人都已回避，不参加表决。", "")]
    return []


def _reason(text: str, remedy: str) -> Reason:
    return Reason(text, clause=CLAUSE, rule="R-5.3.6", gate="G18", remedy=remedy)
