"""What the linter answers."""

import hashlib
from dataclasses import dataclass

from jiaxing_titles.reasons import Reason

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """A place where the plan departs from the 办法: the reason cites the clause and offers the fix (`remedy`).

    An error keeps the plan from being submitted, a warning until it is answered; the bureau reads the answer.
    `criterion` is the number of the row, `section` the code of the part, where the finding has one.
    """

    severity: str
    reason: Reason
    criterion: int | None = None
    section: str = ""
    passage: str = ""
    """The text in which it was found; `lint` fills it in."""

    @property
    def key(self) -> str:
        """Names the finding in what it says: a changed text makes another finding, which wants another answer."""
        said = [self.reason.rule, self.section, self.reason.text, self.passage]
        return hashlib.sha256("|".join(said).encode()).hexdigest()[:32]

    @property
    def is_error(self) -> bool:
        """Whether it blocks."""
        return self.severity == ERROR
