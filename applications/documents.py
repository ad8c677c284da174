"""Printed documents of this stage: 评审表 and 初定表 (DOC-11), the poster of the in-house notice (DOC-15)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.urls import reverse

from applications.models import PreReviewRoster, SubmittedVersion, TitleApplication
from applications.rules.material import NAMES, in_order
from applications.rules.notice import SHOWN_COLUMNS
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.documents.jobs import Progress
from jiaxing_titles.documents.letter import Letter
from jiaxing_titles.documents.listing import ListColumn, list_context
from jiaxing_titles.documents.models import DocumentJob
from jiaxing_titles.documents.registry import DocumentError, document
from jiaxing_titles.documents.render import render_pdf
from jiaxing_titles.ui.formats import cn_date, cn_day

FORM = "applications.form"
POSTER = "applications.poster"
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
        "topics": [{"name": NAMES[topic], "facts": facts} for topic, facts in in_order(taken["topics"])],
        "findings": version.findings,
        "check": getattr(application, "initial_check", None) if taken["route"] == "initial" else None,
    }


@document(POSTER, "单位评前公示张贴单")
def build_poster(job: DocumentJob, progress: Progress) -> tuple[str, bytes]:
    """The notice for the board: days, contact, list, and a QR code of the page behind the code."""
    roster = PreReviewRoster.objects.select_related("period__organisation").filter(pk=job.parameters["roster"]).first()
    if roster is None:
        raise DocumentError("这份公示已不存在，请返回公示页面。")
    return "单位公示.pdf", render_pdf("documents/applications_poster.html", poster_context(roster))


def poster_context(roster: PreReviewRoster) -> dict[str, Any]:
    """Names and whitelisted columns as shown on the page, never a number or a birthday."""
    period = roster.period
    link = reverse("applications:in_house", args=[period.poster_code])
    letter = Letter(
        title=period.title,
        signer=period.organisation.name,
        dated_on=period.opened_on,
        red_head=False,
    )
    entries = period.entries.filter(removed_at=None).order_by("number")
    columns = [ListColumn("序号", "number"), ListColumn("姓名", "name"), *(ListColumn(name) for name in SHOWN_COLUMNS)]
    rows = [[one.number, one.name, *(one.columns.get(name, "") for name in SHOWN_COLUMNS)] for one in entries]
    days = [cn_day(dt.date.fromisoformat(day)) for day in period.counted_days]
    return {
        **list_context(letter, columns, rows),
        "period": period,
        "days": days,
        "ends_on": cn_date(period.ends_on),
        "link": f"{settings.SITE_ADDRESS}{link}",
    }
