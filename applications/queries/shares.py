"""How many of those who applied and who passed work on the front line or contributed outstandingly (R-5.1.6)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from applications.choices import ApplicationState
from applications.models import TitleApplication


@dataclass(frozen=True)
class Share:
    """Counts, never percentages: of few people a percentage says less."""

    label: str
    total: int
    front_line: int
    outstanding: int

    @property
    def sentence(self) -> str:
        return f"{self.total}人中一线{self.front_line}人，突出贡献{self.outstanding}人"


def shares(applications: QuerySet[TitleApplication]) -> list[Share]:
    """Of everybody who handed in, and of those whom the panel passed, in one query."""
    groups = {
        "申报": Q(submitted_at__isnull=False) & ~Q(state=ApplicationState.DRAFT),
        "企业评审通过": Q(state__in=ApplicationState.panel_passed()),
    }
    marks = {"total": Q(), "front_line": Q(front_line=True), "outstanding": Q(outstanding=True)}
    wanted = {
        f"{mark}{number}": Count("pk", filter=group & extra)
        for number, group in enumerate(groups.values())
        for mark, extra in marks.items()
    }
    found = applications.order_by().aggregate(**wanted)
    return [
        Share(label, found[f"total{number}"], found[f"front_line{number}"], found[f"outstanding{number}"])
        for number, label in enumerate(groups)
    ]
