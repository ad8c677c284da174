"""The kinds of documents and exports; each stage registers its own in its `documents.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jiaxing_titles.accounts.actor import Actor
    from jiaxing_titles.documents.jobs import Progress
    from jiaxing_titles.documents.models import DocumentJob

    # (job, progress) → (file name shown to the person, content or a file below progress.folder)
    Builder = Callable[[DocumentJob, Progress], tuple[str, bytes | Path]]
    Readers = Callable[[DocumentJob, Actor], bool]


class DocumentError(Exception):
    """Raised by a builder: the document cannot be made; the text is a sentence for the person."""


@dataclass(frozen=True)
class DocumentKind:
    """`readers` says who, besides the person who asked, may see and download the result."""

    code: str
    label: str
    build: "Builder"
    readers: "Readers"


_kinds: dict[str, DocumentKind] = {}


def _nobody_else(job: "DocumentJob", actor: "Actor") -> bool:
    return False


def document(kind: str, label: str, *, readers: "Readers" = _nobody_else) -> "Callable[[Builder], Builder]":
    """Registers a builder under `<app>.<name>`.

    The builder runs in a worker, outside any request and transaction, and may run again from the start after a
    crash: it reads, it writes nothing but its file. Who may ask is the business of the caller of request_document.
    """

    def register(build: "Builder") -> "Builder":
        if kind in _kinds and _kinds[kind].build is not build:
            raise ValueError(f"document kind {kind} is registered twice")
        _kinds[kind] = DocumentKind(kind, label, build, readers)
        return build

    return register


def kind_of(code: str) -> DocumentKind:
    """Raises LookupError for a kind that nobody registered."""
    try:
        return _kinds[code]
    except KeyError as error:
        raise LookupError(f"no document kind {code}") from error
