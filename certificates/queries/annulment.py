"""What follows a decision: done, or still open and for whom (F-90)."""

from __future__ import annotations

from dataclasses import dataclass

from certificates.choices import AnnulmentState, AppointmentState, BatchKind, BatchState
from certificates.models import Annulment, Appointment, BatchLine


@dataclass(frozen=True)
class FollowUp:
    task: str
    done: bool
    detail: str


def downstream(case: Annulment) -> list[FollowUp]:
    """公众查询、企业聘任、省系统; the first is done by the decision itself."""
    if case.state != AnnulmentState.DECIDED:
        return []
    found = [FollowUp("公众查询和证书验证", True, "决定作出时即时更新。")]
    if case.grant is None:
        return found
    appointment = Appointment.objects.filter(grant=case.grant).first()
    ended = appointment is None or appointment.state == AppointmentState.ENDED
    found.append(FollowUp("企业聘任兑现", ended, "已终止。" if ended else "等待企业处理。"))
    found.append(_province(case))
    return found


def _province(case: Annulment) -> FollowUp:
    sent = BatchLine.objects.filter(grant=case.grant, kind=BatchKind.GRANT, batch__state__in=_SENT).exists()
    line = BatchLine.objects.filter(grant=case.grant, kind=BatchKind.REVOCATION, released=False).first()
    if not sent and line is None:
        return FollowUp("报送省系统", True, "没有报送过制证数据，不需要撤回。")
    if line is None:
        return FollowUp("报送省系统", False, "等待列入撤销、无效报送批次。")
    done = line.batch.state in _SENT
    return FollowUp("报送省系统", done, f"批次{line.batch.number}，{line.batch.get_state_display()}。")


_SENT = (BatchState.DELIVERED, BatchState.ACKNOWLEDGED)
