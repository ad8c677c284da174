"""Opening a year and setting its dates (S0)."""

from __future__ import annotations

from typing import Any

from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import Organisation
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, step
from jiaxing_titles.policy.forms import SettingsForm, YearForm
from jiaxing_titles.policy.models import Cycle
from jiaxing_titles.reasons import Reason


@step(
    Organisation,
    label="建立年度",
    by=[Role.CITY_CLERK],
    on="",
    creates=True,
    form=YearForm,
    effects=["按办法的日期建立年度日程，随后可由市局领导调整"],
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
