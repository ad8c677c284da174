"""Printed documents of this stage: 评审表 and 初定表 (DOC-11), the poster of the in-house notice (DOC-15)."""

from __future__ import annotations

from typing import Any

from applications.models import SubmittedVersion, TitleApplication
from applications.rules.material import NAMES
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.documents.jobs import Progress
from jiaxing_titles.documents.letter import Letter
from jiaxing_titles.documents.models import DocumentJob
from jiaxing_titles.documents.registry import DocumentError, document
from jiaxing_titles.documents.render import render_pdf

FORM = "applications.form"
_TITLES = {"initial": "专业技术职务任职资格初定表"}


def _readers(job: DocumentJob, actor: Actor) -> bool:
    pk = job.parameters.get("application")
    return bool(TitleApplication.objects.visible_to(actor).filter(pk=pk).exists())


@document(FORM, "职称申报评审表", readers=_readers)
def build_form(job: DocumentJob, progress: Progress) -> tuple[str, bytes]:
    """The version named in the parameters, so that the paper can be made again as it was."""
    version = (
        SubmittedVersion.objects.filter(application_id=job.parameters["application"], number=job.parameters["version"])
        .select_related("application__cycle", "application__enterprise__organisation", "commitment")
        .first()
    )
    if version is None:
        raise DocumentError("这份申报没有这一版本，请返回申报页面重新生成。")
    return f"{version.application.number}.pdf", render_pdf("documents/applications_form.html", context_of(version))


def context_of(version: SubmittedVersion) -> dict[str, Any]:
    """What the template prints: the frozen snapshot, never the records as they are today."""
    application, taken = version.application, version.snapshot
    letter = Letter(
        title=_TITLES.get(taken["route"], "专业技术职务任职资格评审表"),
        number=f"{application.number}（第{version.number}版）",
        signer=taken["enterprise"],
        dated_on=version.submitted_at.date(),
        red_head=False,
    )
    return {
        "letter": letter,
        "taken": taken,
        "application": application,
        "version": version,
        "commitment": getattr(version, "commitment", None),
        "topics": [{"name": NAMES[topic], "facts": facts} for topic, facts in taken["topics"].items()],
        "findings": version.findings,
        "check": getattr(application, "initial_check", None) if taken["route"] == "initial" else None,
    }
