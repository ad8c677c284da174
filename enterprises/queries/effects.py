"""What a sanction would do to running work, before anybody signs it (F-86). Later stages add their own answers."""

from __future__ import annotations

from collections.abc import Callable

from enterprises.choices import Measure, PilotPlanState
from enterprises.models import Enterprise, PilotPlan
from jiaxing_titles.policy.models import Cycle

Preview = Callable[[Enterprise, Cycle], list[str]]
STOPPING = {Measure.SUSPEND, Measure.WITHDRAW, Measure.EXIT}

_previews: list[Preview] = []


def sanction_effects(preview: Preview) -> Preview:
    """Register `f(enterprise, cycle) -> sentences`: what stops when the company may no longer review."""
    if preview not in _previews:
        _previews.append(preview)
    return preview


def effects_of(enterprise: Enterprise, cycle: Cycle, measure: str) -> list[str]:
    """Sentences for the page of the decision; reminders and rectification stop nothing."""
    if measure not in STOPPING:
        return ["不影响正在进行的评审，记入信用档案。"]
    return [sentence for preview in _previews for sentence in preview(enterprise, cycle)] or [
        "目前没有正在进行的事项。"
    ]


@sanction_effects
def plans_in_review(enterprise: Enterprise, cycle: Cycle) -> list[str]:
    stopped = {PilotPlanState.SUBMITTED, PilotPlanState.REVIEWED, PilotPlanState.RESOLVED}
    count = PilotPlan.objects.filter(enterprise=enterprise, cycle=cycle, state__in=stopped).count()
    return [f"{count}份待审核的试点工作方案将停止办理。"] if count else []
