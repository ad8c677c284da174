"""What this stage hands on."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet

from applications.choices import ApplicationState, Route
from applications.models import TitleApplication
from jiaxing_titles.policy.models import Cycle
from reviews.choices import SheetState
from reviews.models import VoteLine


def passed_for_publicity(cycle: Cycle) -> QuerySet[TitleApplication]:
    """People who may go into the city's notice: passed by the committee, and 初定 people whose company reported them.

    初定 goes through the committee only where the year says so (`initial_needs_committee`, Q-27).
    """
    passed = Q(state=ApplicationState.COMMITTEE_PASSED)
    if not cycle.initial_needs_committee:
        passed |= Q(state=ApplicationState.REPORTED, route=Route.INITIAL, report_lines__report__state="received")
    return TitleApplication.objects.filter(passed, cycle=cycle).order_by("enterprise_id", "level", "pk").distinct()


def committee_vote_of(application: TitleApplication) -> VoteLine | None:
    """The signed line of the city vote that decided on the person; its meeting's day is the date of 取得资格 (Q-26)."""
    lines = VoteLine.objects.filter(
        application=application, sheet__session__isnull=False, sheet__state=SheetState.SIGNED
    )
    return lines.select_related("sheet__session").order_by("-sheet__ballot_round", "-pk").first()


def reported_by_speciality(cycle: Cycle) -> list[dict[str, Any]]:
    """`speciality__name`, `level`, `people` of what has been reported this year."""
    people = TitleApplication.objects.filter(cycle=cycle, state=ApplicationState.REPORTED)
    counted = people.values("speciality__name", "level").annotate(people=Count("pk"))
    return list(counted.order_by("level", "speciality__name"))


def doubles_in(cycle: Cycle) -> QuerySet[TitleApplication]:
    """Reported applications of people who were reported more than once this year, in two companies or two levels."""
    people = TitleApplication.objects.filter(cycle=cycle, state=ApplicationState.REPORTED)
    twice = people.values("person").annotate(times=Count("pk")).filter(times__gt=1).values("person")
    return people.filter(person__in=twice).select_related("person", "enterprise__organisation").order_by("person", "pk")
