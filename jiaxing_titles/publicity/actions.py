"""Steps of an objection (办法五（四）: only names without objection are published)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, F, OuterRef

from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, Tell, step
from jiaxing_titles.audit.chain import Draft, record
from jiaxing_titles.publicity import hooks, service
from jiaxing_titles.publicity.choices import OPEN_OBJECTIONS, PeriodState
from jiaxing_titles.publicity.forms import ExtensionForm, OutageForm, SettleForm
from jiaxing_titles.publicity.models import Objection, PeriodChange, PublicityEntry, PublicityPeriod
from jiaxing_titles.reasons import Reason
from jiaxing_titles.ui.formats import cn_date, local_day
from jiaxing_titles.workdays.calendar import deadline
from jiaxing_titles.workdays.hooks import on_notice

INVESTIGATORS = [Role.ENT_HR, Role.CITY_CLERK]
NEW_OBJECTION = "{case} 待核查，请在期限内办结。"


@step(
    PublicityPeriod,
    label="提出异议",
    by=[Role.SYSTEM],
    on="organisation",
    creates=True,
    hidden=True,
    tells=[
        Tell(Role.ENT_HR, "period.organisation", NEW_OBJECTION),
        Tell(Role.CITY_CLERK, "period.organisation", NEW_OBJECTION),
    ],
)
def receive_objection(
    period: PublicityPeriod,
    *,
    actor: Actor,
    complainant: str,
    phone: str,
    text: str,
    entry: PublicityEntry | None = None,
    evidence: Iterable[Any] = (),
) -> Objection:
    """An objection by name, judged in time or late by the database clock against the locked notice.

    A late one is kept, marked and answered, and holds the person as long as he is not published.
    """
    if period.state in (PeriodState.DRAFT, PeriodState.CANCELLED) or period.opened_on is None:
        raise Blocked([Reason("这一公示没有发布，不能提出异议。", "办法五（四）")])
    now = clock.now()
    ends_on = (entry.ends_on if entry else period.ends_on) or now.date()
    due = deadline(now.date(), period.cycle.objection_reply_days)
    objection = Objection(
        period=period,
        entry=entry,
        complainant=complainant,
        phone=phone,
        text=text,
        received_at=now,
        late=now.date() > ends_on,
        reply_due_on=due.on,
        provisional=due.provisional,
    )
    objection.save()
    objection.evidence.set(evidence)
    return objection


@step(
    Objection,
    label="开始核查",
    by=INVESTIGATORS,
    on="period.organisation",
    move="investigate",
    effects=["该人员在异议办结前不进入下一环节，其他人员不受影响"],
)
def investigate(objection: Objection, *, actor: Actor) -> None:
    """核查开始。"""


@step(
    Objection,
    label="认定异议不成立",
    by=INVESTIGATORS,
    on="period.organisation",
    move="reject",
    form=SettleForm,
    effects=["该人员公示期满后继续进入下一环节", "按编号可查到答复"],
)
def reject(objection: Objection, *, actor: Actor, findings: str, reply: str) -> None:
    """异议不成立: the beat task passes the person on once his own days are over."""
    _settle(objection, findings, reply)


@step(
    Objection,
    label="认定异议成立",
    by=INVESTIGATORS,
    on="period.organisation",
    move="uphold",
    form=SettleForm,
    kind="danger",
    effects=["该人员终止本次申报", "按编号可查到答复"],
)
def uphold(objection: Objection, *, actor: Actor, findings: str, reply: str) -> None:
    """异议成立: the stage ends the person's application; nobody else is touched."""
    if objection.entry is None:
        raise Blocked([Reason("针对整个公示的异议成立时，请先取消公示再重新发布。", "办法五（二）")])
    _settle(objection, findings, reply)
    service.remove_entry(objection.entry, reason=f"异议成立（{objection.code}）", actor=actor)
    if hook := hooks.upheld.get(objection.period.kind):
        hook(objection, [objection.entry], actor)


