"""Matching the province's receipt with what was sent: each row ends with a number or a reason (R-5.4.3).

Pure: rows in, findings out. A row is known by its 序号 within the batch and proven by its 行校验, so a receipt
of another batch, or of a file changed on the way, is refused whole.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class SentRow:
    serial: int
    check: str
    name: str


@dataclass(frozen=True)
class ReceiptRow:
    """One row as read; `line` is the row of the sheet, for the message."""

    line: int
    batch_number: str
    serial: str
    check: str
    certificate_number: str
    refusal: str


@dataclass
class Findings:
    """`accepted` and `rejected` map a serial to the certificate number or the province's reason."""

    accepted: dict[int, str] = field(default_factory=dict)
    rejected: dict[int, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    @property
    def matched(self) -> int:
        return len(self.accepted) + len(self.rejected)


def match_receipt(
    batch_number: str,
    sent: Mapping[int, SentRow],
    rows: Iterable[ReceiptRow],
    *,
    numbers_elsewhere: Mapping[str, str],
    needs_number: bool,
) -> Findings:
    """Findings; with any problem nothing of the receipt may be taken over.

    `numbers_elsewhere` maps a certificate number that other people already hold to their description;
    `needs_number` is off for a report of revocations, whose rows only come back as done.
    """
    findings = Findings()
    seen: dict[int, int] = {}
    numbers: dict[str, int] = {}
    for row in rows:
        serial, problem = _serial_of(row, batch_number, sent)
        if serial is None:
            findings.problems.append(f"第{row.line}行：{problem}")
            continue
        if serial in seen:
            findings.problems.append(f"第{row.line}行：序号{serial}与第{seen[serial]}行重复，每人只能有一行回执。")
            continue
        seen[serial] = row.line
        _take(findings, row, serial, needs_number)
        number = findings.accepted.get(serial, "")
        if number and number in numbers:
            findings.problems.append(f"第{row.line}行：证书编号与第{numbers[number]}行重复，请与省级系统核对。")
        elif number and number in numbers_elsewhere:
            findings.problems.append(f"第{row.line}行：证书编号已登记给{numbers_elsewhere[number]}，请与省级系统核对。")
        numbers[number] = row.line
    if not seen and not findings.problems:
        findings.problems.append("文件里没有回执行，请确认表头下面有数据。")
    return findings


def _serial_of(row: ReceiptRow, batch_number: str, sent: Mapping[int, SentRow]) -> tuple[int | None, str]:
    if row.batch_number != batch_number:
        return None, f"批次号是“{row.batch_number}”，本批次是“{batch_number}”，这一行不属于本批次。"
    if not (row.serial.isascii() and row.serial.isdigit()) or int(row.serial) not in sent:
        return None, f"序号“{row.serial}”不在本批次的报送数据里。"
    serial = int(row.serial)
    if row.check != sent[serial].check:
        return None, f"行校验与报送时不一致（{sent[serial].name}），这一行的内容在报送后被改动过。"
    return serial, ""


def _take(findings: Findings, row: ReceiptRow, serial: int, needs_number: bool) -> None:
    if row.refusal and row.certificate_number and needs_number:
        findings.problems.append(f"第{row.line}行：既有证书编号又有失败原因，请与省级系统核对后只留一项。")
    elif row.refusal:
        findings.rejected[serial] = row.refusal
    elif row.certificate_number or not needs_number:
        findings.accepted[serial] = row.certificate_number
    else:
        findings.problems.append(f"第{row.line}行：没有证书编号，也没有失败原因，请补上其中一项。")
