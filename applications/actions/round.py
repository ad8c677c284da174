"""The year of one company: prepare, open, reschedule, close (办法五（二）: 布置年度评审工作)."""

from __future__ import annotations

import datetime as dt

from applications.choices import RoundState
from applications.forms.round import RescheduleForm, RoundForm
from applications.models import AnnualRound
from enterprises.models import Enterprise
from enterprises.queries import approved_plan, standing
from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, step
from jiaxing_titles.policy.models import Cycle
from jiaxing_titles.reasons import Reason

CLAUSE = "办法五（二）"


def _may_prepare(enterprise: Enterprise, actor: Actor) -> list[Reason]:
    cycle = Cycle.objects.current()
    if cycle is None:
        return [Reason(f"市人力社保局还没有建立{clock.today().year}年度日程。", CLAUSE, remedy="请联系市局。")]
    found = list(standing(enterprise, cycle, clock.today()).reasons)
    if approved_plan(enterprise, cycle) is None:
        text = "试点工作方案还没有经市人力社保局审核通过。"
        found.append(Reason(text, "办法五（一）", "R-5.1.9", "G6", remedy="方案审核通过后再启动。"))
    if AnnualRound.objects.filter(enterprise=enterprise, cycle=cycle).exists():
        found.append(Reason(f"{cycle}评审已经建立。", CLAUSE))
    return found


@step(
    Enterprise,
    label="准备年度评审",
    by=[Role.ENT_HR],
    on="organisation",
    creates=True,
    form=RoundForm,
    blockers=_may_prepare,
    effects=["建立本年度评审，绑定已审核通过的方案版本", "启动前员工看不到"],
)
def prepare_round(
    enterprise: Enterprise,
    *,
    actor: Actor,
    opens_on: dt.date,
    closes_on: dt.date,
    contact: str,
    phone: str,
    instructions: str = "",
) -> AnnualRound:
    """One round a company and year, bound to the plan version in force (R-5.1.9)."""
    cycle = Cycle.objects.current()
    plan = approved_plan(enterprise, cycle) if cycle else None
    if cycle is None or plan is None:
        raise Blocked(_may_prepare(enterprise, actor))
    _check_dates(cycle, opens_on, closes_on)
    made: AnnualRound = AnnualRound.objects.create(
        enterprise=enterprise,
        cycle=cycle,
        plan=plan,
        opens_on=opens_on,
        closes_on=closes_on,
        contact=contact,
        phone=phone,
        instructions=instructions,
    )
    return made


def _check_dates(cycle: Cycle, opens_on: dt.date, closes_on: dt.date) -> None:
    if closes_on < opens_on:
        raise Blocked([Reason("申报截止早于申报开始，核对这两个日期。", CLAUSE, field="closes_on")])
    if closes_on.year != cycle.year or opens_on.year != cycle.year:
        raise Blocked([Reason(f"申报时间须在{cycle.year}年内。", CLAUSE, field="opens_on")])
    if closes_on < clock.today():
        raise Blocked([Reason("申报截止日已经过去，填今天或以后的日期。", CLAUSE, field="closes_on")])


@step(
    AnnualRound,
    label="启动年度评审",
    by=[Role.ENT_HR],
    on="enterprise.organisation",
    move="open",
    effects=["在职人员可以开始申报", "申报按方案审核通过的版本办理"],
)
def open_round(year: AnnualRound, *, actor: Actor) -> None:
    """动员符合条件的人员积极申报 (R-5.2.1)."""


@step(
    AnnualRound,
    label="调整申报时间",
    by=[Role.ENT_HR],
    on="enterprise.organisation",
    when=[RoundState.DRAFT, RoundState.OPEN],
    form=RescheduleForm,
)
def reschedule(year: AnnualRound, *, actor: Actor, opens_on: dt.date, closes_on: dt.date, reason: str) -> None:
    """An open round may be prolonged, never cut short: people rely on the day that was announced."""
    _check_dates(year.cycle, opens_on, closes_on)
    if year.state == RoundState.OPEN and closes_on < year.closes_on:
        raise Blocked([Reason("申报已经开始，截止日只能延后。", CLAUSE, "R-5.2.1", field="closes_on")])
    year.opens_on, year.closes_on = opens_on, closes_on


@step(
    AnnualRound,
    label="截止申报",
    by=[Role.ENT_HR, Role.SYSTEM],
    on="enterprise.organisation",
    move="close",
    effects=["不再接收新的申报", "已提交的申报继续审核"],
)
def close_round(year: AnnualRound, *, actor: Actor) -> None:
    """Done by HR or, the day after the last one, by the beat task."""


@step(
    AnnualRound,
    label="重新开放申报",
    by=[Role.ENT_HR],
    on="enterprise.organisation",
    move="reopen",
    form=RescheduleForm,
    effects=["员工可以继续提交申报"],
)
def reopen_round(year: AnnualRound, *, actor: Actor, opens_on: dt.date, closes_on: dt.date, reason: str) -> None:
    """Before the notice only."""
    _check_dates(year.cycle, opens_on, closes_on)
    year.opens_on, year.closes_on = opens_on, closes_on
