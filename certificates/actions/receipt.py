"""Taking over the province's receipt: certificate numbers in, refused rows with their reason (R-5.4.3)."""

from __future__ import annotations

import hashlib
from typing import Any

from certificates.choices import BatchKind, BatchLineOutcome
from certificates.choices import BatchState as S
from certificates.forms.batch import ReceiptForm
from certificates.models import BatchLine, CertificateBatch, ReceiptImport, TitleGrant
from certificates.rules.receipt import Findings, SentRow, match_receipt
from certificates.sheets import read_receipt
from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, step
from jiaxing_titles.notifications.outbox import notify
from jiaxing_titles.reasons import Reason
from jiaxing_titles.sheets import Refused

MAX_NAMED = 20


@step(
    CertificateBatch,
    label="导入回执",
    by=[Role.CITY_CLERK],
    on="organisation",
    when=[S.DELIVERED],
    form=ReceiptForm,
    effects=["逐行核对批次号、序号、行校验；有一行不符就全部不导入", "证书编号登记后通知本人"],
)
def import_receipt(batch: CertificateBatch, *, actor: Actor, file: Any) -> None:
    """All or nothing; the same file a second time changes nothing."""
    file.seek(0)
    digest = hashlib.sha256(file.read()).hexdigest()
    if batch.receipts.filter(sha256=digest).exists():
        return
    lines = {
        line.serial: line for line in batch.lines.select_related("grant__person", "grant__line").order_by("serial")
    }
    findings = _findings(batch, lines, file)
    if findings.problems:
        more = len(findings.problems) - MAX_NAMED
        problems = findings.problems[:MAX_NAMED] + ([f"另有{more}处不符。"] if more > 0 else [])
        raise Blocked([Reason(text, "办法五（四）", "R-5.4.3", "G21", field="file") for text in problems])
    _take_over(batch, lines, findings)
    ReceiptImport(
        batch=batch,
        sha256=digest,
        accepted=len(findings.accepted),
        rejected=len(findings.rejected),
        imported_at=clock.now(),
    ).save()


def _findings(batch: CertificateBatch, lines: dict[int, BatchLine], file: Any) -> Findings:
    try:
        rows = read_receipt(batch, file, file.name)
    except Refused as refused:
        raise Blocked([Reason(str(refused), field="file")]) from refused
    given = [row.certificate_number for row in rows if row.certificate_number]
    holders = TitleGrant.objects.filter(certificate_number__in=given).exclude(batch_lines__batch=batch)
    elsewhere = {one.certificate_number: str(one.line) for one in holders.select_related("line")}
    sent = {serial: SentRow(serial, line.check_digits, line.grant.line.name) for serial, line in lines.items()}
    findings = match_receipt(
        batch.number, sent, rows, numbers_elsewhere=elsewhere, needs_number=batch.kind == BatchKind.GRANT
    )
    for serial in [*findings.accepted, *findings.rejected]:
        line = lines[serial]
        if line.outcome != BatchLineOutcome.PENDING and not _says_the_same(line, findings):
            findings.problems.append(f"序号{serial}（{line.grant.line.name}）先前已有不同的回执，请与省级系统核对。")
    return findings


def _says_the_same(line: BatchLine, findings: Findings) -> bool:
    if line.outcome == BatchLineOutcome.REJECTED:
        return findings.rejected.get(line.serial) == line.refusal
    number = findings.accepted.get(line.serial)
    return number is not None and (line.kind == BatchKind.REVOCATION or number == line.grant.certificate_number)


def _take_over(batch: CertificateBatch, lines: dict[int, BatchLine], findings: Findings) -> None:
    changed, grants = [], []
    for serial, number in findings.accepted.items():
        line = lines[serial]
        line.outcome = BatchLineOutcome.ACCEPTED
        changed.append(line)
        if batch.kind == BatchKind.GRANT:
            line.grant.certificate_number = number
            grants.append(line.grant)
    for serial, refusal in findings.rejected.items():
        line = lines[serial]
        line.outcome, line.refusal, line.released = BatchLineOutcome.REJECTED, refusal, True
        changed.append(line)
    BatchLine.objects.bulk_update(changed, ["outcome", "refusal", "released"], batch_size=500)
    TitleGrant.objects.bulk_update(grants, ["certificate_number"], batch_size=500)
    text = "您的职称证书编号已登记，可在浙江政务服务网查询下载电子证书。"
    told = [(grant.person, text, True) for grant in grants]
    notify(told, title="电子证书已生成", key=f"certificates.receipt:{batch.pk}", about=None)
