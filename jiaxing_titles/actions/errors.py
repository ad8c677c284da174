"""The three ways in which a step says no."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import models

from jiaxing_titles.reasons import Reason


class Blocked(Exception):
    """The 办法 or the state of the case does not allow it now; `reasons` say why and what to do."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        self.reasons = list(reasons)
        super().__init__("；".join(str(reason) for reason in self.reasons))


class NotPermitted(PermissionDenied):
    """The acting role may never do this on that organisation."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


class Stale(Exception):
    """Somebody changed the case after the page was made; `case` is as it is now."""

    def __init__(self, case: models.Model) -> None:
        self.case = case
        super().__init__("这一事项已被他人办理，页面已过期。")
