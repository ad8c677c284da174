"""Documents of this stage: 公示, 公布文件, 决定书 and 结果通知 as PDF, and the two files of a batch."""

from __future__ import annotations

import base64
import hashlib
from datetime import date
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from certificates.choices import FileFormat
from certificates.models import (
    AnnouncementDocument,
    Annulment,
    Appointment,
    CertificateBatch,
    ResultRoster,
    RosterLine,
    TitleGrant,
)
from certificates.sheets import write_batch_csv, write_batch_xlsx
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.models import Organisation
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.documents.jobs import Progress
from jiaxing_titles.documents.letter import Letter
from jiaxing_titles.documents.models import DocumentJob
from jiaxing_titles.documents.registry import document
from jiaxing_titles.documents.render import render_pdf
from jiaxing_titles.identity.fields import decrypt, encrypt
from jiaxing_titles.sheets import Column, SheetData, write_xlsx

BATCH_FILE = "certificates.batch_file"
_SEAL = "certificates.batch_file.content"


@document(BATCH_FILE, "制证数据文件")
def build_batch_file(job: DocumentJob, progress: Progress) -> tuple[str, bytes]:
    """The file, encrypted; its name carries the hash of the plain bytes. Killed at any point, it is made anew."""
    batch = CertificateBatch.objects.get(pk=job.parameters["batch"])
    total = batch.total_rows
    progress(0, total)
    path = progress.folder / "batch"
    write = write_batch_csv if job.parameters["format"] == FileFormat.CSV else write_batch_xlsx
    write(batch, path, lambda done: progress(done, total))
    plain = path.read_bytes()
    path.unlink()
    name = f"{batch.number}-{hashlib.sha256(plain).hexdigest()}.{job.parameters['format']}"
    return name, encrypt(base64.b64encode(plain).decode(), _SEAL).encode()


def plain_bytes(job: DocumentJob) -> bytes:
    """The file as it leaves. Raises ValueError when the stored bytes were altered."""
    with job.file.open("rb") as stored:
        return base64.b64decode(decrypt(stored.read().decode(), _SEAL))


def is_city_official(job: DocumentJob, actor: Actor) -> bool:
    """Drafts circulate among those who draft, check and sign."""
    return actor.role in Role.city_side()


@document("certificates.announcement", "公布文件", readers=is_city_official)
def build_announcement(job: DocumentJob, progress: Progress) -> tuple[str, bytes]:
    one = AnnouncementDocument.objects.select_related("organisation").get(pk=job.parameters["pk"])
    return f"{one.number or '审签稿'}{one.title}.pdf", announcement_pdf(one)


@document("certificates.notice", "市局公示", readers=is_city_official)
def build_notice(job: DocumentJob, progress: Progress) -> tuple[str, bytes]:
    roster = ResultRoster.objects.select_related("organisation", "period").get(pk=job.parameters["pk"])
    return f"{roster.title}.pdf", notice_pdf(roster)


@document("certificates.annulment", "处理决定书", readers=is_city_official)
def build_annulment(job: DocumentJob, progress: Progress) -> tuple[str, bytes]:
    case = Annulment.objects.select_related("organisation", "person", "application").get(pk=job.parameters["pk"])
    return f"{case.number or '审签稿'}决定书.pdf", annulment_pdf(case)


@document("certificates.result", "结果通知")
def build_result(job: DocumentJob, progress: Progress) -> tuple[str, bytes]:
    related = ("person", "document__organisation", "line", "enterprise__organisation")
    grant = TitleGrant.objects.select_related(*related).get(pk=job.parameters["pk"])
    return f"{grant.cycle.year}年度评审结果通知.pdf", result_pdf(grant)


LEDGER = [
    Column("企业", "enterprise", width=28),
    Column("姓名", "name"),
    Column("资格", "title"),
    Column("专业", "speciality"),
    Column("公布文号", "number"),
    Column("聘任文号", "document_number"),
    Column("聘任岗位", "post"),
    Column("聘期起", "appointed_from", "date"),
    Column("聘期止", "appointed_to", "date"),
    Column("待遇项目", "pay_item"),
    Column("兑现月份", "pay_from", "month"),
    Column("办理期限", "due_on", "date"),
    Column("状态", "state"),
    Column("未聘任原因", "absence_reason", width=28),
]


