"""What the linter answers."""

from dataclasses import dataclass

from jiaxing_titles.reasons import Reason

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """A place where the plan departs from the 办法: the reason cites the clause and offers the fix (`remedy`).

    An error keeps the plan from being submitted, a warning is shown to enterprise and bureau. `criterion` is the
    number of the row, `section` the code of the part, where the finding has one.
    """

    severity: str
    reason: Reason
    criterion: int | None = None
    section: str = ""

    @property
    def is_error(self) -> bool:
        """Whether it blocks."""
        return self.severity == ERROR