def _settle(objection: Objection, findings: str, reply: str) -> None:
    objection.findings, objection.reply, objection.settled_at = findings, reply, clock.now()


@step(
    PublicityPeriod,
    label="延长公示",
    by=[Role.CITY_CLERK],
    on="organisation.city",
    when=[PeriodState.RUNNING],
    form=ExtensionForm,
    effects=["名单上还没有期满的人都延长，截止日按工作日重新计算", "原截止日、现截止日和原因对外显示"],
)
def extend_period(period: PublicityPeriod, *, actor: Actor, days: int, reason: str) -> None:
    """A notice may be longer than the 办法 asks, never shorter; the in-house ones too (a typhoon, a strike)."""
    service.prolong(period, days=days, kind=PeriodChange.Kind.EXTENDED, reason=reason, actor=actor)


@step(
    PublicityPeriod,
    label="登记网站中断，补足公示",
    by=[Role.CITY_CLERK],
    on="organisation.city",
    when=[PeriodState.RUNNING],
    form=OutageForm,
    effects=["补一个工作日，截止日重新计算", "中断的日子、时长和新的截止日对外显示"],
)
def record_outage(period: PublicityPeriod, *, actor: Actor, day: str, hours: int, reason: str) -> None:
    """One day more for a counted day on which the site was down for the hours that the year sets; once a day."""
    least = period.cycle.outage_hours
    if day > clock.today().isoformat():
        raise Blocked([Reason("这一天还没有到。", "办法五（二）", "R-5.2.3", field="day")])
    if hours < least:
        text = f"中断不满{least}小时，不补公示期（年度设置）。"
        raise Blocked([Reason(text, "办法五（二）", "R-5.2.3", field="hours")])
    when = cn_date(day)
    if period.changes.filter(kind=PeriodChange.Kind.OUTAGE, reason__startswith=when).exists():
        raise Blocked([Reason(f"{when}的中断已经登记并补足。", "办法五（二）", "R-5.2.3", field="day")])
    told = f"{when}网站中断{hours}小时，{reason}"
    service.prolong(period, days=1, kind=PeriodChange.Kind.OUTAGE, reason=told, actor=actor)


@on_notice
def recount_by_the_calendar(year: int, actor: Actor) -> list[str]:
    """Running notices and open objections, counted again by a notice that has just arrived; each change is an event."""
    reason = f"{year}年放假通知已导入"
    pending = PublicityPeriod.objects.filter(
        Exists(PublicityEntry.objects.filter(period=OuterRef("pk"), passed_at=None, removed_at=None)),
        state__in=[PeriodState.RUNNING, PeriodState.CLOSED],
    )
    told = []
    for period in pending.select_related("cycle").select_for_update(of=("self",)).order_by("pk"):
        told += service.recount(period, PeriodChange.Kind.CALENDAR, reason, actor=actor, patient=True)
    objections = Objection.objects.filter(state__in=OPEN_OBJECTIONS).select_related("period__cycle")
    for objection in objections.select_for_update(of=("self",)).order_by("pk"):
        told += _due_again(objection, reason, actor)
    return told


def _due_again(objection: Objection, reason: str, actor: Actor) -> list[str]:
    due = deadline(local_day(objection.received_at), objection.period.cycle.objection_reply_days)
    before = objection.reply_due_on
    if (before, objection.provisional) == (due.on, due.provisional):
        return []
    Objection.objects.filter(pk=objection.pk).update(
        reply_due_on=due.on, provisional=due.provisional, version=F("version") + 1
    )
    facts = {"due_before": before, "due_on": due.on, "provisional": due.provisional}
    record(actor, [Draft("publicity.reply_due", "重新计算答复期限", subject=objection, reason=reason, facts=facts)])
    if before == due.on:
        return [f"{objection}：答复期限{cn_date(due.on)}不再是暂定"]
    return [f"{objection}：答复期限由{cn_date(before)}改为{cn_date(due.on)}"]
