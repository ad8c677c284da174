"""What this stage asks of later ones: they register here, so that it knows none of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from enterprises.rules.simulation import Simulation

if TYPE_CHECKING:
    from enterprises.models import PilotPlan

Simulate = Callable[["PilotPlan"], Simulation]
_registered: list[Simulate] = []


def simulates(function: Simulate) -> Simulate:
    """Register `f(plan) -> Simulation`: the plan and the annex on the people of the company."""
    if _registered:
        raise ValueError("a simulation is registered already")
    _registered.append(function)
    return function


def simulate(plan: PilotPlan) -> Simulation:
    return _registered[0](plan)