@document("certificates.ledger", "聘任兑现台账")
def build_ledger(job: DocumentJob, progress: Progress) -> tuple[str, Path]:
    """聘任兑现台账 of a year, as far as the organisation that asked may see it; no identity numbers."""
    rows = Appointment.objects.filter(grant__cycle_id=job.parameters["cycle"])
    if job.organisation is not None and job.organisation.kind == Organisation.Kind.ENTERPRISE:
        rows = rows.filter(enterprise__organisation=job.organisation)
    elif job.organisation is not None and job.organisation.kind == Organisation.Kind.COUNTY_BUREAU:
        rows = rows.filter(enterprise__organisation__supervisor=job.organisation)
    rows = rows.select_related("enterprise__organisation", "person", "grant__line", "grant__document")
    total = rows.count()
    progress(0, total)
    path = progress.folder / "ledger.xlsx"
    ordered = rows.order_by("enterprise_id", "grant_id").iterator(chunk_size=500)
    sheet = SheetData("聘任兑现台账", LEDGER, (_ledger_row(one) for one in ordered))
    write_xlsx(path, [sheet], each=lambda done: progress(done, total))
    return f"{job.parameters['year']}年度聘任兑现台账.xlsx", path


def _ledger_row(one: Appointment) -> list[object]:
    line = one.grant.line
    pay_from = f"{one.pay_from:%Y-%m}" if one.pay_from else ""
    return [
        one.enterprise.organisation.name,
        one.person.name,
        line.title,
        line.speciality,
        one.grant.document.number,
        one.document_number,
        one.post,
        one.appointed_from,
        one.appointed_to,
        one.pay_item,
        pay_from,
        one.due_on,
        one.get_state_display(),
        one.absence_reason,
    ]


def announcement_pdf(document_: AnnouncementDocument) -> bytes:
    """公布文件 with its 附件名单; marked as a draft until it is issued."""
    issued = document_.state == "issued"
    lines = list(document_.lines.select_related("line").order_by("number"))
    letter = Letter(
        title=document_.title,
        number=document_.number,
        addressee=document_.addressee,
        signer=document_.organisation.name,
        dated_on=document_.dated_on,
        annexes=("取得资格人员名单",),
        copies_to="浙江省人力资源和社会保障厅" if issued else "",
        printed_by=f"{document_.organisation.name}办公室" if issued else "",
        printed_on=document_.dated_on,
        verify_url=settings.SITE_ADDRESS + reverse("certificates:announcement", args=[document_.pk]) if issued else "",
        draft="" if issued else "审签稿",
    )
    context = {
        "letter": letter,
        "document": document_,
        "groups": _by_county([one.line for one in lines]),
        "numbers": {one.line_id: one.number for one in lines},
        "count": len(lines),
    }
    return render_pdf("documents/certificates_announcement.html", context)


def notice_pdf(roster: ResultRoster) -> bytes:
    """公示 with its list and the days that count."""
    period = roster.period
    letter = Letter(
        title=roster.title,
        signer=roster.organisation.name,
        dated_on=period.opened_on if period else None,
        annexes=("公示名单",),
        red_head=False,
        verify_url=settings.SITE_ADDRESS + reverse("certificates:notice", args=[period.pk]) if period else "",
        draft="" if period else "审签稿",
    )
    context = {
        "letter": letter,
        "roster": roster,
        "groups": _by_county(list(roster.lines.order_by("number"))),
        "counted_days": [date.fromisoformat(day) for day in period.counted_days] if period else [],
    }
    return render_pdf("documents/certificates_notice.html", context)


def annulment_pdf(case: Annulment) -> bytes:
    """The decision as served on the person."""
    letter = Letter(
        title=f"关于{case.get_kind_display()}的决定",
        number=case.number,
        addressee=case.person.name,
        signer=case.organisation.name,
        dated_on=case.decided_on,
        draft="" if case.number else "审签稿",
    )
    return render_pdf("documents/certificates_annulment.html", {"letter": letter, "case": case})


def result_pdf(grant: TitleGrant) -> bytes:
    """结果通知: that the person stands on an issued document. Looks like no certificate (decision 18)."""
    url = settings.SITE_ADDRESS + reverse("certificates:verify_code", args=[grant.verify_code])
    letter = Letter(
        title="评审结果通知",
        addressee=grant.person.name,
        signer=grant.document.organisation.name,
        dated_on=grant.document.dated_on,
        red_head=False,
        sealed=False,
        verify_url=url,
    )
    host = settings.SITE_ADDRESS.partition("://")[2]
    return render_pdf("documents/certificates_result.html", {"letter": letter, "grant": grant, "host": host})


def _by_county(lines: list[RosterLine]) -> list[tuple[str, list[RosterLine]]]:
    """Lines under their county, in the order of the list."""
    groups: dict[str, list[RosterLine]] = {}
    for line in lines:
        groups.setdefault(line.county, []).append(line)
    return list(groups.items())
