"""Document jobs: the only writer of DocumentJob.

A worker run claims a job by writing its own `claim` and a lease that a heartbeat extends. Whoever finds the lease
expired may claim anew; the run that lost its claim can no longer finish, so a job is finished exactly once.
"""

import hashlib
import logging
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from celery import current_app
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import Exists, F, ForeignObjectRel, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from kombu.exceptions import OperationalError as BrokerDown

from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.documents.models import DocumentJob
from jiaxing_titles.documents.registry import kind_of

log = logging.getLogger(__name__)

MAKE = "jiaxing_titles.documents.tasks.make"
LEASE = timedelta(seconds=60)
HEARTBEAT_SECONDS = 15.0
# Files hold names and numbers: they are made anew when somebody needs them later. The row, with its hash, stays.
FILES_KEPT = timedelta(days=30)
# A message may be lost with the broker; the row is offered again after this long.
REPUBLISH_AFTER = timedelta(seconds=120)
MAX_ATTEMPTS = 3
GAVE_UP = f"已重试 {MAX_ATTEMPTS} 次仍未生成，可能是数据量过大。请缩小范围后重新生成，或联系管理员。"

# Leases follow the database server's own clock (`Now()`), not the city's clock: the demo moves that one about.


class LeaseLost(Exception):
    """Another run has taken the job over; this one must stop without a trace."""


def request_document(kind: str, *, actor: Actor, title: str, **parameters: Any) -> DocumentJob:
    """Queues a document; a worker starts on it once the surrounding transaction has committed.

    `parameters` are primitives (and lists and dicts of them), never personal numbers: they stay in the table.
    Raises LookupError for an unknown kind and TypeError for a parameter that JSON cannot hold.
    """
    kind_of(kind)
    _only_primitives(parameters)
    job = DocumentJob.objects.create(
        kind=kind,
        title=title[:200],
        parameters=parameters,
        requested_by=actor.user,
        organisation=actor.organisation,
        role=actor.role,
    )
    transaction.on_commit(lambda: publish(job.pk))
    return job


def may_read(job: DocumentJob, actor: Actor | None) -> bool:
    """The person who asked, still acting for the same organisation, or whoever the kind's `readers` admits."""
    if not actor:
        return False
    same_place = job.organisation_id == (actor.organisation.pk if actor.organisation else None)
    if actor.user is not None and job.requested_by_id == actor.user.pk and same_place:
        return True
    return kind_of(job.kind).readers(job, actor)


def jobs_of(actor: Actor) -> QuerySet[DocumentJob]:
    """The acting person's own jobs in the present organisation."""
    return DocumentJob.objects.filter(requested_by=actor.user, organisation=actor.organisation)


def publish(pk: int) -> None:
    """Hands the job to a worker. A broker that is down is no failure: tasks.resume offers the job again."""
    try:
        current_app.send_task(MAKE, [pk])
    except (BrokerDown, OSError):
        log.warning("document job %s not published, the broker is down", pk)
        return
    DocumentJob.objects.filter(pk=pk).update(published_at=Now())


def due_again() -> list[int]:
    """Unfinished jobs that nobody works on; those that were tried too often are marked failed instead."""
    expired = Q(state=DocumentJob.State.RUNNING, lease_until__lt=Now())
    DocumentJob.objects.filter(expired, attempts__gte=MAX_ATTEMPTS).update(
        state=DocumentJob.State.FAILED, error=GAVE_UP, finished_at=clock.now(), claim=None, lease_until=None
    )
    waiting = Q(state=DocumentJob.State.QUEUED) & (Q(published_at=None) | Q(published_at__lt=Now() - REPUBLISH_AFTER))
    return list(DocumentJob.objects.filter(expired | waiting).order_by("id").values_list("pk", flat=True)[:500])


def claim(pk: int) -> DocumentJob | None:
    """Takes the job for this run; None when it is finished, in other hands, or was tried too often."""
    with transaction.atomic():
        free = Q(state=DocumentJob.State.QUEUED) | Q(state=DocumentJob.State.RUNNING, lease_until__lt=Now())
        job = DocumentJob.objects.select_for_update().filter(free, pk=pk, attempts__lt=MAX_ATTEMPTS).first()
        if job is None:
            return None
        left_behind = job.claim
        DocumentJob.objects.filter(pk=pk).update(
            state=DocumentJob.State.RUNNING,
            claim=(own := uuid.uuid4()),
            lease_until=Now() + LEASE,
            attempts=F("attempts") + 1,
            progress_done=0,
            progress_total=0,
        )
    if left_behind:  # the run that died may have stored its file without finishing
        default_storage.delete(_storage_name(left_behind))
    job.claim = own
    return job


