"""What a clause looked at under one reading: periods, records, what is lacking, and the settings it rested on.

The conditions write it while they explain themselves (`conditions.Route.trace`); the verdict needs none of it.
"""

from dataclasses import dataclass, field

from applications.rules.eligibility import tenure
from applications.rules.eligibility.readings import RELATIONS, Reading
from applications.rules.eligibility.tenure import Days
from applications.rules.eligibility.vocabulary import RANK

Row = tuple[str, int | str]  # a table of the facts, and the number of the record or the year in it


@dataclass(slots=True)
class Trace:
    """Sets keep the order in which things were found, so they are dicts without values.

    `left_out`: the days of ways that this reading does not take, because it answers an open point with no.
    """

    reading: Reading
    periods: dict[str, tuple[Days, int]] = field(default_factory=dict)
    left_out: dict[str, Days] = field(default_factory=dict)
    rows: dict[Row, None] = field(default_factory=dict)
    lacks: dict[str, None] = field(default_factory=dict)
    settings: dict[str, None] = field(default_factory=dict)

    def has_degree_alone(self, rank: int) -> bool:
        """Whether a 毕业 record of the level or higher is a 学位 without 学历."""
        return any(
            study.award == "degree" and study.outcome == "graduated" and RANK[study.level] >= rank
            for study in self.reading.facts.education
        )

    def earned(self, rank: int, day: int) -> None:
        """The records of `day` that give the 学历 or 学位; one of a higher level than was asked for is told."""
        for number, study in enumerate(self.reading.facts.education):
            if study.outcome == "graduated" and day in study.awarded_on and RANK[study.level] >= rank:
                self.rows["education", number] = None
                if RANK[study.level] > rank:
                    self.settings["higher_diploma"] = None

    def period(self, what: str, name: str, days: Days, years: int, later_than: int) -> None:
        """«满N年» of the days of that name, as far as they are `later_than` a day (0: all), with their records."""
        if what in self.periods:
            return
        as_of = self.reading.as_of
        self.periods[what] = (tenure.until(days, as_of), years)
        self.settings |= {"counting_day": None, "whole_years": None}
        if later_than:
            self.settings["day_of_graduation"] = None
        if name in RELATIONS:
            self._worked(RELATIONS[name], later_than + 1, as_of)
        else:
            self._held(name, later_than + 1, as_of)

    def leave_out(self, what: str, days: Days) -> None:
        """What the way would count if the open point were answered with yes."""
        self.left_out[what] = tenure.until(days, self.reading.as_of)

    def working(self, name: str) -> None:
        """The job on the day of application."""
        self.settings["day_of_application"] = None
        day = self.reading.application_day
        self._worked(RELATIONS[name], day, day)

    def _worked(self, relations: frozenset[str], first: int, last: int) -> None:
        facts, spans = self.reading.facts, []
        for number, job in enumerate(facts.work):
            end = last if job.ended is None else job.ended[1]
            if not job.engineering or job.relation not in relations or job.began[0] > last or end < first:
                continue
            if not job.full_time:
                self.settings["full_time_work"] = None
                continue
            self.rows["work", number] = None
            spans.append((max(job.began[0], first), min(end, last)))
            self._going_on(job.ended is None)
        for number, study in enumerate(facts.education):
            if study.mode != "full_time" or study.started_on is None:
                continue
            if any(study.started_on[0] <= end and study.awarded_on[1] >= begin for begin, end in spans):
                self.rows["education", number] = None
                self.settings["full_time_study"] = None

    def _held(self, title: str, first: int, last: int) -> None:
        self.settings["appointment"] = None
        for number, post in enumerate(self.reading.facts.posts):
            end = last if post.ended is None else post.ended[1]
            if post.title == title and post.began[0] <= last and end >= first:
                self.rows["posts", number] = None
                self._going_on(post.ended is None)

    def _going_on(self, still: bool) -> None:
        if still and self.reading.application_day < self.reading.as_of:
            self.settings["going_on"] = None
