"""Objections wait for those who investigate them, the one due first on top."""

from __future__ import annotations

from django.db.models import QuerySet

from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.inbox.registry import todo
from jiaxing_titles.publicity.choices import OPEN_OBJECTIONS, PeriodKind
from jiaxing_titles.publicity.models import Objection


@todo(Role.ENT_HR, label="待核查的异议")
def to_investigate(actor: Actor) -> QuerySet[Objection]:
    return _open(actor, PeriodKind.IN_HOUSE)


@todo(Role.CITY_CLERK, label="待核查的异议（市级公示）")
def to_investigate_for_the_city(actor: Actor) -> QuerySet[Objection]:
    return _open(actor, PeriodKind.CITY)


def _open(actor: Actor, kind: str) -> QuerySet[Objection]:
    rows = Objection.objects.visible_to(actor).filter(state__in=OPEN_OBJECTIONS, period__kind=kind)
    found: QuerySet[Objection] = rows.order_by("reply_due_on", "pk")
    return found