def finish(job: DocumentJob, filename: str, content: bytes | Path, note: str = "") -> bool:
    """Stores the result; False (and no file left) when the claim was lost meanwhile."""
    assert job.claim is not None
    name, digest = _store(job.claim, content)
    done = _held(job).update(
        state=DocumentJob.State.DONE,
        file=name,
        filename=filename[:200],
        sha256=digest,
        note=note,
        error="",
        progress_done=F("progress_total"),
        finished_at=clock.now(),
        claim=None,
        lease_until=None,
    )
    if not done:
        default_storage.delete(name)
    return bool(done)


def fail(job: DocumentJob, error: str) -> None:
    """Ends the job with a sentence for the person who asked; no effect when the claim was lost."""
    _held(job).update(
        state=DocumentJob.State.FAILED, error=error, finished_at=clock.now(), claim=None, lease_until=None
    )


def forget_files(at_once: int = 500) -> int:
    """How many files were deleted that were finished more than FILES_KEPT ago; safe to run twice or to be killed.

    What a case holds on to (a signed paper, a batch sent to the province) stays for ever.
    """
    old = DocumentJob.objects.filter(state=DocumentJob.State.DONE, finished_at__lt=clock.now() - FILES_KEPT)
    for holder in DocumentJob._meta.get_fields(include_hidden=True):
        if isinstance(holder, ForeignObjectRel):
            rows = holder.field.model._base_manager.filter(**{holder.field.name: OuterRef("pk")})
            old = old.exclude(Exists(rows))
    found = list(old.exclude(file="").order_by("id").values_list("pk", "file")[:at_once])
    for pk, name in found:
        default_storage.delete(name)
        DocumentJob.objects.filter(pk=pk).update(file="")
    return len(found)


def _held(job: DocumentJob) -> QuerySet[DocumentJob]:
    return DocumentJob.objects.filter(pk=job.pk, claim=job.claim, state=DocumentJob.State.RUNNING)


def _storage_name(claim_id: uuid.UUID) -> str:
    return f"documents/{claim_id.hex[:2]}/{claim_id.hex}"


def _store(claim_id: uuid.UUID, content: bytes | Path) -> tuple[str, str]:
    if isinstance(content, bytes):
        name = default_storage.save(_storage_name(claim_id), ContentFile(content))
        return name, hashlib.sha256(content).hexdigest()
    with content.open("rb") as source:
        digest = hashlib.file_digest(source, "sha256").hexdigest()
        source.seek(0)
        return default_storage.save(_storage_name(claim_id), File(source)), digest


def _only_primitives(value: Any) -> None:
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        for item in value.values():
            _only_primitives(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _only_primitives(item)
    elif not (value is None or isinstance(value, str | int | bool)):
        raise TypeError(f"a document parameter must be text, integer, boolean or a list of them, not {type(value)}")


class Progress:
    """Handed to a builder: `progress(done, total)` is shown to the person; `folder` is for temporary files."""

    def __init__(self, job: DocumentJob, folder: Path) -> None:
        self._job = job
        self._written = 0.0
        self._total = 0
        self.folder = folder

    def __call__(self, done: int, total: int | None = None) -> None:
        """Written at most once a second. Raises LeaseLost, which a builder must let pass."""
        self._total = self._total if total is None else total
        now = time.monotonic()
        if now - self._written < 1 and done < self._total:
            return
        self._written = now
        held = _held(self._job).update(
            progress_done=done, progress_total=max(self._total, done), lease_until=Now() + LEASE
        )
        if not held:
            raise LeaseLost


@contextmanager
def heartbeat(job: DocumentJob) -> Iterator[None]:
    """Extends the lease from a thread while the block runs: one long rendering reports no progress."""
    stop = threading.Event()

    def beat() -> None:
        try:
            while not stop.wait(HEARTBEAT_SECONDS):
                _held(job).update(lease_until=Now() + LEASE)
        finally:
            connection.close()

    thread = threading.Thread(target=beat, name=f"document-{job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
