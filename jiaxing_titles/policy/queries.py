"""The interpretations as the public reads them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from jiaxing_titles.policy.models import Interpretation
from jiaxing_titles.ui.formats import cn_date


@dataclass(frozen=True)
class Published:
    """One interpretation and where it stands on the day of reading."""

    case: Interpretation
    standing: str
    tone: str


def published_interpretations(today: dt.date) -> list[Published]:
    """Everything that was issued, newest first, replaced and repealed ones too."""
    found = []
    later: dict[str, Interpretation] = {}
    for one in Interpretation.objects.issued().order_by("-effective_on", "-pk"):
        found.append(Published(one, *_standing(one, later.get(one.question), today)))
        later[one.question] = one
    return found


def _standing(one: Interpretation, later: Interpretation | None, today: dt.date) -> tuple[str, str]:
    if one.effective_on > today:
        return f"{cn_date(one.effective_on)}起施行", "blue"
    if one.repealed_on and one.repealed_on <= today:
        return f"{cn_date(one.repealed_on)}废止", "grey"
    if later and later.effective_on <= today:
        return f"已由{later.number}代替", "grey"
    if one.repealed_on:
        return f"{cn_date(one.repealed_on)}起废止", "amber"
    if later:
        return f"{cn_date(later.effective_on)}起由{later.number}代替", "amber"
    return "施行中", "green"
