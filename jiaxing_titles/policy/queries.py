"""The interpretations as the public reads them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from jiaxing_titles.policy.models import Interpretation
from jiaxing_titles.ui.formats import cn_date


@dataclass(frozen=True)
class Published:
    """One interpretation and where it stands on the day of reading: a word, and from when or by what."""

    case: Interpretation
    standing: str
    tone: str
    since: str = ""


def published_interpretations(today: dt.date) -> list[Published]:
    """Everything that was issued, newest first, replaced and repealed ones too."""
    found = []
    later: dict[str, Interpretation] = {}
    for one in Interpretation.objects.issued().order_by("-effective_on", "-pk"):
        found.append(Published(one, *_standing(one, later.get(one.question), today)))
        later[one.question] = one
    return found


def _standing(one: Interpretation, later: Interpretation | None, today: dt.date) -> tuple[str, str, str]:
    if one.effective_on > today:
        return "待施行", "blue", ""
    if one.repealed_on and one.repealed_on <= today:
        return "已废止", "grey", f"{cn_date(one.repealed_on)}废止。"
    if later and later.effective_on <= today:
        return "已代替", "grey", f"已由{later.number}代替。"
    if one.repealed_on:
        return "施行中", "green", f"{cn_date(one.repealed_on)}起废止。"
    if later:
        return "施行中", "green", f"{cn_date(later.effective_on)}起由{later.number}代替。"
    return "施行中", "green", ""
