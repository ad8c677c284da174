"""What a clause of the annex may ask, as data: a route is one of several ways, a way is all of its terms.

Every term answers with a day: the smallest counting day on which it holds, NEVER when none. So «all» is the latest
of the days and «one of» the earliest, and one evaluation gives the answer for the counting day and for every later.
"""

from dataclasses import dataclass
from typing import Protocol

from applications.rules.eligibility.readings import DEGREE_AS_DIPLOMA, DIPLOMA, ENGINEERING, NEAR, Reading
from applications.rules.eligibility.tenure import NEVER, after, contains, first_from, full_on
from applications.rules.eligibility.trace import Trace


class Term(Protocol):
    """One thing asked for."""

    def ready(self, reading: Reading) -> int: ...

    def trace(self, found: Trace) -> bool:
        """Write down what was looked at; False where it never comes, so that the terms behind it are not asked."""
        ...


@dataclass(frozen=True, slots=True)
class Earned:
    """A 毕业 record of the level or higher, of those that `kind` names (see `readings`)."""

    kind: str
    rank: int
    lacks: str

    def ready(self, reading: Reading) -> int:
        earliest = NEVER
        for rank, day in reading.history.earned[self.kind]:
            if rank >= self.rank and day < earliest:
                earliest = day
        return earliest

    def trace(self, found: Trace) -> bool:
        if self.kind == DIPLOMA and found.has_degree_alone(self.rank):
            found.settings[DEGREE_AS_DIPLOMA] = None
        day = self.ready(found.reading)
        if day > found.reading.as_of:
            found.lacks[self.lacks] = None
        else:
            found.earned(self.rank, day)
        return day != NEVER


@dataclass(frozen=True, slots=True)
class Checked:
    """考核合格 of the 初定 (附件四)."""

    lacks: str

    def ready(self, reading: Reading) -> int:
        return 0 if reading.initial_check else NEVER

    def trace(self, found: Trace) -> bool:
        if not found.reading.initial_check:
            found.lacks[self.lacks] = None
        return True


@dataclass(frozen=True, slots=True)
class Years:
    """«满N年»: the days of `days` (see `readings`), those after the day of `since` where one is named.

    With `question` the term stands only in a reading that answers it with yes.
    """

    what: str
    days: str
    years: int
    since: Earned | None = None
    question: str = ""

    def ready(self, reading: Reading) -> int:
        if self.question and not reading.answers[self.question]:
            return NEVER
        graduated = 0 if self.since is None else self.since.ready(reading)
        return NEVER if graduated == NEVER else full_on(reading.days(self.days), self.years, graduated)

    def trace(self, found: Trace) -> bool:
        reading = found.reading
        graduated = 0
        if self.since is not None:
            if not self.since.trace(found):
                return False
            graduated = self.since.ready(reading)
        if self.question:
            if reading.days(self.days):
                found.settings[self.question] = None
            if not reading.answers[self.question]:
                found.leave_out(self.what, after(reading.days(self.days), graduated))
                return False
        if self.days == NEAR:
            found.settings["matching_courses"] = None
        days = after(reading.days(self.days), graduated)
        found.period(self.what, reading.resolved(self.days), days, self.years, graduated)
        return True


Way = tuple[Term, ...]
_NOT_WORKING = {ENGINEERING: "申报时须从事工程技术工作", NEAR: "申报时须在本专业或相近专业的技术岗位上工作"}


@dataclass(frozen=True, slots=True)
class Clause:
    """Where a condition stands in the annex, and its words."""

    id: str
    cite: str
    words: str


@dataclass(frozen=True, slots=True)
class Route(Clause):
    """One way to the title.

    `working`: the days in which the day of application must lie (从事工程技术工作). `open`: a point that the annex
    leaves open bears on it, so that even exact dates have two readings. `refers`: 破格 is for people to judge; the
    machine refers it and never passes it.
    """

    ways: tuple[Way, ...] = ()
    working: str = ""
    open: bool = False
    refers: bool = False

    @property
    def years(self) -> int | None:
        """N of its first «满N年», None where it asks for none."""
        return next((term.years for way in self.ways for term in way if isinstance(term, Years)), None)

    def since(self, reading: Reading) -> int:
        """The smallest counting day on which some way is complete, `working` aside."""
        return min((max(term.ready(reading) for term in way) for way in self.ways), default=NEVER)

    def holds(self, reading: Reading) -> bool:
        """Whether the route passes on the counting day."""
        as_of = reading.as_of
        for way in self.ways:
            for term in way:
                if term.ready(reading) > as_of:
                    break
            else:
                return not self.working or self.is_working(reading)
        return False

    def is_working(self, reading: Reading) -> bool:
        """Whether the day of application is one of the `working` days."""
        return contains(reading.days(self.working), reading.application_day)

    def ready(self, reading: Reading) -> int:
        """The smallest counting day on which the route passes, open jobs and posts going on."""
        since, applied_on = self.since(reading), reading.facts.applied_on
        if since == NEVER:
            return NEVER
        if applied_on is None:  # the day of application moves with the counting day
            return first_from(reading.days(self.working), since) if self.working else since
        return max(since, applied_on) if not self.working or self.is_working(reading) else NEVER

    def trace(self, reading: Reading) -> Trace:
        """What was looked at under the reading, and what it lacks."""
        found = Trace(reading)
        for way in self.ways:
            for term in way:
                if not term.trace(found):
                    break
        if self.working:
            if self.working == NEAR:
                found.settings["matching_courses"] = None
            found.working(reading.resolved(self.working))
            if not found.lacks and not self.is_working(reading):
                found.lacks[_NOT_WORKING[self.working]] = None
        return found
