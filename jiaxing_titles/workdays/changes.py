"""What a notice would change, told before it is saved."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from jiaxing_titles.ui.formats import cn_day
from jiaxing_titles.workdays.estimate import holidays
from jiaxing_titles.workdays.models import CalendarDay, CalendarYear
from jiaxing_titles.workdays.notice import Read


@dataclass(frozen=True)
class Changes:
    """`lines` = (+ or -, sentence) day by day; `against` says what the notice is compared with."""

    against: str
    lines: Sequence[tuple[str, str]]
    effects: Sequence[str] = ()

    @property
    def digest(self) -> str:
        """Stands for having seen these very changes."""
        told = [self.against, *(f"{sign}{line}" for sign, line in self.lines), *self.effects]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()[:24]


def against_table(year: int, found: Read) -> tuple[str, list[tuple[str, str]]]:
    """The notice beside the table; beside the statutory days where the year is not loaded yet."""
    if CalendarYear.objects.filter(year=year).exists():
        rows = CalendarDay.objects.filter(year_id=year).values_list("day", "is_workday", "name")
        before = {day: (working, name) for day, working, name in rows}
        against = f"与已导入的{year}年日历相比"
    else:
        before = {day: (working, "") for day, working in holidays(year).items()}
        against = f"{year}年还没有导入，与按法定节日推算的暂定日历相比"
    lines = []
    for day in sorted({*before, *found}):
        old, new = before.get(day), found.get(day)
        if old is not None and (new is None or new[0] != old[0]):
            lines.append(("-", f"{cn_day(day)} {_word(old[0])}"))
        if new is not None and (old is None or new[0] != old[0]):
            lines.append(("+", f"{cn_day(day)} {_word(new[0])} {new[1]}".rstrip()))
    return against, lines


def _word(working: bool) -> str:
    return "上班" if working else "放假"
