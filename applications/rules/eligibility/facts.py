"""What is known of one person, as the contract of the eligibility interface names it.

The types only; `parsing` reads them from JSON. A date is a pair of ordinals: the first and the last day
that its text may mean (equal when the text names a day). `verified` is what the caller says of the proof
of a record; it is passed on to the explanation and decides nothing.
"""

from decimal import Decimal
from typing import NamedTuple

When = tuple[int, int]


class Education(NamedTuple):
    """One record of study; only 毕业 records count as education, every record counts as study."""

    level: str
    award: str
    outcome: str
    mode: str
    awarded_on: When
    started_on: When | None
    verified: str = ""


class Work(NamedTuple):
    """One employment; `ended` None means that the person is still there."""

    began: When
    ended: When | None
    engineering: bool
    relation: str
    full_time: bool
    verified: str = ""


class Post(NamedTuple):
    """担任职务, counted from 聘任; `ended` None means still held."""

    title: str
    began: When
    ended: When | None
    verified: str = ""


class Facts(NamedTuple):
    """One application's facts; `as_of` and `applied_on` are ordinals, tables are keyed by the year as text."""

    id: str
    level: str
    as_of: int
    applied_on: int | None
    education: tuple[Education, ...]
    work: tuple[Work, ...]
    posts: tuple[Post, ...]
    assessments: dict[str, str]
    continuing_education: dict[str, Decimal]
    evidence_closed: bool
    courses_match: int | None
    initial_check: str | None
    exceptional_file: bool

    def imprecise(self) -> list[str]:
        """The paths of the dates given as a month or a year only."""
        named: list[tuple[str, int, str, When | None]] = []
        for row, study in enumerate(self.education):
            named.append(("education", row, "started_on", study.started_on))
            named.append(("education", row, "awarded_on", study.awarded_on))
        for row, job in enumerate(self.work):
            named.append(("work", row, "from", job.began))
            named.append(("work", row, "to", job.ended))
        for row, post in enumerate(self.posts):
            named.append(("posts", row, "appointed_from", post.began))
            named.append(("posts", row, "appointed_to", post.ended))
        return [f"{table}[{row}].{key}" for table, row, key, when in named if when and when[0] != when[1]]
