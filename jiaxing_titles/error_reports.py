"""What an error report may tell (DEFAULT_EXCEPTION_REPORTER_FILTER)."""

from __future__ import annotations

from types import FrameType
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter


class SilentAboutSecrets(SafeExceptionReporterFilter):
    """Of a page that says of its whole POST that it is sensitive, no variable of any frame either.

    Ballots and shares are in local variables from the form down to the database driver; a decorator on each function
    on the way would miss the next one.
    """

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: FrameType) -> Any:
        if getattr(request, "sensitive_post_parameters", None) == "__ALL__":
            return []
        return super().get_traceback_frame_variables(request, tb_frame)
