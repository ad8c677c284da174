"""Opening a year, setting its dates, and the register of what it rests on (S0, R-0.1, R-6.4.3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import Organisation
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, Tell, step
from jiaxing_titles.policy.forms import BasisForm, PolicyDocumentForm, RepealForm, SettingsForm, YearForm
from jiaxing_titles.policy.models import Cycle, PolicyDocument
from jiaxing_titles.reasons import Reason


@step(
    Organisation,
    label="建立年度",
    by=[Role.CITY_CLERK],
    on="",
    creates=True,
    form=YearForm,
    effects=["按办法的日期建立年度日程，随后可由市局领导调整", "年度开始时有效的政策文件作为依据"],
)
def open_year(bureau: Organisation, *, actor: Actor, year: int) -> Cycle:
    """A year with the dates of the 办法, or last year's numbers where the city has set its own."""
    if Cycle.objects.filter(year=year).exists():
        raise Blocked([Reason(f"{year}年度已经建立。", field="year")])
    cycle = Cycle.defaults_for(year)
    before = Cycle.objects.filter(year=year - 1).first()
    if before is not None:
        for field in Cycle._meta.concrete_fields:
            if field.get_internal_type() in ("PositiveSmallIntegerField", "BooleanField") and field.name != "year":
                setattr(cycle, field.name, getattr(before, field.name))
    cycle.save()
    cycle.basis.set(PolicyDocument.objects.in_force(cycle.apply_from))
    return cycle


@step(
    Cycle,
    label="调整年度日程",
    by=[Role.CITY_LEAD],
    on="bureau",
    form=SettingsForm,
    effects=["新的日期和数字立即生效，调整前后都记入办理记录"],
)
def set_year(cycle: Cycle, *, actor: Actor, reason: str, **settings: Any) -> None:
    """Dated settings of the cycle (decision 14); the event keeps the whole set."""
    for name, value in settings.items():
        setattr(cycle, name, value)


@step(
    Cycle,
    label="调整年度依据文件",
    by=[Role.CITY_LEAD],
    on="bureau",
    form=BasisForm,
    effects=["公众网站的“本年度依据”随之改变，调整前后都记入办理记录"],
)
def set_basis(cycle: Cycle, *, actor: Actor, documents: Iterable[PolicyDocument], reason: str) -> None:
    """A superior policy binds a running year only by decision; otherwise the next one (R-6.4.3)."""
    cycle.basis.set(documents)


@step(
    Organisation,
    label="登记政策文件",
    by=[Role.CITY_CLERK],
    on="",
    creates=True,
    form=PolicyDocumentForm,
    effects=["市局领导确认后在公众网站公布"],
    tells=[Tell(Role.CITY_LEAD, "bureau", "政策文件{case}待您确认。")],
)
def enter_policy(bureau: Organisation, *, actor: Actor, **facts: Any) -> PolicyDocument:
    """R-0.1: number, title, day of effect, where to read it."""
    if facts.get("number") and PolicyDocument.objects.filter(number=facts["number"]).exists():
        raise Blocked([Reason(f"文号{facts['number']}已经登记。", field="number")])
    return PolicyDocument.objects.create(**facts)


def _confirmed(document: PolicyDocument, actor: Actor) -> list[Reason]:
    return [Reason("这份文件已经确认。")] if document.confirmed_at else []


@step(
    PolicyDocument,
    label="确认政策文件",
    by=[Role.CITY_LEAD],
    on="bureau",
    other_than=["enter_policy"],
    blockers=_confirmed,
    effects=["列入公众网站的政策文件", "以后建立的年度以它为依据；已建立的年度由您另行调整"],
)
def confirm_policy(document: PolicyDocument, *, actor: Actor) -> None:
    """经办 → 领导."""
    document.confirmed_at = clock.now()


def _not_in_force(document: PolicyDocument, actor: Actor) -> list[Reason]:
    if document.confirmed_at is None:
        return [Reason("这份文件还没有确认。")]
    return [Reason("这份文件已经废止。")] if document.repealed_on else []


@step(
    PolicyDocument,
    label="登记废止",
    by=[Role.CITY_LEAD],
    on="bureau",
    form=RepealForm,
    blockers=_not_in_force,
    kind="danger",
    effects=["自废止日期起标为已废止，不会删除", "以它为依据的年度不变"],
)
def repeal_policy(document: PolicyDocument, *, actor: Actor, repealed_on: dt.date, reason: str) -> None:
    """A dated fact; years that cite it keep their citation."""
    if repealed_on <= document.effective_on:
        raise Blocked([Reason("废止日期须晚于生效日期。", field="repealed_on")])
    document.repealed_on = repealed_on
