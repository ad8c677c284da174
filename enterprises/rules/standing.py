"""May the company review today? Derived from dated facts, never stored (办法四（二）, 六3; decision 36)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from jiaxing_titles.reasons import Reason
from jiaxing_titles.ui.formats import cn_date


@dataclass(frozen=True)
class Interval:
    """A suspension: first day and last day, both included; `to_on` None while nobody has ended it."""

    from_on: date
    to_on: date | None = None

    def covers(self, day: date) -> bool:
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)


@dataclass(frozen=True)
class AuthorityFacts:
    """The dated facts of one company's authority of one year."""

    granted_on: date
    suspensions: tuple[Interval, ...] = ()
    withdrawn_on: date | None = None
    exited_on: date | None = None


@dataclass(frozen=True)
class Standing:
    """`may_review` is exactly "no reasons"; `status` is active | suspended | withdrawn | exited | none."""

    may_review: bool
    reasons: list[Reason] = field(default_factory=list)
    status: str = "active"


def standing_on(day: date, year: int, facts: AuthorityFacts | None) -> Standing:
    """The standing on one day; a missing authority is a refusal, not an error."""
    if facts is None or day < facts.granted_on:
        text = f"企业不在{year}年度核准公布的自主评审企业名单中。"
        return _refused("none", Reason(text, "办法四（二）", "R-4.2c", "G4", remedy="列入当年度名单后才能开展评审。"))
    if facts.withdrawn_on and facts.withdrawn_on <= day:
        text = f"企业的评审权已于{cn_date(facts.withdrawn_on)}收回。"
        return _refused("withdrawn", Reason(text, "办法六（三）", "C-3", "G4"))
    if facts.exited_on and facts.exited_on <= day:
        text = f"企业已于{cn_date(facts.exited_on)}主动退出试点。"
        return _refused("exited", Reason(text, "办法六（一）", "C-6", "G4"))
    running = [interval for interval in facts.suspensions if interval.covers(day)]
    if running:
        start = min(interval.from_on for interval in running)
        text = f"企业的自主评审工作自{cn_date(start)}起暂停。"
        remedy = "恢复后可以继续，已办的事项不会丢失。"
        return _refused("suspended", Reason(text, "办法六（三）", "C-2", "G4", remedy=remedy))
    return Standing(True)


def frozen_days(intervals: Iterable[Interval], first: date, last: date) -> set[date]:
    """The days between `first` and `last` (included) that fall into a suspension; an open one runs to `last`."""
    days: set[date] = set()
    for interval in intervals:
        start = max(first, interval.from_on).toordinal()
        end = min(last, interval.to_on or last).toordinal()
        days.update(date.fromordinal(number) for number in range(start, end + 1))
    return days


def _refused(status: str, reason: Reason) -> Standing:
    return Standing(False, [reason], status)
