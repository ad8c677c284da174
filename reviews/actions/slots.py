"""One company before the committee: heard, deliberated, or not there (办法五（三）：派员向中评委汇报)."""

from __future__ import annotations

from django.db.models import Max

from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, Tell, step
from jiaxing_titles.actions.views import CauseForm
from jiaxing_titles.reasons import Reason
from reviews import forms
from reviews.actions.committee import CLAUSE, SECRETARY
from reviews.choices import CommitteeState, SheetState, SlotState
from reviews.models import ReportSlot

CITY = "meeting.organisation"
COMPANY = "enterprise.organisation"


@step(
    ReportSlot,
    label="确定汇报人",
    by=(Role.ENT_HR, Role.ENT_LEAD),
    on=COMPANY,
    when=[SlotState.WAITING, SlotState.DEFERRED],
    form=forms.ReporterForm,
)
def name_reporter(slot: ReportSlot, *, actor: Actor, reporter: str, reporter_duty: str = "", brief: str = "") -> None:
    """R-5.3.5: 自主评审企业派员; what he will tell in outline."""
    slot.reporter, slot.reporter_duty, slot.brief = reporter, reporter_duty, brief


def _in_turn(slot: ReportSlot, actor: Actor) -> list[Reason]:
    """Who was put to the end is heard after the others (Q-18)."""
    waiting = slot.meeting.slots.filter(state=SlotState.WAITING).exclude(pk=slot.pk)
    if slot.state == SlotState.DEFERRED and waiting.exists():
        return [Reason("该企业已顺延至最后，请先听取其余企业汇报。", CLAUSE, "Q-18", "G16")]
    if not slot.reporter:
        return [Reason("还没有确定汇报人。", CLAUSE, "R-5.3.5", "G16", remedy="请企业经办人填写汇报人。")]
    return []


@step(ReportSlot, label="已听取汇报", by=SECRETARY, on=CITY, move="hear", blockers=_in_turn)
def hear_slot(slot: ReportSlot, *, actor: Actor) -> None:
    """G16: its people cannot be voted on before this."""
    slot.heard_at = clock.now()


@step(ReportSlot, label="已审议", by=SECRETARY, on=CITY, move="deliberate", form=forms.DeliberationForm)
def deliberate_slot(slot: ReportSlot, *, actor: Actor, deliberation: str, reporter_left: bool = True) -> None:
    """G17: the reporter leaves before deliberation and vote."""
    if not reporter_left:
        raise Blocked([Reason("企业汇报人员退场后才能审议和表决。", CLAUSE, "R-5.3.5", "G17", field="reporter_left")])
    slot.deliberation, slot.deliberated_at = deliberation, clock.now()


@step(
    ReportSlot,
    label="汇报人未到，顺延",
    by=SECRETARY,
    on=CITY,
    move="defer",
    tells=[
        Tell(Role.ENT_HR, COMPANY, "{case}：汇报人未到，已顺延至最后；再未到的转下次会议。", sms=True),
        Tell(Role.ENT_LEAD, COMPANY, "{case}：汇报人未到，已顺延至最后；再未到的转下次会议。", sms=True),
    ],
    kind="danger",
)
def defer_slot(slot: ReportSlot, *, actor: Actor) -> None:
    """Named accident (Q-18): to the end of today's list."""
    last = slot.meeting.slots.aggregate(last=Max("place"))["last"] or 0
    slot.place, slot.absences = last + 1, slot.absences + 1


def _unvoted(slot: ReportSlot, actor: Actor) -> list[Reason]:
    if slot.meeting.state != CommitteeState.IN_SESSION:
        return [Reason("开会后才能转下次会议。", CLAUSE, "Q-18", "G16")]
    if slot.meeting.sheets.filter(enterprise=slot.enterprise).exclude(state=SheetState.PREPARED).exists():
        return [Reason("该企业的表决票已经发出，不能转下次会议。", CLAUSE, "Q-18", "G18")]
    return []


@step(
    ReportSlot,
    label="转下次会议",
    by=SECRETARY,
    on=CITY,
    move="carry_over",
    form=CauseForm,
    blockers=_unvoted,
    tells=[Tell(Role.ENT_HR, COMPANY, "{case}转下次会议：{reason}", sms=True)],
    effects=["该企业本次不表决，人员保持已上报，列入下次会议"],
    kind="danger",
)
def carry_over_slot(slot: ReportSlot, *, actor: Actor, reason: str) -> None:
    """Named accident (Q-18): absent again, or too many members recused."""
    slot.carried_reason = reason[:300]
