"""How a case changes: `case` (models and states), `step` (one act), `carry` (many cases at once), `views` (pages)."""

from jiaxing_titles.actions.carry import carry
from jiaxing_titles.actions.case import Case, CaseQuerySet, StateField, guarded, move
from jiaxing_titles.actions.errors import Blocked, NotPermitted, Stale
from jiaxing_titles.actions.step import Offer, Step, offered, step, steps
from jiaxing_titles.actions.tells import Tell

__all__ = [
    "Blocked",
    "Case",
    "CaseQuerySet",
    "NotPermitted",
    "Offer",
    "Stale",
    "StateField",
    "Step",
    "Tell",
    "carry",
    "guarded",
    "move",
    "offered",
    "step",
    "steps",
]
