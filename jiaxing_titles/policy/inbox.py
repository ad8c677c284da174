"""Interpretations wait for the reviewer, sent back ones for the clerk."""

from __future__ import annotations

from django.db.models import QuerySet

from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.inbox.registry import todo
from jiaxing_titles.policy.choices import InterpretationState
from jiaxing_titles.policy.models import Interpretation


@todo(Role.CITY_REVIEWER, label="待审核的政策解释")
def interpretations_to_review(actor: Actor) -> QuerySet[Interpretation]:
    return Interpretation.objects.filter(state=InterpretationState.SUBMITTED).order_by("pk")


@todo(Role.CITY_CLERK, label="退回修改的政策解释")
def interpretations_to_amend(actor: Actor) -> QuerySet[Interpretation]:
    return Interpretation.objects.filter(state=InterpretationState.RETURNED).order_by("pk")
