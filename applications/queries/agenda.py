"""Who may go before the panel, and what holds the others (办法五（二）)."""

from __future__ import annotations

from django.db.models import QuerySet

from applications.choices import ApplicationState, Route
from applications.gates import agenda
from applications.models import AnnualRound, TitleApplication
from jiaxing_titles.reading import one_reading
from jiaxing_titles.reasons import Reason

_RELATED = (
    "education",
    "work_periods",
    "held_posts",
    "assessments",
    "continuing_education",
    "recommendations",
    "person__employments",
)


def holds_on(application: TitleApplication) -> list[Reason]:
    """What stops this person from going on right now; empty when nothing does. Derived, never stored (decision 36)."""
    return agenda.held(application)


def with_facts(applications: QuerySet[TitleApplication]) -> QuerySet[TitleApplication]:
    """The rows with everything that the gates read, in a constant number of queries."""
    return applications.select_related(
        "person",
        "cycle",
        "round",
        "enterprise__organisation",
        "speciality",
        "latest",
        "exceptional_file",
        "initial_check",
        "roster_entry__entry",
    ).prefetch_related(*_RELATED)


@one_reading()
def holds_of(applications: QuerySet[TitleApplication]) -> dict[int, list[Reason]]:
    """Application id → reasons, in the order of the rows."""
    return {one.pk: holds_on(one) for one in with_facts(applications)}


def agenda_holds(year: AnnualRound) -> dict[int, list[Reason]]:
    """Application id → reasons, for everybody of the round who has passed the notice or stands in it."""
    waiting = year.applications.filter(state__in=[ApplicationState.NOTICING, ApplicationState.NOTICED])
    return holds_of(waiting.order_by("pk"))


def eligible_for_agenda(year: AnnualRound) -> QuerySet[TitleApplication]:
    """Those who may be put on the panel's agenda today: noticed, not 初定, nothing holding them."""
    ready = year.applications.filter(state=ApplicationState.NOTICED).exclude(route=Route.INITIAL)
    clear = [key for key, holds in holds_of(ready).items() if not holds]
    found: QuerySet[TitleApplication] = TitleApplication.objects.filter(pk__in=clear).order_by("pk")
    return found
