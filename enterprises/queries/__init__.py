"""What later stages and pages ask of this one; every answer is read, nothing is written."""

from __future__ import annotations

from datetime import date

from enterprises.choices import PilotPlanState
from enterprises.models import Enterprise, PilotPlan, ReviewAuthority
from enterprises.rules import scope
from enterprises.rules.standing import Standing, standing_on
from jiaxing_titles import clock
from jiaxing_titles.policy.models import Cycle
from jiaxing_titles.reading import read_once
from jiaxing_titles.reasons import Reason


@read_once
def authority_of(enterprise: Enterprise, cycle: Cycle) -> ReviewAuthority | None:
    """The authority granted for the year, whatever became of it since."""
    return (
        ReviewAuthority.objects.filter(enterprise=enterprise, cycle=cycle)
        .prefetch_related("suspensions", "specialities")
        .first()
    )


def standing(enterprise: Enterprise, cycle: Cycle, on: date | None = None) -> Standing:
    """Whether the company may review on that day (today by default), with the reasons why not (G4)."""
    authority = authority_of(enterprise, cycle)
    return standing_on(on or clock.today(), cycle.year, authority.facts() if authority else None)


def approved_plan(enterprise: Enterprise, cycle: Cycle) -> PilotPlan | None:
    """The plan in force: the approved version, never a draft of the next one (G6)."""
    return PilotPlan.objects.filter(enterprise=enterprise, cycle=cycle, state=PilotPlanState.APPROVED).first()


def scope_reasons(enterprise: Enterprise, cycle: Cycle, level: str, speciality_code: str) -> list[Reason]:
    """PR-2: what of (level, speciality) lies outside the authority; asked at all five points (R-6.2.3)."""
    authority = authority_of(enterprise, cycle)
    if authority is None:
        return standing_on(clock.today(), cycle.year, None).reasons
    codes = [speciality.code for speciality in authority.specialities.all()]
    return scope.scope_reasons(level, speciality_code, levels=authority.levels, specialities=codes)
