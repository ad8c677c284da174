"""Celery tasks: make one document; offer again what a lost message or a dead worker left behind."""

import logging
from pathlib import Path
from tempfile import TemporaryDirectory

from billiard.exceptions import SoftTimeLimitExceeded
from celery import shared_task
from django.db import InterfaceError, OperationalError

from jiaxing_titles.documents import jobs
from jiaxing_titles.documents.faces import FontsMissing
from jiaxing_titles.documents.models import DocumentJob
from jiaxing_titles.documents.registry import DocumentError, kind_of
from jiaxing_titles.documents.render import collecting_undrawable

log = logging.getLogger(__name__)


@shared_task(name=jobs.MAKE, acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def make(job_id: int) -> None:
    """Makes one document. Delivered twice, or after a crash, it still ends exactly once."""
    job = jobs.claim(job_id)
    if job is None:
        return
    try:
        with jobs.heartbeat(job), TemporaryDirectory(prefix="document-") as folder, collecting_undrawable() as missing:
            filename, content = kind_of(job.kind).build(job, jobs.Progress(job, Path(folder)))
            jobs.finish(job, filename, content, _note("".join(missing)))
    except jobs.LeaseLost:
        log.warning("document job %s was taken over by another run", job_id)
    except (OperationalError, InterfaceError):
        raise  # the database went away: the lease runs out and the job is tried again
    except Exception as problem:  # whatever a builder does, the person who waits gets a sentence
        jobs.fail(job, _sentence(job, problem))


def _sentence(job: DocumentJob, problem: Exception) -> str:
    if isinstance(problem, DocumentError):
        return str(problem)
    log.exception("document job %s (%s) failed", job.pk, job.kind)
    if isinstance(problem, SoftTimeLimitExceeded):
        return "生成时间超过上限，已停止。请缩小范围（例如分企业或分批）后重新生成。"
    if isinstance(problem, FontsMissing):
        return f"{problem}。请联系管理员。"
    if isinstance(problem, OSError) and problem.filename is None and "libpango" in str(problem):
        return "服务器缺少生成 PDF 所需的系统组件，请联系管理员。"
    return f"生成文件时出错，请稍后重新生成；仍不成功请联系管理员，并告知任务编号 {job.pk}。"


def _note(missing: str) -> str:
    if not missing:
        return ""
    codes = "、".join(f"{char}（U+{ord(char):04X}）" for char in missing[:20])
    return f"现有字库没有这些字，文件中会显示为方框：{codes}。请人工补写或联系管理员更换字库。"


@shared_task(ignore_result=True)
def resume() -> None:
    """Every 30 s: publishes queued jobs whose message was lost and running jobs whose worker died."""
    for pk in jobs.due_again():
        jobs.publish(pk)


@shared_task(ignore_result=True)
def forget_files() -> None:
    """Every night, until no old file is left."""
    while jobs.forget_files():
        pass
